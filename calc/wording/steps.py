"""The sentences of a plan: notices, reasons, names of offers and of things to weigh."""

from __future__ import annotations

from calc.faults import NoticeCode, Reason
from calc.planning.codes import OfferCode, Rounding, WeighingName
from calc.wording.notices_of_parts import NOTICES_OF_PARTS
from calc.wording.notices_of_schedules import OF_SCHEDULES
from calc.wording.until import CEILING

ROUNDINGS = {
    Rounding.UP_TO_WHOLE: "rounded up to",
    Rounding.DOWN_TO_WHOLE: "rounded down to",
    Rounding.HALF_UP: "on the balance",
    Rounding.UP_TO_STEP: "rounded up to",
    Rounding.DOWN_TO_STEP: "rounded down to",
}

NOTICES = {
    **NOTICES_OF_PARTS,
    NoticeCode.DATE_READ: "{field}: \u201c{typed}\u201d was read as {read}.",
    NoticeCode.EXPIRY_FAR: "{field}: {expiry} is more than {years} years after the date of making. Read the year on "
    "the pack again.",
    NoticeCode.WATER_NOT_USED: "The water of {water} was not used: an assay as is counts it already. If the "
    "certificate states the assay on the anhydrous or the dried substance, choose that.",
    NoticeCode.NDC_UNLIKELY: "\u201c{ndc}\u201d is not the form of an NDC, which has {fewest} to {most} digits, and "
    "hyphens. A spreadsheet may have lost zeros or written an exponent: copy it from the pack.",
    NoticeCode.WEIGH_TABLETS: "Weigh {tablets} together to get the masses.",
    NoticeCode.WEIGHED_ANOTHER_DAY: "The tablets were weighed on {weighed_on}, not on the date of making, "
    "{prepared_on}. Tablets take up moisture: weigh them again on the day.",
    NoticeCode.NO_DRUG_FILE: "Nothing is known here of {drug} but its name: no usual doses, no cautions, no products "
    "were checked. Only the general rules apply.",
    NoticeCode.ASSESSMENT_OPEN: "Four questions on {drug} are for the pharmacist, and not all are answered. Until "
    "then nothing is released, and storage and beyond-use date are left to the pharmacist.",
    NoticeCode.DOSE_BELOW_USUAL_NOTICE: "{dose} {taken} is below the usual {usual_low} to {usual_high} of {drug}.",
    NoticeCode.TABLET_FOR_RESERVE: "{exact} would do exactly, but a crushing loss of {crushing_loss} could leave too "
    "little; so {tablets} {tablets:is|are} crushed.",
    NoticeCode.NO_RESERVE: "{tablets} {tablets:holds|hold} enough drug ({exact} {exact:is|are} needed) but "
    "{tablets:leaves|leave} no reserve for a crushing loss of {crushing_loss}. {least} would; "
    "{more} more {more:is|are} needed before you go on.",
    NoticeCode.MORE_WEIGHED_THAN_MADE: "{weighed} were weighed for {made}, which take {tablets}. Are both numbers in "
    "their own places?",
    NoticeCode.MORE_TABLETS_THAN_NEEDED: "{tablets} {tablets:is|are} crushed where {least} would do; the rest of the "
    "powder is left over.",
    NoticeCode.FEW_TABLETS: "Only {crushed} {crushed:is|are} crushed, fewer than {least}: one tablet may hold more or "
    "less than the mean of its lot, and few even it out less. Crush more and weigh the same drug from their powder.",
    NoticeCode.FEWER_WEIGHED_THAN_CRUSHED: "{weighed} weighed together {weighed:gives|give} the mean mass for "
    "{tablets} to crush. Weigh the tablets to crush together, too, and enter their mass.",
    NoticeCode.BATCH_LOW: "{loss} of the powder was lost, and all of it is needed: each dose holds that much less. "
    "Scrape out what clings to mortar and pestle.",
    NoticeCode.CRUSHING_LOSS_HIGH: "{loss} of the powder was lost in crushing, more than {most}. The powder weighed "
    "out still holds the right amount of drug; look for the cause.",
    NoticeCode.TRITURATION: "{portion} of powder would be too little for this balance, which may weigh {least} "
    "and more in steps of {step}. So the powder is diluted first: see \u201cTriturate\u201d.",
    NoticeCode.ALIQUOT_ABOVE_ESTIMATE: "The trituration to take, {take}, is more than the {blend} that the capsules of "
    "size {size} hold by the estimate: weigh ten filled shells or choose a larger size.",
    NoticeCode.TRITURATION_POSSIBLE: "If the tablets together weigh less than {below}, the powder to weigh out is too "
    "little for this balance and is diluted first. Weigh them and enter the mass: the plan then says how.",
    NoticeCode.ALIQUOT_LIGHT: "{mass} is weighed, close to the {least} that this balance may weigh: an error of the "
    "balance does much to the dose. A finer balance, or more capsules, would do better ({enough} and more).",
    NoticeCode.POWDER_COUNTS: "Each capsule holds {powder} of powder with drug, less than {least}: by the number "
    "of its particles alone the dose spreads by about {spread}, if they are 50 micrometers large. Grind it fine.",
    NoticeCode.FILL_ESTIMATED: "How these powders pack was not measured. The fill of size {size} is a planning "
    "estimate that can be far off: weigh ten shells filled with diluent before anything is mixed.",
    NoticeCode.FILL_UNKNOWN: "The fill of a capsule is not known: enter a size and what ten shells of it hold, or a "
    "fill mass.",
    NoticeCode.DILUENT_STANDS_FOR_POWDER: "How the tablet powder packs was not measured. It takes {share} of the "
    "capsule, less than {most}, so it is taken to pack like the diluent.",
    NoticeCode.QUANTITY_UNUSUAL: "{quantity} {quantity:is|are} not within the usual {span}. Read the number again.",
    NoticeCode.DOSE_UNLIKE_STRENGTH: "{dose} is {part} of {strength}: read dose, strength and units again. "
    "Nothing else is known here of {drug}.",
    NoticeCode.FILL_UNLIKELY: "{field}: {mass} in a size {size} shell would be {density}, less than powders pack "
    "({low}). Check the point and the unit.",
    NoticeCode.PACKING_UNLIKELY: "{field}: {mass} in a size {size} shell is far from the {known} that the table makes "
    "one expect of {diluent}. Is it the powder of one shell, less the shell? Check size, point and unit, too.",
    NoticeCode.SHELL_UNLIKELY: "A size {size} shell of {mass} is far from the {known} of the table. Check the point, "
    "the unit and the size.",
    NoticeCode.NO_DILUENT_NEEDED: "No diluent needed: the powder alone fills the capsules.",
    NoticeCode.DILUENT_BELOW_LEAST_WEIGHABLE: "The diluent, {mass}, is less than this balance should weigh ({least}).",
    NoticeCode.CAPSULE_BELOW_LEAST_WEIGHABLE: "One filled capsule, {mass}, is less than this balance should weigh "
    "({least}). Weigh ten together.",
    NoticeCode.WEIGHT_NOT_CONTENT: "Weight alone does not prove content: a capsule of the right mass may hold too "
    "little or too much drug. Only an assay tells.",
    NoticeCode.FILL_SPREAD_HIGH: "The fills spread by more than {most} (relative standard deviation). That alone does "
    "not fail the batch; look at how the plate was filled.",
    NoticeCode.MORE_MADE_THAN_PLANNED: "More capsules were made than planned: count both again. Each would hold less "
    "than was planned.",
    NoticeCode.SHELL_ABOVE_FILL: "An empty shell of {shell} is heavier than the fill of {fill} that was planned, which "
    "is not usual. If shell and fill changed places, the right capsules may still seem to pass: read both again.",
    NoticeCode.SHELL_SPREAD_COUNTS: "By the rule of BP and Ph. Eur. each shell is weighed with its own capsule. Here "
    "one mean shell is taken off all, so the spread of the shells counts as spread of the contents.",
    NoticeCode.CONTENT_ASKED: "For capsules with less than {mass} or {share} of drug BP and Ph. Eur. ask for the "
    "content of single capsules, by assay; masses do not stand for it.",
    NoticeCode.FIRST_TEN_PASSED: "The first ten units pass by themselves, so twenty more were not needed. The verdict "
    "here is that of all 30.",
    **OF_SCHEDULES,
    NoticeCode.OFF_A_MARK: "A dose of {dose} is {dose_volume}, which is between two marks of the {capacity} syringe "
    "(a mark at each {graduation}). {below} would give {less} less, {above} would give {more} more. Other strengths "
    "may land on a mark.",
    NoticeCode.SEVERAL_SYRINGES: "A dose of {dose} is {dose_volume}: the {capacity} syringe is filled {fillings} "
    "times for one dose. A stronger liquid or a larger syringe would be easier to measure right.",
    NoticeCode.SEVERAL_BOTTLES: "The liquid is shared evenly by {bottles} bottles of {capacity}. Shake before "
    "pouring, and again before each bottle.",
    NoticeCode.DOSE_VOLUME_UNUSUAL: "One dose of {dose} is {dose_volume}, not within the usual {low} to {high}. Read "
    "dose and strength again, with their units.",
    NoticeCode.DAYS_UNUSUAL: "The doses last {days}, not within the usual {span}. Read volume, strength, dose and "
    "doses a day again.",
    NoticeCode.OUTLASTS_USE: "The doses last {days}, but the liquid may be used until {date} only. Make less of "
    "it at a time.",
    NoticeCode.WHOLE_TABLET_DOSE: "A capsule of {dose} takes {part} of {strength}: dispense the tablet? Read dose, "
    "strength and units again.",
    NoticeCode.DOSE_IN_OTHER_UNIT: "The dose is {dose}, that is {other}. Nothing is known here of {drug}: compare both "
    "with the prescription.",
    NoticeCode.SOLIDS_NOTICE: "Each mL holds {powder} of powder. Read the strength ({strength} in 1 mL) again.",
    NoticeCode.NOT_TODAYS_PLAN: "The date of making is {made}, and today is {today}. Masses, lots and answers are of "
    "that day: plan it for today before you work from it.",
    NoticeCode.PAST_USE: "Made on {made} it may not be used after {last}, and today is {today}. Read the date "
    "of making; no label and no leaflet is printed.",
    NoticeCode.FAR_AHEAD: "The date of making, {made}, is more than {most} ahead. Read it again; no label and "
    "no leaflet is printed yet.",
}

#: Where the dose of the capsules is known.
WEIGHT_AT_DOSE = (
    "At {dose} weight alone does not prove content: a capsule of the right mass may hold too little or too much drug. "
    "Only an assay tells."
)
WEIGH_ONE_TABLET = "Weigh 1 tablet to get the masses."

REASONS = {
    Reason.PRESCRIBER_CONFIRMED: "The prescriber confirmed it",
    Reason.REFERENCE_CHECKED: "Checked in a reference",
    Reason.LABEL_CHECKED: "Read again on the label",
    Reason.WEIGHED_AGAIN: "Weighed again with the same result",
    Reason.COUNTED_AGAIN: "Counted again with the same result",
    Reason.OPIOID_FREE_INTERVAL_KEPT: "The opioid-free interval will have passed before the first dose",
    Reason.PATIENT_REQUEST: "The patient asked for it and was told why not",
}

GIVEN_A_REASON = "{stop} Overridden: {reason}."

OFFERS = {
    OfferCode.WEIGH_PORTION: "Weigh out the powder",
    OfferCode.MOST_CAPSULES: "Most capsules from the same tablets",
    OfferCode.WHOLE_TABLETS: "Whole tablets, nothing to weigh out",
    OfferCode.TEN_TABLETS: "Ten tablets, the same drug weighed from their powder",
    OfferCode.DILUTE_BY_VOLUME: "1 tablet in 50 mL, then by volume",
}

WEIGHINGS = {
    WeighingName.TABLETS: "Tablets, before crushing",
    WeighingName.SHELLS: "The same shells, empty",
    WeighingName.PORTION: "Powder to weigh out",
    WeighingName.TRITURATION: "Powder for the trituration",
    WeighingName.ALIQUOT: "Trituration to weigh out",
    WeighingName.INGREDIENT: "Ingredient",
    WeighingName.DILUENT: "Diluent",
    WeighingName.CAPSULE: "One filled capsule",
}

EXPECTED = {
    "quantity": "a text with a number, a space and a unit, such as \u201c4.5 mg\u201d",
    "count": "a whole number",
    "date": "a date as text, such as \u201c2027-05-31\u201d",
    "text": "a text",
    "object": "an object with named fields",
    "list": "a list",
}

BOUND_BY = {
    "default": "the general limit for capsules",
    "tablets": "the expiry of the tablets",
    "powder": "the expiry of the bulk powder",
    "dilution": "the last day of use of the dilution",
    "diluent": "the expiry of the diluent",
    "shells": "the expiry of the shells",
    "vehicle": "the expiry of the vehicle",
    "ingredient": "the expiry of an ingredient",
    "study": "a stability study",
    "ceiling": CEILING,
}

STRENGTH_AFTER = "1 mg in {parts}"
SMALLEST_QUANTITY = "The next larger quantity that can be made on this balance is {smallest}."
NO_QUANTITY = "No larger quantity that the powder is enough for, up to {most_capsules}, can be made on this balance."
WHOLE_TABLETS = "Whole tablets need no weighing: {volumes}."
WHOLE_TABLETS_OF = "{volume} from {tablets}"
NO_WHOLE_TABLETS = "No volume up to {most_volume} near this one takes whole tablets."
NEXT_VOLUME = "The next larger volume that can be made on this balance is {next_volume}."
NO_VOLUME = "No larger volume, up to {most_volume}, can be made on this balance."
FIRST_BY_VOLUME = "1 tablet in {first_volume} is {strength}: {takes} of it holds the drug of the batch."
SIZES_THAT_HOLD = "Sizes that hold it: {sizes}."
