"""Every sentence of the record, by the code of what it says."""

from __future__ import annotations

from calc.record.refusals import Problem
from calc.record.words import api, people, problems

#: The sentences of problems, by code. A fact that a sentence names stands in its problem.
SENTENCES: dict[str, str] = {
    **people.SENTENCES,
    **{code.value: text for code, text in problems.PROBLEMS.items()},
    **api.SENTENCES,
}


def status_said(status: str) -> str:
    """Return where a batch stands as people read it; events and other systems keep the word that they began with.

    >>> status_said("cancelled"), status_said("due for a check")
    ('canceled', 'due for a check')
    """
    return "canceled" if status == "cancelled" else status


def said(problem: Problem) -> str:
    """Return the sentence of a problem, with its facts.

    >>> said(Problem("pin_digits", "pin", {"fewest": 6, "most": 12}))
    'A PIN has 6 to 12 digits and nothing else.'
    """
    facts = {
        name: ", ".join(map(str, fact)) if isinstance(fact, tuple) else fact for name, fact in problem.facts.items()
    }
    if "status" in facts:
        facts["status"] = status_said(str(facts["status"]))
    return SENTENCES[problem.code].format(**facts)
