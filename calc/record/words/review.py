"""The items of the list before a release, as questions that a yes answers well, and what each answer says."""

from __future__ import annotations

from calc.record.batch.review import Item

ITEMS: dict[Item, str] = {
    Item.AMOUNTS: "All amounts recorded",
    Item.STEPS: "Mixture seen to be even, and shared whole",
    Item.BANDS: "All amounts in band, or with a deviation",
    Item.DOSE: "Dose by what was weighed within its limits",
    Item.FIGURES: "The plan follows from what was recorded",
    Item.CHECKS: "All checks before matched",
    Item.SELF_CHECK: "Checked by its maker alone: no second person",
    Item.LATE: "Written down later, from paper",
    Item.LOTS: "All lots recorded, and in date today",
    Item.BALANCE: "Balance checked today",
    Item.SLIPS: "Printed slips compared with the entries",
    Item.WEIGHTS: "Weights of the capsules pass",
    Item.TESTS: "All tests of the batch pass",
    Item.YIELD: "Yield within its limits, or explained",
    Item.DEVIATIONS: "Deviations signed",
    Item.CORRECTIONS: "Nothing corrected since the checks, or read again",
    Item.FORMULATION: "Approved formulation",
    Item.QUESTIONS: "Questions before release asked",
    Item.LABEL: "Label read and right",
}
ANSWERS = {
    "yes": "Yes",
    "no": "No",
    "explained": "Explained: confirm",
    "asked": "Look and confirm",
    "not kept yet": "Not kept yet",
    "left blank": "Left blank, see what was made",
}
