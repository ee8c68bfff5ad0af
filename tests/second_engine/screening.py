"""Questions not asked, or answered no or yes: those of a drug's file, and four on a drug that has none."""

from typing import Any

from tests.second_engine import tables
from tests.second_engine.reader import Reader

QUESTIONS = ("may_be_crushed", "hazardous", "narrow_index", "stability_supported")
ANSWERS = ("not asked", "no", "yes")


def read_screening(reader: Reader, tree: dict[str, Any], filed: bool) -> dict[str, str]:
    """Every answer by its question; one to a question that the drug does not have is a fault."""
    screening = reader.part(tree, "screening", tree.get("screening") or ())
    questions = tables.SCREENED if filed else ()
    answers = {code: reader.choice(screening, f"screening.{code}", ANSWERS) for code in screening}
    for code, answer in answers.items():
        if answer in ("no", "yes") and code not in questions:
            reader.fault("no_such_question", f"screening.{code}")
    return {code: answers.get(code) or ANSWERS[0] for code in questions}


def read_assessment(reader: Reader, tree: dict[str, Any]) -> dict[str, str]:
    """The four questions to the pharmacist on a drug without a file."""
    part = reader.part(tree, "assessment", QUESTIONS)
    return {name: reader.choice(part, f"assessment.{name}", ANSWERS) or ANSWERS[0] for name in QUESTIONS}
