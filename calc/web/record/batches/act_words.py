"""The words of the pages of one act each: title, what it is, its button, and what happens then."""

from __future__ import annotations

from typing import NamedTuple


class ActWords(NamedTuple):
    """The words of an act: the title of its page, what it is about, its button, and what happens then."""

    title: str
    about: str
    button: str
    happens: tuple[str, ...]


MADE = ActWords(
    "Sign as made",
    "Say what was made, as it is.",
    "Sign as made",
    (
        "Then a pharmacist who did not make it checks tray and label, and releases it.",
        "Too few, weights that fail or a dose that is off hold the batch for a pharmacist.",
    ),
)
STILL_BLANK = "Not recorded yet: {steps}. What was done is recorded first: once it is signed, a step stays blank."
HOLD = ActWords(
    "Hold the batch",
    "Nothing is done with it until a pharmacist frees it.",
    "Hold the batch",
    ("It keeps the state it had.",),
)
FREE = ActWords("Take out of hold", "It goes back to where it was.", "Take out of hold", ("Work on it goes on.",))
REJECT = ActWords(
    "Reject the batch",
    "There is no way back: a new batch replaces it.",
    "Reject the batch",
    ("Nothing of it is dispensed.", "What there is of it is destroyed, and that is recorded."),
)
CANCEL = ActWords(
    "Cancel the batch", "It is not made. There is no way back.", "Cancel the batch", ("Its number is not used again.",)
)
TEST = ActWords(
    "Record a test",
    "An assay, uniformity of content, or another test.",
    "Record",
    ("It stays with the batch.", "A test that fails holds the batch: nothing of it is released or dispensed."),
)
DISPENSE = ActWords(
    "Dispense",
    "From what is on hand, until its date.",
    "Dispense",
    ("The reference is kept beside the record.",),
)
#: What of a released batch may be dispensed, in place of what the page is about.
TO_DISPENSE = "{amount} to be dispensed, until {until}."
RETURN = ActWords(
    "Take back", "What was dispensed comes back.", "Take back", ("It is never dispensed again: destroy it.",)
)
DESTROY = ActWords(
    "Destroy",
    "Type what is destroyed. What came back is destroyed on its own, with the reason “Returned”.",
    "Destroy",
    ("It is taken off what is on hand.",),
)
COUNT = ActWords(
    "Count",
    "Type what is on the shelf. The record compares it with what should be there, the books.",
    "Record the count",
    ("A difference needs its reason. What is missing is then destroyed as not found.",),
)
DEVIATION = ActWords(
    "Record a deviation",
    "What went otherwise than planned, and why the work may go on.",
    "Sign the deviation",
    ("Its effect on the dose is computed from what was weighed.",),
)
#: Of a draft, to somebody from whom the figures of its batch are hidden.
DRAFT_HIDDEN = (
    "What the draft says is hidden, because you may still check this batch: ask who wrote it, and say what was done in "
    "your own words. A figure that you are told is one that you cannot read blind."
)
DRAFT = ActWords(
    "Record a deviation",
    "A draft: a pharmacist signs it before the release.",
    "Record as a draft",
    ("The work can go on.", "The batch is not released before a pharmacist has signed it."),
)
ENDS = "What a second person read of this is used up: nobody can read it again, so that the batch is rejected."
CORRECT = ActWords(
    "Correct an entry",
    "The old value stays beside the new one.",
    "Correct",
    (
        "Every check that stood on it is void and is made again.",
        "A batch that was released is held.",
    ),
)
