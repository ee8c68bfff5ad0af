"""The record as text: events as JSON lines with their hashes, and the view tables in rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from calc.store.door import Store
from calc.store.reading import Kept, line_of
from calc.store.states import event_of
from calc.store.view_tables import BATCH, VIEWS

#: Events, or rows, that are read at a time.
PAGE = 2_000
#: No day comes after it.
LAST_DAY = "9999-12-31"


def lines(store: Store, *, stream: str | None = None, first: str = "", last: str = LAST_DAY) -> Iterator[bytes]:
    """Yield a line for each event, in order: those of a stream, and of the days from `first` to `last`, or all."""
    after, everything = 0, not first and last == LAST_DAY
    while True:
        with store.reading() as reading:
            page: Sequence[Kept] = reading.kept(after=after, stream=stream, limit=PAGE)
        for kept in page:
            if everything or first <= event_of(kept.body).day <= last:
                yield line_of(kept)
        if not page:
            return
        after = page[-1].seq


def rows(store: Store, table: str) -> Iterator[list[str]]:
    """Yield the names of the columns of a view table, and then its rows as texts.

    Behind the columns of a batch stands what its amount on hand is counted in.
    """
    view = VIEWS.tables[table]
    keys, is_batch = list(view.primary_key.columns), view is BATCH
    yield [*(column.name for column in view.columns), *(["on_hand_in"] if is_batch else [])]
    at: tuple[Any, ...] = ()
    while True:
        query = select(view).order_by(*keys).limit(PAGE)
        with store.connection() as connection:
            page = connection.execute(query.where(_above(keys, at)) if at else query).all()
        for row in page:
            texts = ["" if value is None else str(value) for value in row]
            yield [*texts, _counted_in(row)] if is_batch else texts
        if not page:
            return
        at = tuple(getattr(page[-1], key.name) for key in keys)


def _counted_in(row: Any) -> str:
    """Return the unit of the amount on hand of a batch; blank where there is none."""
    return "" if row.on_hand is None else "capsules" if row.preparation == "capsule" else "microliters"


def _above(keys: Sequence[Any], at: Sequence[Any]) -> Any:
    """Return the condition of rows above a key: of one column, or of two."""
    first = keys[0] > at[0]
    return first if len(keys) == 1 else first | ((keys[0] == at[0]) & (keys[1] > at[1]))
