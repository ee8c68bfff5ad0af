"""Rules on a tree that the drug's file decides: chemical forms of bulk powder, and the questions asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calc.faults import Fault, FaultCode
from calc.library import Library
from calc.orders.parts import is_powder
from calc.reading.numbers import shortened


def bases(tree: Mapping[str, Any], library: Library) -> Iterator[Fault]:
    """Yield a fault if the chemical form of bulk powder is not in the drug's file."""
    source, drug = tree["source"], tree["drug"]
    known = tuple(library.drugs[drug].bases) if isinstance(drug, str) and drug in library.drugs else ()
    basis = source.get("basis") if is_powder(source) else None
    if isinstance(basis, str) and basis not in known and (known or isinstance(drug, Mapping)):
        yield Fault(FaultCode.UNKNOWN_CHOICE, "source.basis", {"typed": shortened(basis), "choices": known})


def no_such_questions(tree: Mapping[str, Any], library: Library) -> Iterator[Fault]:
    """Yield a fault for each answer to a question that the drug's file does not ask."""
    known = library.questions_of(tree["drug"])
    answers = tree["screening"]
    if known is not None and isinstance(answers, dict):
        for code, answer in answers.items():
            if code not in known and answer in ("no", "yes"):
                yield Fault(FaultCode.NO_SUCH_QUESTION, f"screening.{code}")
