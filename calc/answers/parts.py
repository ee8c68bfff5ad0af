"""The parts of every JSON answer: figures as shown, steps, weighings, cautions, notices, the beyond-use date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any, Generic, TypedDict, TypeVar

from calc.answers.contract import (
    AcknowledgedShown,
    BeyondUseShown,
    CautionShown,
    NoticeShown,
    Shown,
    StepShown,
    WeighingShown,
)
from calc.answers.figures import amount, as_shown, in_capsule, in_grams, on_display, share
from calc.answers.fingerprint import fingerprint
from calc.arithmetic import notation
from calc.arithmetic.rounding import to_step
from calc.arithmetic.units import MG, RATIO, TABLET, Figure, G
from calc.drug import Drug
from calc.faults import Notice, Reason
from calc.orders.base import ReadableOrder
from calc.planning.parts import Acknowledged, BeyondUse, DrugSource, OnBalance, Weighing
from calc.planning.work import Step, capsule_step
from calc.references import REFERENCES
from calc.wording import STEPS, notice_text, stop_text
from calc.wording.figures import said
from calc.wording.steps import GIVEN_A_REASON, REASONS, ROUNDINGS

VERSION = version("triturate")
ShownT = TypeVar("ShownT", bound=Mapping[str, Any])


class Writer:
    """Writes the figures of one plan: what is weighed in grams with the balance's decimals, throughout."""

    def __init__(self, readability: Figure) -> None:
        self.readability = readability
        step = readability.to(G)
        self.balance_decimals = len((notation.decimal(step) or "").partition(".")[2])
        self.capsule_decimals = len((notation.decimal(capsule_step(readability)) or "").partition(".")[2])

    def on_balance(self, mass: OnBalance | Figure) -> Shown:
        """A mass as the balance shows it."""
        exact, shown = (
            (mass.exact, mass.shown) if isinstance(mass, OnBalance) else (mass, to_step(mass, self.readability))
        )
        return in_grams(exact, on_display(shown, self.balance_decimals)).shown()

    def on_balance_or_none(self, mass: OnBalance | Figure | None) -> Shown | None:
        """The same, where the mass may not be known."""
        return None if mass is None else self.on_balance(mass)

    def per_capsule(self, figure: Figure | None) -> Shown | None:
        """A mass in one capsule, one decimal finer than the balance."""
        return None if figure is None else self.of_capsule(figure)

    def of_capsule(self, figure: Figure) -> Shown:
        """The same, where the mass is known."""
        return in_capsule(figure, self.capsule_decimals).shown()

    def band(self, mass: OnBalance) -> Shown:
        """A limit of the capsule's band, in mg as the balance resolves it."""
        return as_shown(mass.exact.to(MG), notation.trimmed(notation.fixed(mass.shown.to(MG), 6)))


class SourceShown(TypedDict):
    """What every answer says of the tablets: null for bulk powder."""

    tablets_exact: Shown | None
    tablets_to_crush: int | None
    portion_share: Shown | None
    portion: Shown | None


def source_shown(source: DrugSource, write: Writer) -> SourceShown:
    """Return what is taken from the source: tablets, their share, the portion."""
    tablets = source.tablets
    return {
        "tablets_exact": None if tablets is None else tablets_exact(tablets.exact),
        "tablets_to_crush": None if tablets is None else tablets.number,
        "portion_share": None if tablets is None else share(tablets.share),
        "portion": write.on_balance_or_none(source.portion),
    }


def left_over_shown(source: DrugSource) -> Shown | None:
    """Return the drug left over in the powder; null for bulk powder."""
    return None if source.tablets is None else amount(source.tablets.drug_left_over)


class Whole(TypedDict, Generic[ShownT]):
    """The whole answer to an order, whatever it is of."""

    order: dict[str, Any]
    defaults: list[str]
    plan: ShownT
    fingerprint: str
    version: str


def whole(order: ReadableOrder, shown: ShownT) -> Whole[ShownT]:
    """Return the whole answer to an order, from its plan as shown."""
    understood = order.understood()
    return {
        "order": understood,
        "defaults": list(order.defaults),
        "plan": shown,
        "fingerprint": fingerprint(understood, shown),
        "version": VERSION,
    }


def weighings_shown(weighings: tuple[Weighing, ...], write: Writer) -> list[WeighingShown]:
    """The things on the balance and the balance's verdicts."""
    return [
        {
            "name": weighing.name.value,
            "mass": write.on_balance_or_none(weighing.mass),
            "least": write.on_balance(weighing.least),
            "ok": weighing.ok,
        }
        for weighing in weighings
    ]


def cautions_shown(drug: Drug | None) -> list[CautionShown]:
    """The clinical warnings of a drug; none of a drug without a file."""
    return [
        {"code": caution.code, "text": caution.text, "reference": caution.reference}
        for caution in (drug.cautions if drug is not None else ())
    ]


def notices_shown(notices: Iterable[Notice]) -> list[NoticeShown]:
    """What to read first."""
    return [{"code": notice.code.value, "text": notice_text(notice)} for notice in notices]


def acknowledged_shown(acknowledged: tuple[Acknowledged, ...]) -> list[AcknowledgedShown]:
    """The stops that were let pass, each with the reason given."""
    return [
        {
            "code": passed.stop.code.value,
            "value": passed.stop.value,
            "reason": passed.acknowledgement.reason,
            "text": GIVEN_A_REASON.format(
                stop=stop_text(passed.stop), reason=REASONS[Reason(passed.acknowledgement.reason)]
            ),
        }
        for passed in acknowledged
    ]


def beyond_use_shown(dated: BeyondUse) -> BeyondUseShown:
    """The beyond-use date, what bound it, and the other dates."""
    return {
        "date": dated.bound.date.isoformat(),
        "bound_by": dated.bound.by,
        "others": [{"by": limit.by, "date": limit.date.isoformat()} for limit in dated.others],
    }


def tablets_exact(figure: Figure) -> Shown:
    """Tablets as a fraction of tablets, to four significant digits."""
    return as_shown(figure.to(TABLET), notation.significant(figure, 4))


def step_shown(step: Step, write: Writer) -> StepShown:
    """One line of work: the equation in words, with its numbers, and what came out."""
    result = notation.working(step.result)
    if step.rounded is not None and step.rounding is not None and step.rounded != step.result:
        result = f"{result}, {ROUNDINGS[step.rounding]} {_rounded(step.rounded, write)}"
    elif step.result.unit is RATIO and step.rounding is None:
        result = f"{result} ({said(step.result)})"
    return {
        "code": step.code.value,
        "title": STEPS[step.code],
        "formula": step.formula.text,
        "substituted": step.formula.substituted(step.given),
        "result": result,
        "reference": REFERENCES[step.formula.reference],
    }


def _rounded(figure: Figure, write: Writer) -> str:
    if figure.unit is MG:
        return write.on_balance(figure)["text"]
    return notation.plain(figure)
