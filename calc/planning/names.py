"""Checks of the name of a drug without a file: words that forbid crushing it, and names like that of another drug."""

from __future__ import annotations

from calc.faults import StopCode
from calc.library import Library
from calc.planning.work import Work
from calc.reading.spelling import spellings_in, words_of

FIELD = "drug.name"
_STOPS = {
    "extended": StopCode.EXTENDED_RELEASE,
    "delayed": StopCode.DELAYED_RELEASE,
    "form": StopCode.FORM_NOT_CRUSHED,
}


def check_name(name: str, library: Library, work: Work) -> None:
    """Stop a name that says extended or delayed release or another form, and one that may be a slip for another."""
    for means in sorted(_meanings(name, library), key=list(_STOPS).index):
        work.stop(_STOPS[means], FIELD, name)
    words = [word for word in spellings_in(name) if word not in library.official_names]
    for drug in library.drugs.values():
        if drug.is_confused_with(name):
            work.stop(StopCode.DRUG_EASILY_CONFUSED, FIELD, name, other=drug.name)
        elif any(map(drug.is_misspelled_by, words)):
            work.stop(StopCode.DRUG_MISSPELLED, FIELD, name, other=drug.name)
        elif any(map(drug.is_confused_with_slip, words)):
            work.stop(StopCode.DRUG_EASILY_CONFUSED, FIELD, name, other=drug.name)


def _meanings(name: str, library: Library) -> set[str]:
    """Return what the words of a name say of its tablets; a film coat says nothing."""
    words = words_of(name)
    without_films = [
        word for index, word in enumerate(words) if not (word == "coated" and index and words[index - 1] == "film")
    ]
    return {word.means for word in library.name_words if word.is_in(without_films)}
