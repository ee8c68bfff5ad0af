"""How sure the dose is by its weighings: what each adds, all of them together, the largest, and the known shift."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.second_engine.fill import ESTIMATE
from tests.second_engine.ingredients import printed_masses
from tests.second_engine.portion import printed_portion, source_masses
from tests.second_engine.roots import root_quantity
from tests.second_engine.shown import as_typed, exact, on_grid, quantity, weighed
from tests.second_engine.weighing import error_of
from tests.second_engine.work import Work


@dataclass(slots=True)
class Term:
    """One weighing: its mass as printed, in mg, and how the dose follows it, as a part of itself for each mg."""

    name: str
    step: int
    mass: Fraction
    follows: Fraction


def terms_of(work: Work, diluent: Fraction) -> Iterator[Term]:
    """Every weighing in the order of work; `diluent` is what the capsules are filled up with."""
    step = work.order.readability

    def printed(mass: Fraction) -> Fraction:
        return on_grid(mass, step)

    portion = printed_portion(work.order, work.portion or Fraction(0), work.counted)
    taken = printed(work.steps[-1].take) if work.steps else portion
    others = printed_masses(work.order, work.batch)
    filled = printed(diluent)
    blend = taken + filled + sum(others)
    # Powder that nobody weighs: all that the tablets give, unless it was weighed again after crushing.
    all_of_it = work.steps[0].all_of_it if work.steps else work.all_of_it
    again = work.order.recovered is not None or (bool(work.steps) and work.order.crushed_mass is not None)
    unweighed = work.total is not None and all_of_it and not again
    made_up = printed(work.steps[0].total) if work.steps else blend
    if work.total is not None and work.counted is not None:
        part = Fraction(work.counted.crushed, work.counted.weighed or 1)  # of the mass of those weighed
        follows = part / made_up if unweighed else 1 / work.total
        for name, _ in source_masses(work.order, work.total):
            yield Term(name, 1, work.total, follows)  # of capsules, full and emptied, what they held
    for number, one in enumerate(work.steps, 1):
        weigh, total = printed(one.weigh or Fraction(0)), printed(one.total)
        if number == 1 and not unweighed:
            yield Term("trituration", 1, weigh, 1 / weigh - 1 / total)
        yield Term("diluent", number, printed(one.total - (one.weigh or 0)), 1 / total)
        next_total = printed(work.steps[number].total) if number < len(work.steps) else blend
        take = printed(one.take)
        yield Term("aliquot", number, take, 1 / take - 1 / next_total)
    if not work.steps and not unweighed:
        yield Term("portion", 1, taken, 1 / taken - 1 / blend)
    if filled:
        yield Term("diluent", len(work.steps) + 1, filled, 1 / blend)
    for number, mass in enumerate(others, 1):
        yield Term("ingredient", number, mass, 1 / blend)


def spread_figures(work: Work, diluent: Fraction | None, shift: dict[str, str] | None) -> dict[str, Any] | None:
    """The spread of the plan; None while tablets, portion or diluent are not known, or the fill is an estimate."""
    fill, step = work.fill, work.order.readability
    if fill is None or fill.way == ESTIMATE or diluent is None or work.portion is None:
        return None
    kind, error = error_of(work.order)
    terms = list(terms_of(work, diluent))
    square = error**2 / 3 if kind == "bound" else error**2
    squares = [square * term.follows**2 for term in terms]
    largest = terms[squares.index(max(squares))] if any(squares) else None
    return {
        "terms": [
            {
                "name": term.name,
                "step": term.step,
                "mass": (as_typed if term.name in ("tablets", "shells", "portion") else weighed)(term.mass, step),
                "error": quantity(error, "mg", exact(error)),
                "kind": kind,
                "of_mass": root_quantity(square / term.mass**2),
                "of_dose": root_quantity(of_dose),
            }
            for term, of_dose in zip(terms, squares, strict=True)
        ],
        "batch": root_quantity(sum(squares, Fraction(0))),
        "largest": largest and {"name": largest.name, "step": largest.step},
        "shift": shift,
    }
