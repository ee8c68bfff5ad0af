"""The words of the four questions on a drug without a file, and of what hangs on their answers."""

from __future__ import annotations

#: The name of the group of questions, on page and paper, and what stands under a question on paper.
TITLE = "Questions on this drug"
PHARMACIST = "Pharmacist:"
#: The questions by their codes, each with the hint under it.
QUESTIONS = {
    "may_be_crushed": (
        "May it be crushed or opened?",
        "By its label or its maker. Bulk powder is neither: answer yes.",
    ),
    "hazardous": (
        "Is it hazardous to handle?",
        "By the NIOSH list of hazardous drugs and its safety data sheet.",
    ),
    "narrow_index": (
        "Is its therapeutic index narrow?",
        "Where a little more does harm, or a little less fails.",
    ),
    "stability_supported": (
        "Does a source support its stability?",
        "A study or a monograph of this drug in this preparation.",
    ),
}
NEXT_ANSWER = "Answer the four questions on {drug} before release."

#: Where a date and a storage are the pharmacist's to set, until the questions are answered.
BY_PHARMACIST = "by the pharmacist: __________"
#: What the date beside it is, by whether a study sets it.
LIMITS = {False: "general limit", True: "published date"}
BEYOND_USE = f"Discard after: {BY_PHARMACIST} ({{limit}}: {{date}})"
BEYOND_USE_OPEN = f"Discard after: {BY_PHARMACIST} ({{limit}}: {{date}}, sooner if a component expires first)"
AT_MOST = "The last day is {date} at most, or the earliest component expiry ____ if sooner. Not entered: {unknown}."
STORE = f"Storage: {BY_PHARMACIST} (general limit: {{store}})."
KEEP = f"{{storage}} (general limit); storage {BY_PHARMACIST}"
BATCH_UNTIL = f"{BY_PHARMACIST}; {{limit}}"
UNTIL = f"Discard after: {BY_PHARMACIST} ({{limit}}: {{date}})"
NOT_SUPPORTED = "No source supports its stability, by the answer given: the general limit is the most, not a finding."

HAZARDOUS = "Hazardous to handle"
HAZARD_LINES = (
    "Containment: crush, weigh and mix where no dust gets out. Where:",
    "Gloves, and what else is worn:",
    "Cleaning of tools, surfaces and spills, and the waste. How:",
)
NARROW = "Narrow therapeutic index"
ASSAY_LINE = "Assay of the finished preparation before release. By whom, when, result:"
TABLETS_ENOUGH = "Ten tablets or more even one another out: {tablets} are crushed here."
TABLETS_TO_TEN = (
    "Crush ten tablets, so that they even one another out: weigh ten, enter 10 under \u201c{field}\u201d and print "
    "this anew. Here {tablets} {are} crushed."
)
TABLETS_OF_BATCHES = (
    "Crush ten tablets for each batch, so that they even one another out: enter 10 under \u201c{field}\u201d."
)
