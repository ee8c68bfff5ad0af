"""Every page in every state that it has: an address, and what is only there in that state."""

from dataclasses import dataclass
from urllib.parse import urlencode

from calc.web.openapi.checks import UNIFORMITY_EXAMPLE, WEIGHTS_EXAMPLE
from tests.support.orders import GOOD, changed
from tests.support.queries import as_query

PLAIN = {"dose": "4.5 mg", "quantity": 30}
YES = {"screening": {"opioids": "no", "liver_disease": "no"}}
#: The four questions on a drug without a file, so that both boxes of the sheet are there.
ASSESSED = {"may_be_crushed": "yes", "hazardous": "yes", "narrow_index": "yes", "stability_supported": "no"}
CONFIRMED = [{"code": "dose_above_usual", "value": "45 mg", "reason": "prescriber_confirmed"}]
SCHEDULE = [("schedule-0-dose", "1.5"), ("schedule-0-dose_unit", "mg"), ("schedule-0-days", "14")]
RISING = [*SCHEDULE, ("schedule-1-dose", "4.5"), ("schedule-1-dose_unit", "mg"), ("schedule-1-days", "28")]
FILLING = [("fill-from", "0.5"), ("fill-from_unit", "mg"), ("fill-by", "1"), ("fill-by_unit", "mg")]
FILLING += [("fill-days", "7"), ("fill-to", "4"), ("fill-to_unit", "mg")]
STOPPED = [*SCHEDULE, ("schedule-1-dose", "45"), ("schedule-1-dose_unit", "mg"), ("schedule-1-days", "7")]


@dataclass(frozen=True)
class State:
    """One page as one address shows it; `mark` is a selector that finds something in this state alone."""

    name: str
    path: str
    mark: str
    status: int = 200


def order(changes=None, tree=PLAIN):
    """The page of an order."""
    return f"/?{urlencode(as_query(changed(tree, changes or {})))}"


def weights(**changes):
    """The page of a check by weight."""
    typed = {**WEIGHTS_EXAMPLE, **changes}
    pairs = [("by", "weight")]
    for name, value in typed.items():
        if isinstance(value, list):
            pairs += [(name, "\n".join(item.partition(" ")[0] for item in value)), (f"{name}_unit", "mg")]
        elif isinstance(value, str):
            pairs += [(name, value.partition(" ")[0]), (f"{name}_unit", "mg")]
        elif value is not None:
            pairs.append((name, str(value)))
    return f"/check?{urlencode(pairs)}"


def weights_of(tree):
    """The page of a check by weight of the capsules of an order."""
    pairs = urlencode([(f"order-{name}", value) for name, value in as_query(tree)])
    return f"{weights(theoretical_fill=None)}&{pairs}"


def contents(items):
    """The page of a check by content."""
    return f"/check?{urlencode([('by', 'content'), ('contents', ' '.join(items)), ('contents_unit', '%')])}"


def liquid(**changes):
    """The page of a liquid: 100 mL of 1 mg/mL, doses of 4.5 mg, or what differs from it."""
    asked = {"preparation": "liquid", "dose": "4.5", "dose_unit": "mg", "strength": "1", "strength_unit": "mg"}
    asked |= {"volume": "100", "volume_unit": "mL", "vehicle-name": "suspending vehicle", "prepared_on": "2026-11-25"}
    return f"/liquid?{urlencode(asked | changes)}"


def titration(pairs):
    """The page of a titration."""
    return f"/titration?{urlencode(pairs)}"


ASSAYED = [item.partition(" ")[0] for item in UNIFORMITY_EXAMPLE["contents"]]

STATES = (
    State("order, empty", "/", "form:not(:has(.wrong))"),
    State("order, nothing typed but asked", "/?dose=&quantity=1", "#dose-error", 422),
    State("order, dose with a comma", "/?dose=4,5&dose_unit=mg&quantity=30", "#dose-error", 422),
    State("order, two faults", "/?dose=4,5&dose_unit=mg&quantity=30.5", "#summary li + li", 422),
    State("order, unknown field", "/?dose=4.5&dose_unit=mg&quantity=30&dosis=3", "#summary", 422),
    State("order, choice that there is none of", order({"capsule": {"size": "9"}}), "#capsule-size-error", 422),
    State("order, fault in a folded group", order({"balance": {"readability": "9 g"}}), "details[open] .wrong", 422),
    State("order, fault of a date", order({"prepared_on": "31.5.2027"}), "#prepared_on-error", 422),
    State("order, masses too far apart", order({"source.recovered_mass": "0.600 g"}, GOOD), ".wrong", 422),
    State("order, soft stop", order({"dose": "45 mg"}), "#acknowledgements-0-reason", 422),
    State("order, hard stop", order({"dose": "450 mg"}), "#summary", 422),
    State("order, hard and soft stop", order({"dose": "450 mg", "quantity": 400}), "#summary li + li", 422),
    State("order, screening stop", order({"screening": {"opioids": "yes"}}), "#acknowledgements-0-reason", 422),
    State("order, let pass", order({"dose": "45 mg", "acknowledgements": CONFIRMED}), ".told .warn"),
    State("order, reason that fits nothing", order({"acknowledgements": CONFIRMED}), "#acknowledgements-0-error", 422),
    State("order, tablets not weighed", order(), ".state.wait"),
    State("order, result", order(YES, GOOD), ".state.ok .asked"),
    State("order, estimate of the fill", order({"diluent": None, "tablet_powder": None}, GOOD), ".estimate"),
    State("order, trituration", order({"dose": "0.1 mg", "source.tablets_weighed": 1, "source.total_mass": "0.160 g"},
                                      GOOD), "#at-bench"),
    State("order, bulk powder", order({"source": {"kind": "powder", "assay": "98.5 %"}}), "#at-bench"),
    State("order, notices", order({"quantity": 3}), ".told .notice"),
    State("order, drug without a file",
          order({"drug": {"name": "another"}, "source": {"strength": "25 mg"}}), ".told .warn"),
    State("order, drug without a file, answered for",
          order({"drug": {"name": "another"}, "source": {"strength": "25 mg"}, "assessment": ASSESSED}),
          ".told .warn ul"),
    State("order, drug that may not be crushed",
          order({"drug": {"name": "another"}, "source": {"strength": "25 mg"}, "assessment": {"may_be_crushed": "no"}}),
          "#assessment-may_be_crushed-error", 422),
    State("check, empty", "/check", "#capsules:not([aria-invalid])"),
    State("check, fault", weights(planned="x"), ".wrong", 422),
    State("check, weights", weights(), ".answer .stamp"),
    State("check, weights of an order", weights_of(GOOD), "#sure-title"),
    State("check, order without the masses", weights_of(PLAIN), "#summary", 422),
    State("check, order that a limit stops", weights_of({**PLAIN, "dose": "45 mg"}), ".summary p a", 422),
    State("check, weights that fail", weights(theoretical_fill="300 mg"), ".answer.fail"),
    State("check, contents", contents(ASSAYED), ".answer .stamp"),
    State("check, contents that need twenty more", contents(["85"] * 3 + ["100"] * 7), ".answer.more"),
    State("titration, empty", "/titration", "#schedule-0-dose:not([aria-invalid])"),
    State("titration, fault", titration([("schedule-0-dose", "1,5"), *SCHEDULE[1:]]), ".wrong", 422),
    State("titration, filled in", titration([*FILLING, ("fill", "yes")]), "#filled-in p"),
    State("titration, fault of the filling", titration([*FILLING[:2], ("fill", "yes")]), "#fill-by-error", 422),
    State("titration, both ways", titration(RISING), ".pair"),
    State("titration, a batch stopped", titration(STOPPED), ".stopped"),
    State("titration, from a liquid", titration([*RISING, ("preparation", "liquid"), ("strength", "5"),
          ("strength_unit", "mg"), ("vehicle-name", "syrup")]), "#liquid"),
    State("liquid, empty", "/liquid", "#strength:not([aria-invalid])"),
    State("liquid, fault", liquid(dose="4,5"), ".wrong", 422),
    State("liquid, whole tablets", liquid(), ".told .notice"),
    State("liquid, a portion", liquid(volume="135"), "#at-bench .next"),
    State("liquid, stopped", liquid(volume="4"), ".summary", 422),
    State("paper, empty", "/paper", "#code:not([aria-invalid])"),
    State("paper, not a code", "/paper?dose=4.5", "#code-error", 422),
    State("paper, does not follow", "/paper?fingerprint=AAAA&dose=4.5&dose_unit=mg&quantity=30", ".bad"),
    State("every formula", "/methods", "#portion .terms"),
    State("the endpoint", "/api", "#schema-PlanShown"),
    State("every formula, led to one", "/methods#dose_computed_back", "#dose_computed_back:target"),
    State("every limit", "/limits", "#bounds"),
    State("a drug", "/drugs/naltrexone", "#products"),
    State("a drug without a file", "/drugs/nobody", "h1", 404),
    State("formulations", "/formulations?drug=naltrexone", ".entries"),
    State("a formulation", "/formulations/pub:naltrexone-1-fawcett", "#dates"),
    State("evidence", "/evidence", ".handbook table"),
    State("nothing here", "/nothing-here", "h1", 404),
)  # fmt: skip
