"""Triturate: a compounding pharmacy's dosing calculator. The architecture, from the typed character to the sheet.

- `units` and `figures`: exact numbers with units; how they are read and written, each distinct one `once`.
  `formula`: one equation, proved by pint at import and shown as it ran. `rounding`, `sums`, `roots`, `student`: the few
  steps that are not equations.
- `faults`, `limits`, `references`: what can be wrong, as codes; every bound and default with its source.
- `readers`, `drug`, `library`: how a field is read; the drugs' files and the tables, read once at start.
- `ordered`, `order`: what every order says; what is asked of capsules, complete and validated, with `defaults` filled
  in and `consistency` checked.
- `rules`: the formulas by subject; they take figures and know nothing of orders or of one another.
- `planning`: `plan(order, library)`, the only place that knows all rules; `plans`: what it answers, complete data.
- `wording`, `contract`, `answer`, `fingerprint`, `sheet`: every sentence; the answer's types; the answer of the
  endpoint (`shown`: one figure of it), and what tells one from another; finished strings for page and paper.
  `refusal`: faults and stops as every refusal writes them. `links`: an order as a query.
- `titration`: a schedule of doses as capsules in two ways, each batch a plan, with a calendar.
- `liquid`: oral liquids from tablets or bulk powder; `preparations`: which of the two an order asks for.
- `paper`: sheet, labels and leaflet as PDF.
- `pictures`: a plan drawn to scale, as finished places and lengths, with the same in words.
- `handbook`: every formula, limit and drug, and what was measured, as pages.
- `finished`: checks on the capsules that were made, by weight and by assay, from what is asked to what is shown;
  `verdicts`: what they can come to.
- `reading`, `asking`, `lines`: JSON that is not trusted; one order in, its answer out; many, one a line, each answered
  by itself. `mistakes`: our own, by number.
- `web`: the pages and the endpoints. It reads, calls one function and answers.
- `cli`: `triturate plan`, orders from options or files.

Arrows point down this list backwards only: `cli` and `web` may use all, `units` uses nothing.

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
