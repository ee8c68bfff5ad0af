"""Codes of the record of a batch: why an act is refused, and the closed lists of reasons that people choose from.

The sentences are in `calc.record.words`. Codes stand in events: one is added, never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique

#: Answers, as events and forms have them.
YES, NO = "yes", "no"


@unique
class Why(StrEnum):
    """Why the rules of the record refuse an act."""

    WRONG_STATE = "wrong_state"
    NO_SUCH_STEP = "no_such_step"
    NO_SUCH_COMPONENT = "no_such_component"
    NO_SUCH_ENTRY = "no_such_entry"
    NO_SUCH_POINT = "no_such_point"
    NOT_RECORDED_HERE = "not_recorded_here"
    LOCKED = "step_locked"
    ALREADY_RECORDED = "already_recorded"
    CHECKED_ALREADY = "checked_already"
    READ_TWICE = "read_twice"
    TOO_FAR = "too_far"
    SHELLS_UNLIKELY = "shells_unlikely"
    OTHER_COUNT = "other_count"
    NO_TARGET = "no_target"
    CHECKER_MAKES = "checker_makes"
    MAKER_CHECKS = "maker_checks"
    MAKER_CANCELS = "maker_cancels"
    SAW_FIGURES = "saw_figures"
    NOT_DUE = "not_due"
    EVIDENCE_GONE = "evidence_gone"
    USED_UP = "used_up"
    FOLLOWED = "followed"
    DRAFT_OPEN = "draft_open"
    MISSING = "missing"
    DOSE_OFF = "dose_off"
    SELF_CHECK_NOT_ALLOWED = "self_check_not_allowed"
    TOO_SOON = "too_soon"
    REJECT_INSTEAD = "reject_instead"
    RESOLVE_FIRST = "resolve_first"
    NO_MISMATCH = "no_mismatch"
    NOT_NAMES = "not_names"
    MORE_THAN_PLANNED = "more_than_planned"
    NO_DATE = "no_date"
    PAST_USE = "past_use"
    TEST_FAILS = "test_fails"
    ANSWER_STOPS = "answer_stops"
    ANSWERS_NEEDED = "answers_needed"
    REVIEW_OPEN = "review_open"
    REVIEW_FAILS = "review_fails"
    NOT_ENOUGH = "not_enough"
    NEVER_DISPENSED = "never_dispensed"
    NOTHING_CHANGED = "nothing_would_change"
    FIELD_NOT_CORRECTED = "field_not_corrected"
    LATE_OUT_OF_ORDER = "late_out_of_order"
    LATE_TOO_EARLY = "late_too_early"
    NEVER_LATE = "never_late"
    NOT_RELEASED_THEN = "not_released_then"
    ANOTHER_HAND = "another_hand"
    PLANS_OTHERWISE = "plans_otherwise"
    LOT_PAST = "lot_past"


OTHER = "other"
#: Tests of what is in a batch: they alone stand for a dose that is off by what was weighed.
OF_CONTENT = ("assay", "content uniformity")
#: What a reason is given for, and the reasons; "other" needs a text.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "again": ("typed wrong", "weighed again", "counted again", "another lot", "put right", OTHER),
    "deviation": (
        "spilled",
        "stuck to the boat",
        "weighed out too much",
        "weighed out too little",
        "loss in crushing",
        "other version",
        "equipment",
        OTHER,
    ),
    "self-check": ("alone today", "nobody else may check"),
    "resolve": (
        "weighed again",
        "counted again",
        "label read again",
        "boats exchanged",
        "typed wrong",
        "two names for one thing",
        OTHER,
    ),
    "hold": ("question to the prescriber", "recall", "test pending", "equipment", "complaint", OTHER),
    "free": ("answered", "test passes", "checked again", OTHER),
    "reject": ("wrong drug or strength", "dose off", "contaminated", "cannot be told", "damaged", "test fails", OTHER),
    "cancel": ("not needed", "wrong order", "opened twice", "not enough", OTHER),
    "blank": ("done but not written down", "not done"),
    "yield": ("spilled", "capsules broken", "not enough powder", "kept as samples", OTHER),
    "print": ("first damaged", "first lost", "more containers", "label was wrong", OTHER),
    "returned": ("patient returned", "not picked up", "recall", OTHER),
    "destroyed": ("past its date", "returned", "damaged", "recall", "kept as samples", "not found", OTHER),
    "counted": ("as in the books", "fewer than in the books", "more than in the books"),
    "test": (*OF_CONTENT, OTHER),
    "correct": ("typed wrong", "read wrong", "wrong line", OTHER),
    "late": ("record was down", "no computer at the bench", OTHER),
}
#: How something is destroyed.
WAYS = ("drug waste", "hazardous waste", "reverse distributor", "not found")
FIRST_WRONG, CHECK_WRONG, CANNOT_TELL = "first was wrong", "check was wrong", "cannot be told"
#: Two names of one diluent, vehicle or ingredient: the one that was read is taken for it from then on.
BOTH_RIGHT = "both are right"
FINDINGS = (FIRST_WRONG, CHECK_WRONG, BOTH_RIGHT, CANNOT_TELL)
#: How a mass is read, as its maker says: no balance writes one into the record itself.
READINGS = ("typed", "slip")
#: Deviations that belong to no step: of the dose by what was weighed, and of figures of another version.
OF_DOSE, OF_PLAN = "dose", "plan"
PURPOSES = ("one dispensing", "stock")
