"""A batch of which every figure, name and lot is taken out: it has the same steps, points and values to be read."""

from collections.abc import Mapping
from dataclasses import replace

from calc.arithmetic.units import MG, figure

HIDDEN = "hidden"
_NOTHING = figure(0, MG)


def without_figures(state):
    """Return a batch of the same shape without a figure, a name or a lot in it."""
    return replace(
        state,
        order=_shape(state.order),
        base=_shape(state.base),
        fingerprint="",
        answer="",
        use_until=None if state.use_until is None else HIDDEN,
        targets=tuple(each._replace(target=None, low=None, high=None) for each in state.targets),
        entries={
            step: entry._replace(
                actual=None,
                text="",
                side=None,
                boat=HIDDEN if entry.boat else "",
                tare=None if entry.tare is None else _NOTHING,
                shells=None,
            )
            for step, entry in state.entries.items()
        },
        lots=tuple(each._replace(maker="", lot=HIDDEN, expiry=HIDDEN) for each in state.lots),
        checks=tuple(each._replace(values={}) for each in state.checks),
        deviations=(),
        made=None,
        planned=None,
        dispensed=None,
        destroyed=None,
        returned=None,
        back=None,
        on_hand=None,
        made_as=None,
        tests=(),
        moves=(),
        papers=(),
        corrections=(),
        released=None,
    )


def _shape(part):
    """Return the names and lists of a tree, each value hidden; what is not known stays so."""
    if isinstance(part, Mapping):
        return {name: _shape(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_shape(value) for value in part]
    return part if part is None else HIDDEN
