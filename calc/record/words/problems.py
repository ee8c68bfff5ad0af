"""Why the rules of the record refuse an act, in a sentence for each code that says what helps."""

from __future__ import annotations

from calc.record.batch.codes import Why

PROBLEMS: dict[Why, str] = {
    Why.WRONG_STATE: "The batch is {status}: this cannot be done with it now.",
    Why.NO_SUCH_STEP: "The work of this batch has no such step. Load the page again.",
    Why.NO_SUCH_COMPONENT: "This batch has no such component. Load the page again.",
    Why.NO_SUCH_ENTRY: "This is not the entry that counts now. Load the page again.",
    Why.NO_SUCH_POINT: "This batch has no such check. Load the page again.",
    Why.NOT_RECORDED_HERE: "This is worked out, or entered when the batch is signed as made.",
    Why.LOCKED: "This step waits for the check before {point}: it would use up what the second person reads.",
    Why.ALREADY_RECORDED: "There is an entry already. To record it again, say so and choose a reason.",
    Why.CHECKED_ALREADY: "A second person has read this (check before {point}). A pharmacist corrects it; then it is "
    "read again.",
    Why.READ_TWICE: "Two readings differ (check before {point}). Nothing that they stand on is changed before they are "
    "read again, or resolved.",
    Why.TOO_FAR: "This is too far off the target for a deviation. Add or take off, or plan again from what there is.",
    Why.SHELLS_UNLIKELY: "A shell of size {size} weighs about {known}. Give what {shells} of them weigh "
    "together, or look at their size.",
    Why.OTHER_COUNT: "All of them are used, so the number has to be the one planned. Count again.",
    Why.NO_TARGET: "The amount is not known yet. Record first what it follows from: masses, or how the powders pack.",
    Why.CHECKER_MAKES: "You have checked this batch. Who checks a batch does not work at it.",
    Why.MAKER_CHECKS: "You have worked at this batch. Somebody else checks, releases or rejects it.",
    Why.MAKER_CANCELS: "You have not worked at this batch. Who made it, or a pharmacist, cancels it.",
    Why.SAW_FIGURES: "You have seen the figures of this batch. Somebody who has not reads the values.",
    Why.NOT_DUE: "This check is not due. Something before it is still missing, or it is done.",
    Why.EVIDENCE_GONE: "What was corrected is used up and cannot be read again. The batch is rejected.",
    Why.USED_UP: "What was recorded here is used up, so it is not weighed or counted again. If it was typed wrong, the "
    "entry is corrected.",
    Why.FOLLOWED: "What was weighed out since follows from this. An entry of it is corrected now, from the list of "
    "entries, and not recorded again.",
    Why.DRAFT_OPEN: "A deviation is not signed. A pharmacist signs it first.",
    Why.MISSING: "Something is still missing: {items}.",
    Why.DOSE_OFF: "By what was weighed, the dose is off too far. Put it right before anything is mixed.",
    Why.SELF_CHECK_NOT_ALLOWED: "This pharmacy does not allow a check by the maker alone.",
    Why.TOO_SOON: "Wait {minutes} minutes after signing, or work at another batch first. Then read tray and label "
    "again.",
    Why.REJECT_INSTEAD: "What differs stands in the order itself. This batch is rejected, and another one opened.",
    Why.RESOLVE_FIRST: "Two readings differ. Say first which was wrong.",
    Why.NO_MISMATCH: "No two readings of this batch differ.",
    Why.NOT_NAMES: "Both can be right only of the names of a diluent, a vehicle or an ingredient: not where a number "
    "in them differs, nor where the program knows two products by them.",
    Why.MORE_THAN_PLANNED: "This is more than was planned. Count or measure again.",
    Why.NO_DATE: "This preparation has no date of use. It is not released.",
    Why.PAST_USE: "The date of use was {until}.",
    Why.TEST_FAILS: "A test of this batch fails. Nothing of it is given out: it is rejected.",
    Why.ANSWER_STOPS: "An answer stops this. Choose the reason for which it goes on.",
    Why.ANSWERS_NEEDED: "The drug's questions are asked before this dispensing. A pharmacist asks them and signs it.",
    Why.REVIEW_OPEN: "Look at each of these and confirm it: {items}.",
    Why.REVIEW_FAILS: "The record is not complete: {items}.",
    Why.NOT_ENOUGH: "There is not so much. Count again.",
    Why.NEVER_DISPENSED: "The batch is {status}. Only a released batch is dispensed.",
    Why.NOTHING_CHANGED: "Nothing would change.",
    Why.FIELD_NOT_CORRECTED: "This field cannot be corrected.",
    Why.LATE_OUT_OF_ORDER: "This time is in the future, or before the batch was opened.",
    Why.LATE_TOO_EARLY: "This cannot have been done before {first}: something that comes first was done then.",
    Why.NEVER_LATE: "This is never written down later: it is decided, or read from the things themselves, when it is "
    "signed.",
    Why.ANOTHER_HAND: "You entered or corrected a test of this batch. What follows from its correction is for another "
    "pharmacist.",
    Why.PLANS_OTHERWISE: "This version of the program plans this batch otherwise than it was released. Its papers are "
    "those that were printed then, and its record.",
    Why.NOT_RELEASED_THEN: "The batch was not released at this time.",
    Why.LOT_PAST: "This lot could be used until {expiry}. Take one that is in date.",
}
