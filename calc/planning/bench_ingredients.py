"""The work with ingredients at the bench: reading labels, weighing or measuring each, adding them at their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calc.planning.bench import BenchCode, BenchStep, Wants
from calc.planning.ingredients import IngredientUsed, weighed_together

WETTING_AGENT = "wetting agent"


def numbered(code: BenchCode, used: Sequence[IngredientUsed]) -> Iterator[tuple[IngredientUsed, BenchStep]]:
    """Yield a step of this code for each ingredient, with a number if there are several."""
    for number, each in enumerate(used, start=1):
        yield each, BenchStep(code, what=each.name, step=number if len(used) > 1 else 0)


def read_labels(used: Sequence[IngredientUsed]) -> Iterator[BenchStep]:
    """Yield the reading of each label."""
    yield from (step for _, step in numbered(BenchCode.READ_INGREDIENT, used))


def weigh(used: Sequence[IngredientUsed]) -> Iterator[BenchStep]:
    """Yield the weighing of each ingredient that is weighed."""
    weighed = [each for each in used if not each.is_measured]
    for each, step in numbered(BenchCode.INGREDIENT, weighed):
        exact, shown = each.amount
        yield step._replace(target=exact, shown=shown, unit="g", wants=Wants.MASS)


def measure(used: Sequence[IngredientUsed]) -> Iterator[BenchStep]:
    """Yield the measuring of each ingredient that is a liquid."""
    measured = [each for each in used if each.is_measured]
    for each, step in numbered(BenchCode.INGREDIENT_VOLUME, measured):
        yield step._replace(target=each.amount.exact, unit="mL", wants=Wants.VOLUME)


def mix_into_diluent(used: Sequence[IngredientUsed], *, diluent: bool) -> Iterator[BenchStep]:
    """Yield the mixing of all ingredients into the diluent, or into the powder where there is none."""
    if used:
        what = "diluent" if diluent else "powder"
        yield BenchStep(BenchCode.MIX_INGREDIENTS, what=what, target=weighed_together(used))


def wet_with(used: Sequence[IngredientUsed]) -> BenchStep | None:
    """Return the wetting of the powder with its wetting agents; None if there is none."""
    agents = [each.name for each in used if each.role == WETTING_AGENT]
    return BenchStep(BenchCode.WET_WITH, what=", ".join(agents)) if agents else None


def add(used: Sequence[IngredientUsed]) -> Iterator[BenchStep]:
    """Yield the adding of each other ingredient, before the whole is brought to volume."""
    others = [each for each in used if each.role != WETTING_AGENT]
    yield from (step for _, step in numbered(BenchCode.ADD_INGREDIENT, others))
