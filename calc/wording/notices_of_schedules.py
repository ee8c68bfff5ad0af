"""The notices of a titration: doses that turn, many capsules, batches that end before their schedule, syringes."""

from __future__ import annotations

from calc.faults import NoticeCode

OF_SCHEDULES = {
    NoticeCode.DOSES_TURN: "{dose} in step {step} follows {before}: the doses rise and fall. Read the schedule again.",
    NoticeCode.MANY_CAPSULES_AT_ONE_TIME: "{way}: {dose} takes {capsules} of {strength} at one time, more than "
    "{most}. {strength} is the largest strength that makes every dose of this schedule exactly.",
    NoticeCode.NEEDED_AFTER_BEYOND_USE: "{way}: capsules of {strength} are needed until {last}, but a batch "
    "made on {prepared_on} may not be used after {date}. Make the rest in another batch, nearer to its use.",
    NoticeCode.LIQUID_NEEDED_AFTER: "The schedule goes on until {last}, but the liquid made on {prepared_on} may not "
    "be used after {date}. Make the rest in another batch, nearer to its use.",
    NoticeCode.VOLUME_ENDS_BEFORE: "{volume} is less than the {whole} that the schedule takes until {last}. Make the "
    "rest in another batch.",
    NoticeCode.SYRINGE_CHANGES: "The doses of this schedule are not measured with one syringe alone. Give each that is "
    "named in the calendar, and show the patient which belongs to which row. Another strength may need only one.",
}
#: The ways to make a schedule, as a notice names them.
WAYS = {
    "one_strength": "One strength",
    "each_strength": "A batch for each strength",
    "two_strengths": "Two strengths together",
    "three_strengths": "Three strengths together",
}
