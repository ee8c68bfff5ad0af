"""What was typed at the bench, from the query of a page to its boxes: read, kept where there is no box, and told."""

from __future__ import annotations

from calc.orders.query import Pairs
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench, read_entries
from calc.service.preparations import AnyPlan, Preparation
from calc.web.forms import bench_query
from calc.wording.bench_verdicts import STRAY


def entries_of(preparation: Preparation, plan: AnyPlan, pairs: Pairs) -> AtBench:
    """Return what was typed at the bench, read against the steps of a plan."""
    typed = bench_query.typed(bench_query.canonical(pairs))
    return read_entries(preparation.work(plan), typed) if typed else NOTHING_AT_BENCH


def kept_hidden(pairs: Pairs, plan: AnyPlan | None, at_bench: AtBench) -> Pairs:
    """Return what was typed at the bench and has no box: of steps that the plan does not have, or of all of them."""
    kept = bench_query.known(bench_query.canonical(bench_query.apart(pairs)[1]))
    if plan is None:
        return kept
    return [pair for pair in kept if bench_query.key_of(pair[0]) in at_bench.strays]


def strays_said(at_bench: AtBench) -> str:
    """Return the sentence on what was typed for steps that the plan does not have; blank if there is none."""
    entries = [(key, at_bench.typed[key]) for key in at_bench.strays if at_bench.typed[key].value]
    if not entries:
        return ""
    what = "; ".join(f"{key.replace('_', ' ')}: {entry.value} {entry.unit}".strip() for key, entry in entries)
    return STRAY.format(what=what)
