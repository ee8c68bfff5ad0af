"""What stands in a posted form and is never kept with it: secrets, and what concerns one patient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from werkzeug.datastructures import MultiDict

from calc.paper.dispensing import NAMES as LINES
from calc.record.batch.screening import answers_kept
from calc.record.batch.typed import reference_in

#: Names of fields that are never kept nor digested, whatever form they stand in: secrets, and what a label says of a
#: patient.
SECRET_FIELDS = frozenset({"csrf_token", "secret", "pin", "pin_again", "password", "password_again", "code", *LINES})
#: The field of a dispensing's reference, how the names of the fields of answers begin, and the field of the reason for
#: which it is given out all the same.
REFERENCE, ANSWER, OVERRIDE = "reference", "answers-", "override"


def public_pairs(form: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what was posted, but for secrets and what concerns one patient.

    >>> list(public_pairs(MultiDict({"amount": "10", "secret": "x", "answers-opioids": "yes", "override": "z"})))
    [('amount', '10')]
    """
    answers = any(name.startswith(ANSWER) for name in form)
    for name, value in form.items(multi=True):
        of_patient = name == REFERENCE or name.startswith(ANSWER) or (answers and name == OVERRIDE)
        if name not in SECRET_FIELDS and not of_patient:
            yield name, value


def texts_beside(form: MultiDict[str, str]) -> Mapping[str, str]:
    """Return what is kept beside the chain of a posted form, by its names in the data of an event."""
    answers = {name.removeprefix(ANSWER): value for name, value in form.items() if name.startswith(ANSWER)}
    return {
        "reference": reference_in(form.get(REFERENCE, "")),
        "answers": answers_kept(answers, form.get(OVERRIDE, "")),
    }
