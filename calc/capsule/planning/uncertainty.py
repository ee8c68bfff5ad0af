"""The uncertainty of a batch's dose from its weighings: each printed mass and the balance's error at it."""

from __future__ import annotations

from collections.abc import Iterator

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.units import MG, Figure
from calc.capsule.order import Order
from calc.capsule.plan import Powder, ReverseCheck, Trituration
from calc.orders.parts import Balance
from calc.orders.sources import CapsuleSource
from calc.planning.ingredients import IngredientUsed
from calc.rules import weighing
from calc.rules.spread import Kind, Spread, Term, TermName
from calc.rules.triturations import diluent_to_total


def spread(
    order: Order,
    powder: Powder,
    triturations: tuple[Trituration, ...],
    ingredients: tuple[IngredientUsed, ...],
    check: ReverseCheck,
) -> Spread:
    """Return the spread of a batch whose masses are all known: its terms in the order of work, its rounding shift."""
    all_used = _used_whole(order, powder, triturations)
    readability = order.balance.readability.to(MG)
    mixtures = tuple(_mixtures(triturations, check, readability, all_used=all_used))
    made_up_to = triturations[0].total if triturations and triturations[0].all_of_it else None
    error, kind = error_of_balance(order.balance, readability)
    terms = [*_terms(order, powder, mixtures, made_up_to, error, kind, all_used=all_used)]
    for each in ingredients:
        mass = each.amount.shown
        beside = diluent_to_total(mixtures[-1][3], mass)
        terms.append(Term("ingredient", each.place + 1, mass, error, kind, beside, mass))
    return Spread(tuple(terms), check.deviation)


#: The name and mass of what is taken, the mass of its diluent, and what both are made up to.
_Mixture = tuple[TermName, Figure, Figure, Figure]


def _terms(
    order: Order,
    powder: Powder,
    mixtures: tuple[_Mixture, ...],
    made_up_to: Figure | None,
    error: Figure,
    kind: Kind,
    *,
    all_used: bool,
) -> Iterator[Term]:
    if powder.tablets is not None and powder.tablets.total_mass is not None:
        term = Term("tablets", 1, powder.tablets.total_mass, error, kind)
        if all_used:
            _, taken, _, whole = mixtures[0]
            if made_up_to is not None and powder.tablets.expected_mass is not None:
                taken, whole = powder.tablets.expected_mass, made_up_to
            term = term._replace(powder=taken, diluent=diluent_to_total(whole, taken), all_of_it=True)
        yield term
        if isinstance(order.source, CapsuleSource):
            yield term._replace(name="shells")  # full capsules less their empty shells are the mass of the powder
    diluents = 0
    for number, (name, taken, diluent, total) in enumerate(mixtures):
        if number or not all_used:
            yield Term(name, max(number, 1), taken, error, kind, taken, diluent_to_total(total, taken))
        if diluent.numerator:
            diluents += 1
            yield Term("diluent", diluents, diluent, error, kind, diluent_to_total(total, diluent), diluent)


def _used_whole(order: Order, powder: Powder, triturations: tuple[Trituration, ...]) -> bool:
    """Return True if all powder of the tablets is used without weighing it again after crushing."""
    if powder.tablets is None or order.source.recovered_mass is not None:
        return False
    if triturations:
        return triturations[0].all_of_it and powder.tablets.crushed_mass is None
    return powder.all_used


def _mixtures(
    triturations: tuple[Trituration, ...], check: ReverseCheck, readability: Figure, *, all_used: bool
) -> Iterator[_Mixture]:
    """Yield each mixture, its masses as printed; the blend of the capsules comes last.

    Whole tablets are made up to the total of their step, others to the sum of both masses.
    """
    taken = None
    for step in triturations:
        if step.weigh is None or step.diluent is None:
            raise TypeError("the spread of a batch is worked out once every mass is known")
        diluent = step.diluent.shown
        if step.all_of_it and all_used:
            yield "trituration", diluent_to_total(step.total, diluent), diluent, step.total
        elif taken is None:
            weigh = rounding.to_step(step.weigh, readability)
            yield "trituration", weigh, diluent, step.total if step.all_of_it else _together(weigh, diluent)
        else:
            yield "aliquot", taken, diluent, _together(taken, diluent)
        taken = step.take.shown
    blend = _together(check.taken, check.mixed_in)
    yield "portion" if taken is None else "aliquot", check.taken, check.diluent, blend


def _together(taken: Figure, diluent: Figure) -> Figure:
    return rounding.total((taken, diluent), MG)


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
