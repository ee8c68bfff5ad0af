"""Plans of orders whose soft stops are overridden with a reason, as a pharmacist would who read the reference."""

from calc.faults import Refused


def planned_with_reasons(preparation, tree, library):
    """The plan of an order, and the codes of the soft stops that had to be overridden for it."""
    try:
        return preparation.plan(preparation.order.read(tree, library), library), []
    except Refused as refused:
        if refused.faults:
            raise
        reasons = [
            {"code": stop.code.value, "value": stop.value, "reason": "reference_checked"} for stop in refused.stops
        ]
        with_reasons = {**tree, "acknowledgements": reasons}
        plan = preparation.plan(preparation.order.read(with_reasons, library), library)
        return plan, [stop.code.value for stop in refused.stops]
