"""What the weighings of a batch leave open in its dose: each mass as printed, and the balance's error at it."""

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


def spread(order: Order, powder: Powder, triturations: tuple[Trituration, ...], check: ReverseCheck) -> Spread:
    """The spread of a batch whose masses are all known: its terms in the order of work, and the shift by rounding."""
    whole = _used_whole(order, powder, triturations)
    mixtures = tuple(_mixtures(triturations, check))
    return Spread(tuple(_terms(order.balance, powder, mixtures, whole=whole)), check.deviation)


#: What is taken, and the diluent that it is mixed with.
_Mixture = tuple[TermName, Figure, Figure]


def _terms(balance: Balance, powder: Powder, mixtures: tuple[_Mixture, ...], *, whole: bool) -> Iterator[Term]:
    readability = balance.readability.to(MG)
    error, kind = error_of_balance(balance, readability)
    if powder.tablets is not None and powder.tablets.total_mass is not None:
        total = rounding.to_step(powder.tablets.total_mass, readability)
        _, taken, diluent = mixtures[0]
        if whole:
            yield Term("tablets", 1, total, error, kind, taken, diluent, all_of_it=True)
        else:
            yield Term("tablets", 1, total, error, kind)
    diluents = 0
    for number, (name, taken, diluent) in enumerate(mixtures):
        if number or not whole:
            yield Term(name, max(number, 1), taken, error, kind, taken, diluent)
        if diluent.value:
            diluents += 1
            yield Term("diluent", diluents, diluent, error, kind, taken, diluent)


def _used_whole(order: Order, powder: Powder, triturations: tuple[Trituration, ...]) -> bool:
    """Whether all of the powder of the tablets goes on and nobody weighs it: not where it was weighed once more."""
    if powder.tablets is None or order.source.recovered_mass is not None:
        return False
    if triturations:
        return triturations[0].all_of_it
    return powder.tablets.drug_left_over.value == 0


def _mixtures(triturations: tuple[Trituration, ...], check: ReverseCheck) -> Iterator[_Mixture]:
    """What is mixed with which diluent, step by step, at last in the blend of the capsules; masses as printed."""
    known = (
        (step.weigh, step.diluent, step.take.shown)
        for step in triturations
        if step.weigh is not None and step.diluent is not None
    )
    taken = None
    for weigh, diluent, take in known:
        yield ("trituration", weigh, diluent) if taken is None else ("aliquot", taken, diluent)
        taken = take
    yield "portion" if taken is None else "aliquot", check.taken, check.diluent


def error_of_balance(balance: Balance, readability: Figure) -> tuple[Figure, Kind]:
    """The error of one weighing by the rule that the order names, and what is known of it.

    A minimum weight says nothing of the error but that the balance is in order: one step of it is taken.

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
