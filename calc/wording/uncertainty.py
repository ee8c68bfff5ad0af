"""The words for the uncertainty of the dose: contributions of the weighings, conditions, unknowns."""

from __future__ import annotations

from calc.arithmetic.notation import grouped
from calc.arithmetic.units import Figure
from calc.rules.spread import Kind, Spread, Term, TermName
from calc.wording.figures import said

TITLE = "How sure is the dose?"
SHOW = "Show each weighing, and what this rests on"
LEAD = (
    "By the weighings alone, the dose of the whole batch may be off by {batch} (one standard deviation), the same in "
    "every capsule."
)
TWICE = "At least 19 in 20 batches are within twice that."
UNDILUTED = (
    "The capsules hold powder without diluent, so no error of weighing changes how much drug a part of the fill holds."
)
LARGEST = "The largest part comes from weighing {what} ({mass}): {of_dose} by itself."
OF_TABLETS = (
    "The tablets come on top of the weighings: the mean content of {crushed} is about {typical} from that of the lot "
    "(usual spread of one tablet, {one}), about {worst} at worst by USP <905>.{weighed}"
)
MEAN_OF_WEIGHED = " {weighed} weighed give the mean mass."
SHIFT = "Rounding to the balance is known and no part of this: it changes the dose by {deviation}."
NO_SHIFT = "Rounding to the balance changes nothing: the figures as printed give the dose ordered exactly."

HEAD = ("Weighing", "Mass", "Of the dose", "Of that mass", "Error of the balance")
ERRORS = {Kind.BOUND: "at most {error}", Kind.DEVIATION: "{error}, standard deviation"}
TOGETHER = "All weighings"
TERMS: dict[TermName, str] = {
    "tablets": "All tablets, before crushing",
    "shells": "The same shells, empty",
    "portion": "Powder weighed out",
    "trituration": "Powder for the trituration",
    "aliquot": "Trituration weighed out{step}",
    "diluent": "Diluent of the trituration{step}",
    "ingredient": "Ingredient {number}",
}
DILUENT_OF_CAPSULES = "Diluent of the capsules"
STEP = ", step {step}"
STEP_IN_A_SENTENCE, ONLY_STEP = "step {step} of the trituration", "the trituration"
IN_A_SENTENCE: dict[TermName, str] = {
    "tablets": "the tablets",
    "shells": "the empty shells",
    "portion": "the powder",
    "trituration": "the powder for the trituration",
    "aliquot": "what is taken out of {step}",
    "diluent": "the diluent of {step}",
    "ingredient": "ingredient {number}",
}
DILUENT_IN_A_SENTENCE = "the diluent of the capsules"

CONDITIONS_TITLE = "Only if all of this is true"
#: The condition on the source of the drug, by its kind.
AS_LABELED = {
    "tablets": "The tablets hold exactly what their label says.",
    "powder": "The bulk powder holds exactly what its certificate says.",
    "dilution": "The dilution holds exactly what its label says, in every part of it.",
}
#: In a blend that is divided whole, an error of the powder moves the mean fill, too, which the check by weight adds.
EVEN = "The blend is even, each capsule holds its planned fill, and powder that was lost held as much drug as the rest."
ALL_OF_IT = "All of the powder is used, and none of it is left in the mortar."
SENSITIVITY = (
    "No weighing is off by more than {error}, the sensitivity {how} for this balance, and any error up to that is "
    "equally likely."
)
ENTERED, ASSUMED = "entered", "assumed"
MINIMUM = (
    "No weighing is off by more than {error}, one step of this balance, and any error up to that is equally likely. A "
    "minimum weight alone does not say how large the error is."
)
REPEATABILITY = "One mass weighed again and again on this balance spreads by {error} (standard deviation){floor}."
FLOOR = ", the least that counts for its step"
ON_ITS_OWN = "The error of one weighing says nothing of the next."

UNKNOWN_TITLE = "What nobody knows yet"
#: By the sample that is weighed of the batch; one capsule alone differs from no other.
UNKNOWN_FILL = {
    "": "How one capsule differs from the next: check the weights of at least ten capsules once they are made.",
    "all": "How one capsule differs from the next: check the weights of all {number} capsules once they are made.",
}
UNKNOWN_SOURCE = {
    "tablets": "What these tablets truly hold: their label allows 90 to 110 % of it, and no weighing tells.",
    "powder": "What the powder holds today: it may have taken up water since its certificate was written.",
    "dilution": "How even the dilution is, and what it holds today: only assays tell.",
}
UNKNOWN_BLEND = "How even the blend is: only assays tell."
NOT_YET = "Not known yet: {why}"
WHY_TABLETS = "weigh the tablets first."
WHY_ESTIMATE = "the fill is only an estimate. Enter what ten shells hold, or the fill mass of one capsule."
WHY_FILL = "the fill of a capsule is not known. Enter a size and what ten shells of it hold, or the fill mass."

ON_PAPER = (
    "That holds if each capsule has its planned fill, {source}, the blend is even and the balance is as {how}.{fill}"
)
FILL_ON_PAPER = {
    "": " How one capsule differs from the next is known once ten are weighed.",
    "all": " How one capsule differs from the next is known once all {number} are weighed.",
    "one": "",
}
AS_LABELED_ON_PAPER = {
    "tablets": "the tablets hold what their label says",
    "powder": "the powder holds what its certificate says",
    "dilution": "the dilution holds what its label says",
}


def _is_of_capsules(term: Term, spread: Spread) -> bool:
    """Return True for the diluent of the capsules, which comes after those of the triturations, one per aliquot."""
    return term.name == "diluent" and term.step > sum(other.name == "aliquot" for other in spread.terms)


def _several(spread: Spread) -> bool:
    return sum(other.name == "aliquot" for other in spread.terms) > 1


def term_said(term: Term, spread: Spread) -> str:
    """Return the name of a weighing for a line of a table."""
    if _is_of_capsules(term, spread):
        return DILUENT_OF_CAPSULES
    step = STEP.format(step=term.step) if _several(spread) else ""
    return TERMS[term.name].format(step=step, number=term.step)


def term_in_a_sentence(term: Term, spread: Spread) -> str:
    """Return the name of a weighing for use in a sentence."""
    if _is_of_capsules(term, spread):
        return DILUENT_IN_A_SENTENCE
    step = STEP_IN_A_SENTENCE.format(step=term.step) if _several(spread) else ONLY_STEP
    return IN_A_SENTENCE[term.name].format(step=step, number=term.step)


def error_said(term: Term) -> str:
    """Return the error of the balance, and whether it is a bound or a standard deviation."""
    return ERRORS[term.kind].format(error=said(term.error))


# Words for the uncertainty once capsules have been weighed.

AT_LABEL = "With {label} of the label"
CHANCE = "P(upper limit / spread) \u2212 P(lower limit / spread), with P of Student\u2019s t"
CHANCE_NUMBERS = "P({above} / {combined}) \u2212 P({below} / {combined}), {degrees} degrees of freedom"
ABOVE, BELOW = "above {most}", "below {least}"

CHECK_LEAD = (
    "A capsule that was not weighed may be off by {combined} (one standard deviation): by {batch} with the whole "
    "batch, from the weighings, and by {fill} by itself, from filling."
)
CHECK_EMPTY = "The capsules weighed hold nothing, so nothing is known of the others."
CHECK_ONE = "One capsule was weighed, so nothing is known of how capsules differ."
CHECK_LARGEST = "The largest part comes from {what}."
FILLING, OF_WEIGHING = "filling", "weighing {what}, {of_dose} by itself"
CHECK_HEAD = ("If tablets or powder hold", "Mean content, of the dose", "Probability of {low} to {high} of the dose")
OF_ITS_LABEL = "{label} of its label"
CHECK_SHIFTS = (
    "The mean content takes in what is known: the mean fill ({fill_shift} from the theoretical fill) and rounding to "
    "the balance ({shift})."
)
SOURCE_AT = {
    "tablets": "The tablets together hold the part of their label that the line says.",
    "powder": "The bulk powder holds the part of its certificate that the line says.",
    "dilution": "The dilution holds the part of its label that the line says.",
}
NOT_WEIGHED = (
    "Capsules not weighed are like those weighed, which came from the edge and the middle of the plate; their fills "
    "spread about their mean normally, as many small errors together do."
)


def at_label(label: Figure) -> str:
    """Return the name of a step by the content assumed for the source."""
    return AT_LABEL.format(label=said(label))


def chance_said(below: str, above: str, combined: str, degrees: int) -> str:
    """Return the formula of a probability with its numbers."""
    return CHANCE_NUMBERS.format(below=below, above=above, combined=combined, degrees=grouped(str(degrees)))
