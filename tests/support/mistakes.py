"""A planner of capsules that makes a mistake, to see what the edges of the program do then."""

from dataclasses import replace

from calc.service.preparations import CAPSULES, PREPARATIONS


def plan_by(monkeypatch, plan):
    """Put another planner in the place of that of capsules, wherever an order comes from."""
    monkeypatch.setitem(PREPARATIONS, CAPSULES.key, replace(CAPSULES, plan=plan))
