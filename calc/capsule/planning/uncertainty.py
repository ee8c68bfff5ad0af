"""The uncertainty of a batch's dose from its weighings: each printed mass and the balance's error at it."""

from __future__ import annotations

from collections.abc import Iterator

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.units import MG, Figure
from calc.capsule.order import Order
from calc.capsule.plan import Powder, ReverseCheck, Trituration
from calc.orders.parts import Balance
from calc.rules import weighing
from calc.rules.spread import Kind, Spread, Term, TermName
from calc.rules.triturations import diluent_to_total


def spread(order: Order, powder: Powder, triturations: tuple[Trituration, ...], check: ReverseCheck) -> Spread:
    """Return the spread of a batch whose masses are all known: its terms in the order of work, its rounding shift."""
    all_used = _used_whole(order, powder, triturations)
    mixtures = tuple(_mixtures(triturations, check))
    made_up_to = triturations[0].total if triturations and triturations[0].all_of_it else None
    terms = _terms(order.balance, powder, mixtures, made_up_to, all_used=all_used)
    return Spread(tuple(terms), check.deviation)


#: The name and mass of what is taken, and the mass of its diluent.
_Mixture = tuple[TermName, Figure, Figure]


def _terms(
    balance: Balance, powder: Powder, mixtures: tuple[_Mixture, ...], made_up_to: Figure | None, *, all_used: bool
) -> Iterator[Term]:
    readability = balance.readability.to(MG)
    error, kind = error_of_balance(balance, readability)
    if powder.tablets is not None and powder.tablets.total_mass is not None:
        total = rounding.to_step(powder.tablets.total_mass, readability)
        _, taken, diluent = mixtures[0]
        if all_used:
            if made_up_to is not None:
                taken, diluent = total, diluent_to_total(made_up_to, total)
            yield Term("tablets", 1, total, error, kind, taken, diluent, all_of_it=True)
        else:
            yield Term("tablets", 1, total, error, kind)
    diluents = 0
    for number, (name, taken, diluent) in enumerate(mixtures):
        if number or not all_used:
            yield Term(name, max(number, 1), taken, error, kind, taken, diluent)
        if diluent.value:
            diluents += 1
            yield Term("diluent", diluents, diluent, error, kind, taken, diluent)


def _used_whole(order: Order, powder: Powder, triturations: tuple[Trituration, ...]) -> bool:
    """Return True if all powder of the tablets is used without weighing it again after crushing."""
    if powder.tablets is None or order.source.recovered_mass is not None:
        return False
    if triturations:
        return triturations[0].all_of_it
    return powder.tablets.drug_left_over.value == 0


def _mixtures(triturations: tuple[Trituration, ...], check: ReverseCheck) -> Iterator[_Mixture]:
    """Yield each mixture, its masses as printed; the blend of the capsules comes last.

    Whole tablets are not weighed on their way: what their diluent makes them up to counts.
    """
    taken = None
    for step in triturations:
        if step.weigh is None or step.diluent is None:
            raise TypeError("the spread of a batch is worked out once every mass is known")
        diluent = step.diluent.shown
        if step.all_of_it:
            yield "trituration", diluent_to_total(step.total, diluent), diluent
        else:
            yield ("trituration", step.weigh, diluent) if taken is None else ("aliquot", taken, diluent)
        taken = step.take.shown
    yield "portion" if taken is None else "aliquot", check.taken, check.diluent


def error_of_balance(balance: Balance, readability: Figure) -> tuple[Figure, Kind]:
    """Return the error of one weighing by the rule that the order names, and the kind of that error.

    A minimum weight says only that the balance is in order: the error is assumed to be one step of the balance.

    >>> from calc.arithmetic.units import figure
    >>> error, kind = error_of_balance(Balance(readability="1 mg", repeatability="0.3 mg"), figure(1, MG))
    >>> str(error.value), kind.value
    ('41/100', 'deviation')
    """
    if balance.sensitivity is not None:
        return balance.sensitivity.to(MG), Kind.BOUND
    if balance.repeatability is not None:
        least = weighing.least_standard_deviation(limits.REPEATABILITY_FLOOR.value, readability)
        return rounding.larger(balance.repeatability.to(MG), least), Kind.DEVIATION
    return readability, Kind.BOUND
