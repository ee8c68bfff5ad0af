"""The order of a batch, planned: with its number and what was found at the bench, and without answers to questions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from calc.answers.json_text import canonical, written
from calc.arithmetic.units import CAPSULE, ML, Figure, figure
from calc.capsule.plan import Plan
from calc.faults import REASONS, FaultCode, Reason, Refused, Stop
from calc.library import Library
from calc.orders.parts import NOT_ASKED
from calc.orders.sources import POWDERS
from calc.planning.assessment import answer_to
from calc.planning.bench import BenchStep
from calc.planning.bench_bands import band_of, is_triturated
from calc.record.batch import figures
from calc.record.batch.state import BatchState
from calc.service.answering import plan_of
from calc.service.preparations import AnyPlan, preparation_of

#: The kind of document that holds the whole answer to the order of a batch.
ANSWER = "answer"
#: The order of a batch has a day of making, so that no clock stands in for it.
_NO_DAY = date.min


class Planned(NamedTuple):
    """The plan of a batch: its order as understood, its fingerprint, and the answer as it is kept, with its hash."""

    plan: AnyPlan
    order: dict[str, Any]
    fingerprint: str
    answer: bytes
    digest: str

    @property
    def steps(self) -> tuple[BenchStep, ...]:
        """The work at the bench."""
        return preparation_of(self.plan).work_of_batch(self.plan)

    @property
    def readability(self) -> Figure:
        """One step of the balance."""
        return self.plan.order.balance.readability

    @property
    def use_until(self) -> str | None:
        """The last day of use, as 2027-05-28."""
        until = self.plan.beyond_use.date
        return None if until is None else until.isoformat()

    def is_of(self, state: BatchState) -> bool:
        """Return True if it has the fingerprint and the last day of use of a batch."""
        return (self.fingerprint, self.use_until) == (state.fingerprint, state.use_until)

    def data(self, why: str, *, changed: bool = False) -> dict[str, Any]:
        """Return what the event `batch.planned` says; `changed` if an earlier version gave other figures."""
        return {
            "why": why,
            "order": self.order,
            "fingerprint": self.fingerprint,
            "answer": self.digest,
            "targets": list(_targets(self.steps, self.readability)),
            "planned": figures.written(amount_planned(self.plan)),
            "use_until": self.use_until,
            "careful": careful(self.plan),
            "changed": changed,
        }


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """A library as the key of what is kept: the same one, not one that is equal."""

    library: Library

    def __hash__(self) -> int:
        return id(self.library)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.library is self.library


@lru_cache(maxsize=256)
def _planned(text: bytes, kept: _Kept) -> Planned:
    return plan_anew(json.loads(text), kept.library)


def plan_anew(tree: Mapping[str, Any], library: Library) -> Planned:
    """Plan an order from the start, whatever was planned before. Raises `Refused` as `plan_batch` does."""
    plan = plan_of(tree, library, _NO_DAY)
    answer = preparation_of(plan).answer(plan)
    kept_answer = written(answer)
    digest = hashlib.sha256(kept_answer).hexdigest()
    return Planned(plan, dict(answer["order"]), answer["fingerprint"], kept_answer, digest)


def plan_batch(tree: Mapping[str, Any], library: Library) -> Planned:
    """Plan the order of a batch, a tree of JSON. Raises `Refused` with all its faults or all its stops."""
    return _planned(canonical(tree), _Kept(library))


def plan_again(tree: Mapping[str, Any], library: Library, override: str = "") -> Planned:
    """Plan an order of which figures were found anew; a reason for a stop that they do not raise any more is left out.

    `override` is a reason for each soft stop that they raise and that takes it. Raises `Refused` with the others.
    """
    tree = dict(tree)
    try:
        return plan_batch(tree, library)
    except Refused as refused:
        unused = [fault.field for fault in refused.faults if fault.code is FaultCode.ACKNOWLEDGEMENT_UNUSED]
        if refused.faults and len(unused) == len(refused.faults):
            places = {int(field.rpartition(".")[2]) for field in unused}
            kept = [each for at, each in enumerate(tree["acknowledgements"]) if at not in places]
            return plan_again({**tree, "acknowledgements": kept}, library, override)
        given = acknowledged(refused.stops, override)
        if not given or len(given) < len(refused.stops):
            raise
        return plan_batch({**tree, "acknowledgements": [*tree.get("acknowledgements", ()), *given]}, library)


def acknowledged(stops: Sequence[Stop], reason: str) -> list[dict[str, str]]:
    """Return those stops that take a reason, acknowledged with it as an order does that."""
    if reason not in {each.value for each in Reason}:
        return []
    taken = [stop for stop in stops if reason in REASONS.get(stop.code, ())]
    return [{"code": stop.code.value, "value": stop.value, "reason": reason} for stop in taken]


def without_answers(tree: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """Return a normalized order without answers on the one who takes it, and without reasons that rest on them."""
    asked = library.drug_of(tree["drug"])
    stops = {question.stop.value for question in asked.screening} if asked is not None else set[str]()
    return {
        **tree,
        "screening": dict.fromkeys(tree["screening"], NOT_ASKED),
        "acknowledgements": [each for each in tree["acknowledgements"] if each["code"] not in stops],
    }


def _targets(steps: Sequence[BenchStep], readability: Figure) -> list[dict[str, str | None]]:
    triturated, found = is_triturated(steps), []
    for step in steps:
        low, high = band_of(step, readability, triturated=triturated)
        found.append(
            {
                "step": step.key,
                "what": step.what,
                "wants": step.wants.value,
                "unit": step.unit,
                "target": _known(step.target),
                "low": _known(low),
                "high": _known(high),
            }
        )
    return found


def _known(amount: object) -> str | None:
    return figures.written(amount) if isinstance(amount, Figure) else None


def amount_planned(plan: AnyPlan) -> Figure:
    """Return what the batch is planned to give: capsules, those beyond the order included, or a volume."""
    if isinstance(plan, Plan):
        return figure(plan.powder.batch, CAPSULE)
    return plan.order.volume.to(ML)


def careful(plan: AnyPlan) -> list[str]:
    """Return why a second person reads every mass of drug before mixing, whoever or whatever wrote it down."""
    order, found = plan.order, []
    if isinstance(plan, Plan) and plan.triturations:
        found.append("trituration")
    if isinstance(order.source, POWDERS):
        found.append("powder")
    if plan.drug is None:
        found.append("no file")
    found += [name for name in ("hazardous", "narrow_index") if answer_to(order, name) == "yes"]
    return found
