"""What the description of the endpoints says of the names of beyond-use dates."""

from __future__ import annotations

OF_DATES = {
    "studies": "What studies, monographs and recipes say of this preparation, each for one storage.",
    "BeyondUseOfCapsules.storage": "Where the capsules are kept; a liquid says it of its vehicle.",
    "PublishedDate.days": "How many days it keeps, counted as the general limit is. Either days or hours.",
    "PublishedDate.hours": "How many hours it keeps from the making. Either days or hours.",
    "PublishedDate.storage": "Where it was stored.",
    "PublishedDate.container": "What it was stored in; without it a study lengthens nothing.",
    "PublishedDate.kind": "A monograph sets the date, a study may lengthen it, a recipe only shortens it.",
    "PublishedDate.stability_indicating": "Whether the assay finds the drug beside what it decays to.",
    "PublishedDate.microbial": "Whether germs were looked for.",
    "PublishedDate.reference": "Who published it.",
    "BeyondUseShown.date": "After it the preparation is not used.",
    "BeyondUseShown.bound_by": "What sets it.",
    "BeyondUseShown.others": "The other dates that were looked at.",
    "BeyondUseShown.by_storage": "The date at the storage chosen, then at each other one that a publication names.",
    "hours": "Hours from the making, where they can end before that day does.",
    "KeptShown.storage": "Where it is kept.",
    "KeptShown.date": "After it the preparation is not used.",
    "KeptShown.bound_by": "What sets it.",
    "KeptShown.others": "The other dates that were looked at.",
}
