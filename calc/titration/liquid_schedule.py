"""The input of a titration from a liquid: a schedule, and the order of the one liquid that it is taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic_core import PydanticCustomError

from calc.arithmetic.units import MG_PER_ML, Figure
from calc.faults import Fault, FaultCode, Refused
from calc.library import Library
from calc.liquid.order import LiquidOrder
from calc.reading.fields import choice
from calc.titration.schedule import OF_ONE_BATCH, Step, Titration, read_parts

LIQUID: Final = "liquid"
#: Fields of an order of a liquid that the schedule gives, or that concern a single batch.
GIVEN_BY_SCHEDULE = (
    *(path for path in OF_ONE_BATCH if path != "quantity"),
    "doses_per_day",
    "source.tablets_used",
    "source.capsules_used",
)
#: Placeholders while the rest of the order is read; the volume stands unless one is ordered.
_IN_PLACE = {"dose": "1 mg", "doses_per_day": 1}
_NO_VOLUME = {"volume": "1 mL"}
_PREPARATION = choice("capsule", LIQUID)


@dataclass(frozen=True, slots=True)
class LiquidTitration:
    """The input of a titration from a liquid, complete and validated. Made by `LiquidTitration.read`.

    `volume` is what is ordered, None for what the schedule takes. The dose and the volume of `order` are placeholders.
    """

    schedule: tuple[Step, ...]
    doses_per_day: int
    start: date
    volume: Figure | None
    order: LiquidOrder

    @property
    def strength(self) -> Figure:
        """The strength of the liquid, in mg/mL."""
        if self.order.strength is None:
            raise TypeError("a titration takes no liquid whose strength follows from its volume")
        return Figure(self.order.strength.in_one_ml.value, MG_PER_ML)

    @classmethod
    def read(cls, tree: Any, library: Library, *, today: date | None = None) -> LiquidTitration:
        """Parse and validate `tree` as a titration from a liquid. Raises `Refused` with every fault."""
        typed = tree.get("order") if isinstance(tree, Mapping) else None
        ordered = isinstance(typed, Mapping) and typed.get("volume") is not None
        in_place = _IN_PLACE if ordered else _IN_PLACE | _NO_VOLUME
        tree = tree if ordered or not isinstance(typed, Mapping) else {**tree, "order": _without_volume(typed)}
        try:
            schedule, start, order = read_parts(
                tree, library, today, LiquidOrder, GIVEN_BY_SCHEDULE, in_place, lambda _: "order.preparation"
            )
        except Refused as refused:
            raise refused if ordered else Refused(tuple(map(_volume_asked, refused.faults))) from refused
        return cls(schedule.schedule, schedule.doses_per_day, start, order.volume if ordered else None, order)


def _volume_asked(fault: Fault) -> Fault:
    """Return the fault that asks for the volume, where volumes are measured beside one that only the schedule gives."""
    if fault.code is not FaultCode.VOLUMES_TOO_LARGE:
        return fault
    return Fault(FaultCode.PAIR_INCOMPLETE, "order.volume", {"given": fault.field})


def _without_volume(order: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tree of an order without a volume that is null."""
    return {name: value for name, value in order.items() if name != "volume"}


def is_from_liquid(tree: Any) -> bool:
    """Return True if a tree asks for a titration from a liquid.

    >>> is_from_liquid({"order": {"preparation": " liquid"}}), is_from_liquid({"order": {}}), is_from_liquid([])
    (True, False, False)
    """
    order = tree.get("order") if isinstance(tree, Mapping) else None
    key = order.get("preparation") if isinstance(order, Mapping) else None
    return isinstance(key, str) and key.strip(" ") == LIQUID


def _known_preparation(tree: Any) -> None:
    """Raise `Refused` if the order of a tree names a preparation that is none."""
    order = tree.get("order") if isinstance(tree, Mapping) else None
    key = order.get("preparation") if isinstance(order, Mapping) else None
    try:
        if key is not None:
            _PREPARATION.read(key)
    except PydanticCustomError as refused:
        facts = {name: fact for name, fact in (refused.context or {}).items() if name != "code"}
        raise Refused((Fault(FaultCode(refused.type), "order.preparation", facts),)) from refused


def read_titration(tree: Any, library: Library, *, today: date | None = None) -> Titration | LiquidTitration:
    """Return the titration in a tree, as capsules or from a liquid. Raises `Refused` with every fault.

    A preparation that is none is the only one: which fields the order has rests on it.
    """
    _known_preparation(tree)
    kind = LiquidTitration if is_from_liquid(tree) else Titration
    return kind.read(tree, library, today=today)
