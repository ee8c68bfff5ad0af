"""What is looked at before any powder: dose, drug, source, diluent, dates, screening, and what was acknowledged."""

from __future__ import annotations

from calc import limits
from calc.drug import Drug
from calc.faults import Fault, FaultCode, NoticeCode, Refused, StopCode
from calc.figures import significant
from calc.library import Library
from calc.order import Order
from calc.parts import BulkPowder, TabletSource
from calc.planning.work import Work, of_one_capsule, per_capsule, per_tablet
from calc.plans import Acknowledged
from calc.readers import canonical
from calc.rules import tablets
from calc.rules.beyond_use import usable_on
from calc.units import CAPSULE, MG, Figure, figure


def screen(order: Order, drug: Drug | None, library: Library, work: Work) -> None:
    """Raise every stop and notice that needs no weighing."""
    _source(order, drug, work)
    if drug is None:
        name = drug_name(order, drug)
        work.notice(NoticeCode.NO_DRUG_FILE, drug=name)
        for other in library.drugs.values():
            if other.is_confused_with(name):
                work.stop(StopCode.DRUG_EASILY_CONFUSED, "drug.name", name, other=other.name)
    else:
        _dose(order, drug, work)
    _amounts(order, drug, work)
    _diluent(order, drug, library, work)
    _expiries(order, work)
    _screening(order, drug, work)


def drug_name(order: Order, drug: Drug | None) -> str:
    """The name of the drug ordered, with or without a file."""
    if drug is not None:
        return drug.name
    return order.drug if isinstance(order.drug, str) else order.drug.name


def in_basis(dose: Figure, drug: Drug, stated: str, wanted: str) -> Figure:
    """A dose per capsule in another chemical form of the drug."""
    if stated == wanted:
        return dose
    bases = drug.bases
    return tablets.dose_as_labelled(dose, bases[wanted].molar_mass_figure, bases[stated].molar_mass_figure)


def basis_of_source(order: Order, drug: Drug) -> str:
    """The chemical form that the label of the source speaks of."""
    if isinstance(order.source, BulkPowder) and order.source.basis is not None:
        return order.source.basis
    return drug.default_basis


def _source(order: Order, drug: Drug | None, work: Work) -> None:
    if isinstance(order.source, BulkPowder):
        return
    if order.source.release == "extended":
        work.stop(StopCode.EXTENDED_RELEASE, "source.release", "extended", drug=drug_name(order, drug))
    strength = order.source.strength
    if drug is not None and strength is not None:
        known = drug.accepted_strengths
        if strength not in known:
            work.stop(
                StopCode.STRENGTH_NOT_IN_DRUG_FILE, "source.strength", canonical(strength), drug=drug.name, known=known
            )


def _dose(order: Order, drug: Drug, work: Work) -> None:
    ranges = drug.dose
    stated = order.dose_basis or drug.default_basis
    dose = of_one_capsule(in_basis(per_capsule(order.dose), drug, stated, ranges.basis))
    if ranges.usual_low <= dose <= ranges.usual_high:
        return
    value = canonical(order.dose)
    facts = {
        "dose": order.dose,
        "drug": drug.name,
        "usual_low": ranges.usual_low,
        "usual_high": ranges.usual_high,
        "absolute_low": ranges.absolute_low,
        "absolute_high": ranges.absolute_high,
        "times": significant(dose.value / ranges.usual_high.to(MG).value, 3),
        "tenth": Figure(order.dose.value / 10, order.dose.unit),
        "tenfold": dose > ranges.tenfold_above,
    }
    if dose < ranges.absolute_low:
        work.stop(StopCode.DOSE_BELOW_ABSOLUTE, "dose", value, **facts)
    elif dose < ranges.notice_low:
        work.stop(StopCode.DOSE_BELOW_USUAL, "dose", value, **facts)
    elif dose < ranges.usual_low:
        work.notice(NoticeCode.DOSE_BELOW_USUAL_NOTICE, **facts)
    elif dose >= ranges.absolute_high:
        work.stop(StopCode.DOSE_ABOVE_ABSOLUTE, "dose", value, **facts)
    else:
        work.stop(StopCode.DOSE_ABOVE_USUAL, "dose", value, **facts)


def _amounts(order: Order, drug: Drug | None, work: Work) -> None:
    quantity = figure(order.quantity, CAPSULE)
    if quantity > limits.LARGE_QUANTITY.value:
        work.stop(
            StopCode.QUANTITY_LARGE,
            "quantity",
            str(order.quantity),
            quantity=quantity,
            most=limits.LARGE_QUANTITY.value,
        )
    if isinstance(order.source, TabletSource) and order.source.strength is not None:
        dose = per_capsule(order.dose)
        if drug is not None:  # as the tablets are labelled
            dose = in_basis(dose, drug, order.dose_basis or drug.default_basis, drug.default_basis)
        needed = tablets.tablets_per_dose(dose, per_tablet(order.source.strength), figure(1, CAPSULE))
        if needed > limits.TABLETS_PER_DOSE.value:
            work.stop(
                StopCode.MANY_TABLETS_PER_DOSE,
                "dose",
                significant(needed, 4),
                dose=order.dose,
                strength=order.source.strength,
                most=limits.TABLETS_PER_DOSE.value,
            )


def _diluent(order: Order, drug: Drug | None, library: Library, work: Work) -> None:
    diluent = library.diluents[order.diluent.name]
    if diluent.gel_forming:
        work.stop(StopCode.GEL_FORMING_DILUENT, "diluent.name", diluent.name)
    for avoided in drug.diluents_to_avoid if drug is not None else ():
        if avoided.name == diluent.name:
            work.stop(
                StopCode.DILUENT_TO_AVOID, "diluent.name", diluent.name, text=avoided.text, evidence=avoided.evidence
            )


def _expiries(order: Order, work: Work) -> None:
    for field, expiry in (
        ("source.expiry", order.source.expiry),
        ("diluent.expiry", order.diluent.expiry),
        ("capsule.expiry", order.capsule.expiry),
    ):
        if expiry is not None and not usable_on(order.prepared_on, expiry):
            work.stop(StopCode.EXPIRED, field, expiry.isoformat(), prepared_on=order.prepared_on)


def _screening(order: Order, drug: Drug | None, work: Work) -> None:
    why: dict[str, str] = {
        question.code: f"{question.yes} " for question in (drug.screening if drug is not None else ())
    }
    for field, code, answer in (
        ("opioids", StopCode.OPIOIDS_YES, order.screening.opioids),
        ("liver_disease", StopCode.LIVER_DISEASE_YES, order.screening.liver_disease),
    ):
        if answer == "yes":
            facts = {"drug": drug_name(order, drug), "why": why.get(field, "")}
            work.stop(code, f"screening.{field}", "yes", **facts)


def acknowledge(order: Order, work: Work) -> tuple[Acknowledged, ...]:
    """Match acknowledgements to soft stops; raise `Refused` with what is left standing, or with what fits nothing.

    An acknowledgement of another value, or of a hard stop, leaves the stop standing. One of a stop that was not
    raised at all, and a second one of the same stop, are faults: somebody thought otherwise of this order.
    """
    faults: list[Fault] = []
    passed: list[Acknowledged] = []
    standing = list(work.stops)
    seen: set[str] = set()
    for index, given in enumerate(order.acknowledgements):
        field = f"acknowledgements.{index}"
        raised = [stop for stop in work.stops if stop.code == given.code]
        if not raised or given.code in seen:
            faults.append(Fault(FaultCode.ACKNOWLEDGEMENT_UNUSED, field, {"code": given.code, "typed": given.value}))
            continue
        seen.add(given.code)
        for stop in raised:
            if stop.severity == "soft" and stop.value == given.value:
                if given.reason not in stop.reasons:
                    facts = {"typed": given.reason, "choices": stop.reasons}
                    faults.append(Fault(FaultCode.UNKNOWN_CHOICE, f"{field}.reason", facts))
                    continue
                standing.remove(stop)
                passed.append(Acknowledged(stop, given))
    if faults:
        raise Refused(faults=tuple(faults))
    if standing:
        raise Refused(stops=tuple(standing))
    return tuple(passed)
