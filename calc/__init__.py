"""Triturate: a compounding pharmacy's dosing calculator. The architecture, from the typed character to the sheet.

- `arithmetic`: exact figures with proved units. `faults`, `references`, `verdicts`: codes, and every source by its key.
  `limits`: every bound and default with its source. `rules`: the formulas by subject; they take figures alone.
- `reading`: typed text into values, or a fault. `drug`, `library`: the drugs' files and the tables, read once at start.
- `orders`: what every order says. `planning`: what every plan is worked out with. `wording`: every sentence, one for
  each code. `answers`, `sheet`, `paper`: what every JSON answer, sheet and paper is made of.
- `capsule`, `liquid`: the preparations, each from the order to the papers; they do not know one another.
- `titration`: a schedule of doses as batches of capsules. `checks`: checks on the capsules that were made.
- `pictures`: a plan drawn to scale. `handbook`: formulas, limits and drugs as pages.
- `service`: what every edge calls; the preparations as a table; the clock.
- `web`, `cli`: the edges. They read, call one function and answer.

Arrows point from the end of this list to its beginning only. `docs/architecture.md` draws it, with the walk of one
order.

>>> from datetime import date
>>> from calc import Order, load, plan
>>> library = load()
>>> order = Order.read({"dose": "4.5 mg", "quantity": 30}, library, today=date(2026, 11, 22))
>>> plan(order, library).powder.tablets.number
3
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calc.capsule.order import Order
    from calc.capsule.planning import plan
    from calc.library import load

__all__ = ["Order", "load", "plan"]

_HANDED_OUT = {"Order": "calc.capsule.order", "load": "calc.library", "plan": "calc.capsule.planning"}

if not TYPE_CHECKING:  # pragma: no branch - a type checker would take every name for one that is handed out

    def __getattr__(name: str) -> Any:
        """Hand out `Order`, `plan` and `load` when they are first asked for, so that importing `calc` costs nothing."""
        if name not in _HANDED_OUT:
            raise AttributeError(f"module 'calc' has no attribute {name!r}")
        return getattr(importlib.import_module(_HANDED_OUT[name]), name)
