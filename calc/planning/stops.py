"""Checks of every order that need no powder: source, drug, dose, dates, screening; override reasons for stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from calc import limits
from calc.arithmetic.notation import counted, significant
from calc.arithmetic.units import MG, Figure, figure
from calc.drug import Drug
from calc.faults import Fault, FaultCode, NoticeCode, Refused, Stop, StopCode
from calc.library import Library
from calc.orders.base import AnyOrder
from calc.orders.parts import Bulk
from calc.orders.sources import PELLETS, CapsuleSource, days_of
from calc.planning.assessment import assess
from calc.planning.basis import drug_name, form_named, in_basis, on_label
from calc.planning.names import check_name
from calc.planning.parts import Acknowledged
from calc.planning.work import Work, per_tablet
from calc.reading.fields import canonical
from calc.rules import tablets
from calc.rules.beyond_use import usable_on, years_after

#: What the factor between two forms is told with.
_SAID_OF_FORMS = figure(100, MG)


def drug_and_dose(
    order: AnyOrder,
    drug: Drug | None,
    library: Library,
    work: Work,
    *,
    at_one_time: bool = False,
    pellets_named: bool = False,
) -> None:
    """Check the source, the drug by its name or its file, the dose against its range, and the answers on the drug.

    The dose is the content of one capsule, or the amount taken `at_one_time`. Pellets of capsules are used where a
    formulation that the order keeps has them named.
    """
    _source(order, drug, work, pellets_named=pellets_named)
    if drug is None:
        name = drug_name(order, drug)
        work.notice(NoticeCode.NO_DRUG_FILE, drug=name)
        check_name(name, library, work)
        _converted(order, work)
    else:
        _dose(order, drug, work, at_one_time=at_one_time)
    assess(order, drug, work)


def _converted(order: AnyOrder, work: Work) -> None:
    """Say what an order states of two forms of its drug, so that a factor that stands upside down is seen."""
    if order.forms is not None:
        as_labeled = on_label(order, None, _SAID_OF_FORMS, tablets.drug_in_form)
        named = {"dose": form_named(order, order.forms.dose), "source": form_named(order, order.forms.source)}
        work.notice(NoticeCode.FORMS_CONVERTED, ordered=_SAID_OF_FORMS, labeled=as_labeled, **named)


def _source(order: AnyOrder, drug: Drug | None, work: Work, *, pellets_named: bool) -> None:
    source = order.source
    if source.release == "extended":
        work.stop(StopCode.EXTENDED_RELEASE, "source.release", "extended")
    if isinstance(source, CapsuleSource):
        _capsules(source, work, pellets_named=pellets_named)
    if source.ndc is not None and not may_be_ndc(source.ndc):
        work.notice(
            NoticeCode.NDC_UNLIKELY, ndc=source.ndc, fewest=limits.FEWEST_NDC_DIGITS, most=limits.MOST_NDC_DIGITS
        )
    if isinstance(source, Bulk) and source.assay_basis == "as is" and source.water is not None:
        work.notice(NoticeCode.WATER_NOT_USED, water=source.water)
    strength = source.strength
    if drug is not None and strength is not None:
        known = drug.accepted_strengths
        if strength not in known or isinstance(source, CapsuleSource):  # it knows tablets only
            work.stop(
                StopCode.STRENGTH_NOT_IN_DRUG_FILE, "source.strength", canonical(strength), drug=drug.name, known=known
            )
    elif strength is not None and per_tablet(strength) > limits.STRONG_TABLET.value:
        most = Figure(limits.STRONG_TABLET.value.value, MG)
        work.stop(StopCode.STRONG_TABLET, "source.strength", canonical(strength), most=most)


def _capsules(source: CapsuleSource, work: Work, *, pellets_named: bool) -> None:
    """Stop capsules whose contents may not be crushed; only powder may, and pellets that are named are not crushed."""
    if pellets_named:
        work.notice(NoticeCode.PELLETS_NAMED)
        return
    if source.release == "delayed":
        work.stop(StopCode.DELAYED_RELEASE, "source.release", "delayed")
    if source.contents == PELLETS:
        work.stop(StopCode.PELLETS, "source.contents", PELLETS)
    if source.contents == "liquid":
        work.stop(StopCode.LIQUID_FILL, "source.contents", "liquid")


def may_be_ndc(code: str) -> bool:
    """Return True for a code of digits and hyphens with as many digits as a National Drug Code has.

    >>> may_be_ndc("16729-081-10"), may_be_ndc("5.55E+09"), may_be_ndc("555090202")
    (True, False, False)
    """
    digits = code.replace("-", "")
    return digits.isdecimal() and limits.FEWEST_NDC_DIGITS <= len(digits) <= limits.MOST_NDC_DIGITS


def _dose(order: AnyOrder, drug: Drug, work: Work, *, at_one_time: bool) -> None:
    ranges = drug.dose
    stated = order.dose_basis or drug.default_basis
    dose = in_basis(order.dose.to(MG), drug, stated, ranges.basis, tablets.drug_in_form)
    if ranges.usual_low <= dose <= ranges.usual_high:
        return
    value = order.typed("dose")
    facts = {
        "dose": order.dose,
        "compared": dose,
        "drug": drug.name,
        "usual_low": ranges.usual_low,
        "usual_high": ranges.usual_high,
        "absolute_low": ranges.absolute_low,
        "absolute_high": ranges.absolute_high,
        "times": significant(dose.value / ranges.usual_high.to(MG).value, 3),
        "tenth": Figure(order.dose.value / 10, order.dose.unit),
        "tenfold": dose > ranges.tenfold_above,
        "at_one_time": at_one_time,
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


def tablets_per_dose(order: AnyOrder, drug: Drug | None, work: Work) -> None:
    """Stop a dose of more tablets than any patient is expected to take."""
    if order.source.strength is None:
        return
    dose = on_label(order, drug, order.dose.to(MG), tablets.drug_in_form)
    needed = tablets.tablets_exact(dose, per_tablet(order.source.strength))
    if needed > limits.TABLETS_PER_DOSE.value:
        work.stop(
            StopCode.MANY_TABLETS_PER_DOSE,
            "dose",
            counted(needed.value, 4),
            dose=order.dose,
            strength=order.source.strength,
            most=limits.TABLETS_PER_DOSE.value,
        )


def expiries(order: AnyOrder, others: tuple[tuple[str, date | None], ...], work: Work) -> None:
    """Stop an expired source or component, and give notice of one that expires years later, as of a wrong year.

    `others` are the components by the path of their expiry.
    """
    for field, expiry in (*days_of(order.source), *others):
        if expiry is not None and not usable_on(order.prepared_on, expiry):
            work.stop(StopCode.EXPIRED, field, expiry.isoformat(), prepared_on=order.prepared_on)
        elif expiry is not None and expiry > years_after(order.prepared_on, limits.FAR_YEARS):
            work.notice(NoticeCode.EXPIRY_FAR, field=field, expiry=expiry, years=limits.FAR_YEARS)


def answers(order: AnyOrder, drug: Drug | None, work: Work) -> None:
    """Stop on each question before release that was answered yes."""
    for question in drug.screening if drug is not None else ():
        if order.screening[question.code] == "yes":
            facts = {"drug": drug_name(order, drug), "why": question.yes}
            work.stop(question.stop, f"screening.{question.code}", "yes", **facts)


def acknowledge(order: AnyOrder, work: Work) -> tuple[Acknowledged, ...]:
    """Match override reasons to soft stops. Raises `Refused` with the stops that remain, or with faults.

    A reason for another value, or for a hard stop, leaves the stop standing. A reason for a stop that was not raised,
    more reasons than stops of one code, and a reason that the stop does not accept are faults: somebody misjudged this
    order.
    """
    faults: list[Fault] = []
    passed: list[Acknowledged] = []
    standing = list(work.stops)
    for index, acknowledgement in enumerate(order.acknowledgements):
        field = f"acknowledgements.{index}"
        raised = [stop for stop in work.stops if stop.code == acknowledgement.code]
        before = sum(each.code == acknowledgement.code for each in order.acknowledgements[:index])
        if before >= len(raised):
            faults.append(Fault(FaultCode.ACKNOWLEDGEMENT_UNUSED, field, {"code": acknowledgement.code}))
            continue
        for stop in raised:
            if stop in standing and stop.severity == "soft" and stop.value == acknowledgement.value:
                if acknowledgement.reason not in stop.reasons:
                    facts = {"typed": acknowledgement.reason, "choices": stop.reasons}
                    faults.append(Fault(FaultCode.UNKNOWN_CHOICE, f"{field}.reason", facts))
                    continue
                standing.remove(stop)
                passed.append(Acknowledged(stop, acknowledgement))
    if faults:
        raise Refused(faults=tuple(faults))
    if standing:
        raise Refused(stops=_of_its_source(order, standing))
    return tuple(passed)


def _of_its_source(order: AnyOrder, stops: list[Stop]) -> tuple[Stop, ...]:
    """Return the stops; of opened capsules with the fact that says so, and the drug's name, which is never retold."""
    if not isinstance(order.source, CapsuleSource):
        return tuple(stops)
    facts = {"opened": not hasattr(order, "volume"), "named": drug_name(order, None)}
    return tuple(replace(stop, facts={**stop.facts, **facts}) for stop in stops)


def dose_beside_strength(order: AnyOrder, drug: Drug | None, work: Work) -> None:
    """Give notice if a dose without a range, its drug having no file, is an unlikely part of a tablet."""
    if drug is not None or order.source.strength is None:
        return
    strength = order.source.strength
    dose = on_label(order, drug, order.dose.to(MG), tablets.drug_in_form)
    part = tablets.tablets_exact(dose, per_tablet(strength))
    if not limits.PART_OF_TABLET_LOW.value <= part <= limits.PART_OF_TABLET_HIGH.value:
        name = drug_name(order, None)
        work.notice(NoticeCode.DOSE_UNLIKE_STRENGTH, dose=order.dose, part=part, strength=strength, drug=name)
