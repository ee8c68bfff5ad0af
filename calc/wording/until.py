"""The words of the beyond-use date: what sets it, where it is kept, what it lacks, hours with blanks for the time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from calc import limits
from calc.arithmetic.notation import plain
from calc.faults import NoticeCode

UNTIL = "Discard after {date}"
UNTIL_OPEN = "Discard after {date}, sooner if a component expires first"
NONE = "No beyond-use date"
NONE_WHY = (
    "Germs grow in a liquid with water and without a preservative, and at room temperature the general limits give it "
    "no date. Keep it in the refrigerator, choose a preserved vehicle or enter a published study; without a date no "
    "paper is printed."
)
#: The same where it is frozen.
NONE_FROZEN = (
    "The general limits say nothing of a freezer. Keep it elsewhere, or enter a published study; without a date no "
    "paper is printed."
)
#: What was published, by its kind, and how a date by it is named on a label.
PUBLISHED = {
    "study": "the published study entered ({reference})",
    "monograph": "the monograph entered ({reference})",
    "recipe": "the published recipe entered ({reference})",
}
ON_LABEL = {"": "", "study": " by a study", "monograph": " by a monograph", "recipe": " by a recipe"}
ON_LEAFLET = {
    "study": "A published study sets this date.",
    "monograph": "A published standard sets this date.",
    "recipe": "A published recipe sets this date.",
}
OF_HOURS = "{by}, {hours}"
CEILING = f"the ceiling of {plain(limits.DATE_CEILING.value)} for any published date"
OF_ANOTHER_PLACE = "the general limit, which a study without proof does not pass"
GENERAL = "the general limit"
KEPT = {"refrigerator": "in the refrigerator", "room temperature": "at room temperature", "freezer": "in the freezer"}
WHY = "The date is bound by {by} ({counting} counted from {prepared_on})."
WHY_HOURS = "The date is bound by {by}: the last day that ends before the hours can, made on {prepared_on}."
OR_SOONER = "The last day is {date}, or the earliest component expiry ____ if sooner. Not entered: {unknown}."
OTHER = "{by}: {date}."
ELSEWHERE = "Stored {kept} instead: discard after {date}, bound by {by}."
ELSEWHERE_NONE = "Stored {kept} instead it has no date."
LENGTHENS_NOTHING = "It lengthens nothing: {by} lacks {lacks}."
#: What keeps a study from proving its date, by what the order does not say.
LACKS = {
    "stability_indicating": "an assay said to be stability-indicating",
    "container": "the container",
    "microbial": "a microbial test",
}

#: The day and the hours in one, where no time can be written.
DAY_AND_HOURS = "{date} (use within {hours} of making)"
#: The hours with a blank, for a sheet and a label; what holds if they stay blank; another day that is not passed.
BLANKS = "Use within {hours} of making: by (time, date) ______________{but}. {otherwise}"
BUT = ", not after {date}"
IF_BLANK = "If blank: discard after {date}."
NOT_BLANK = "Not to be used while this is blank."
#: The hours on a leaflet, and what holds where its label has no time.
LEAFLET_HOURS = "Use within {hours} of making. The label says until when."
LEAFLET_IF_BLANK = "If the label has no time: {until}"
LEAFLET_NOT_BLANK = "If the label has no time, ask your pharmacist before use."

REVIEW = {
    "longer_date": "A date beyond the general limit",
    "unproven_date": "A date that nothing proves",
}
REVIEW_RESTS = "It rests on {by}."
REVIEW_CONTAINER = "It holds in this container alone: {container}."
REVIEW_LINE = "Reviewed for this formula, strength, container and storage by (name, signature, date):"
#: The general limit in the notice of a later date.
THEIR_LIMIT, NO_LIMIT = "the general limit, {date}", "the general limits, which give none"


def lacks_said(lacks: Sequence[str]) -> str:
    """Return what a study lacks to prove its date, by the names of the order.

    >>> lacks_said(("container", "microbial"))
    'the container, a microbial test'
    """
    return ", ".join(LACKS[name] for name in lacks)


def said_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of a notice on the beyond-use date, by the facts that need words of their own."""
    limit = facts["limit"]
    return {
        "kept": KEPT[facts["place"]],
        "general": NO_LIMIT if limit is None else THEIR_LIMIT.format(date=limit.isoformat()),
        "by": PUBLISHED[facts["kind"]].format(reference=facts["reference"]),
        "lacks": lacks_said(facts["lacks"]),
    }


#: The notices on a date that rests on something published.
NOTICES_OF_DATES = {
    NoticeCode.LONGER_DATE: "The last day of use, {date}, is later than {general}. It rests on {by}. Read it before "
    "release: is it of this formula, strength, container and storage?",
    NoticeCode.UNPROVEN_DATE: "The general limits give no date {kept}. This one rests on {by}, which lacks {lacks}. "
    "Read it before release.",
}
