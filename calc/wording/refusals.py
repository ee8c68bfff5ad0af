"""The sentences of refusals: the value typed, the bound, the shortfall and what would help; no figure of a plan."""

from __future__ import annotations

from calc.faults import FaultCode, StopCode
from calc.wording import ingredients

FAULTS = {
    FaultCode.REQUIRED: "{field}: enter a value.",
    FaultCode.WRONG_TYPE: "{field}: this must be {expected}.",
    FaultCode.UNKNOWN_FIELD: "{field} is not a field of an order.",
    FaultCode.DUPLICATE_FIELD: "{field} was given more than once; give it once.",
    FaultCode.UNKNOWN_CHOICE: "{field}: \u201c{typed}\u201d is not one of the choices ({choices}).",
    FaultCode.DRUG_HAS_FILE: "{field}: choose {choices} as the drug; its own dose ranges and cautions then apply.",
    FaultCode.TEXT_TOO_LONG: "{field}: use at most {longest} characters.",
    FaultCode.LIST_TOO_LONG: "{field}: give at most {longest}.",
    FaultCode.WEIGHT_VARIATION_NOT_ALLOWED: "{field}: the acceptance value comes from masses and one assay only where "
    "a unit holds at least {mass} and at least {share} of drug; here {label} in {net}. Assay single units.",
    FaultCode.LIST_LENGTH: "{field}: give {wanted}; here are {count}.",
    FaultCode.HIDDEN_CHARACTER: "{field}: \u201c{typed}\u201d holds a character that cannot be seen; type it again.",
    FaultCode.DECIMAL_COMMA: "{field}: write decimals with a point; \u201c{typed}\u201d can be read two ways.",
    FaultCode.THOUSANDS_SEPARATOR: "{field}: write \u201c{typed}\u201d without commas or spaces between the digits.",
    FaultCode.LEADING_ZERO: "{field}: \u201c{typed}\u201d starts with a zero too many.",
    FaultCode.NUMBER_FORMAT: "{field}: \u201c{typed}\u201d is not a number; write digits and one point, as in 0.5.",
    FaultCode.SIGN_NOT_ALLOWED: "{field}: write \u201c{typed}\u201d without a sign.",
    FaultCode.ZERO_NOT_ALLOWED: "{field}: this must be more than zero.",
    FaultCode.EXPONENT_NOT_ALLOWED: "{field}: write \u201c{typed}\u201d out in full, without an exponent.",
    FaultCode.NOT_A_NUMBER: "{field}: \u201c{typed}\u201d is not a number.",
    FaultCode.NON_ASCII_DIGIT: "{field}: write \u201c{typed}\u201d with the digits 0 to 9.",
    FaultCode.UNIT_IN_NUMBER: "{field}: in \u201c{typed}\u201d keep the number and its unit apart.",
    FaultCode.TOO_MANY_DIGITS: "{field}: \u201c{typed}\u201d is too long; at most 7 digits before the point.",
    FaultCode.TOO_MANY_DECIMALS: "{field}: \u201c{typed}\u201d is too fine; at most 6 digits after the point.",
    FaultCode.NOT_WHOLE: "{field}: \u201c{typed}\u201d must be a whole number.",
    FaultCode.UNIT_MISSING: "{field}: choose the unit of \u201c{typed}\u201d ({units}).",
    FaultCode.UNIT_UNKNOWN: "{field}: \u201c{typed}\u201d is not a unit here; {write}use one of {units}.",
    FaultCode.WRONG_DIMENSION: "{field}: \u201c{typed}\u201d is the wrong kind of unit; {wanted} would be right.",
    FaultCode.SHELLS_ABOVE_FULL: "{field}: {typed} is not less than the {full} of the full ones. Are the two swapped?",
    FaultCode.RATIO_NOT_ALLOWED: "{field}: \u201c{typed}\u201d is a ratio, which is read in two ways. {parts} is "
    "{in_gram}/g. Read the label, and enter the drug in 1 g.",
    FaultCode.OUT_OF_RANGE: "{field}: {typed} is outside what is taken here, {span}.",
    FaultCode.FACTOR_NOT_PERCENT: "{field}: {typed} is less than {least}; one in ten is 10 %, not 0.1 %.",
    FaultCode.DATE_FORMAT: "{field}: write \u201c{typed}\u201d as a date like 2027-05-31.",
    FaultCode.NO_SUCH_DAY: "{field}: there is no such day as \u201c{typed}\u201d.",
    FaultCode.DATE_ORDER: "{field}: {weighed_on} is after the date of making, {prepared_on}.",
    FaultCode.START_BEFORE_MAKING: "{field}: {typed} is before the capsules are made, {prepared_on}.",
    FaultCode.PAIR_INCOMPLETE: "{field}: enter this too; it belongs with \u201c{given}\u201d.",
    FaultCode.EXCLUDES_EACH_OTHER: "{field}: take this or \u201c{given}\u201d away; only one of them can hold.",
    FaultCode.RECOVERED_ABOVE_TOTAL: "{field}: {typed} is more than the {total_mass} of tablets that were crushed.",
    FaultCode.ACKNOWLEDGEMENT_UNUSED: "{field}: nothing stops with \u201c{code}\u201d here; remove the reason.",
    FaultCode.DOES_NOT_FIT: "{field}: the texts of this order do not fit {typed} at a size that can be read; "
    "choose a larger one.",
    FaultCode.NO_LEAFLET: "{field}: no file of this drug says what a patient should be told.",
    FaultCode.NO_BEYOND_USE: "{field}: nothing gives this preparation a beyond-use date, and no paper is printed "
    "without one. Enter a published study for this storage, keep it in another place or choose a preserved vehicle.",
    FaultCode.VOLUMES_TOO_LARGE: "{field}: the volumes measured come to {used} of {volume}; nothing is left to be "
    "brought to volume.",
    FaultCode.PAPER_PAST: "{field}: made on {made}, it may not be used after {last}, and today is {today}. No label "
    "and no leaflet is printed. Read the year.",
    FaultCode.PAPER_AHEAD: "{field}: {made} is more than {most} after today, {today}. No label and no leaflet is "
    "printed yet. Read the year.",
    FaultCode.EXPIRY_UNKNOWN: "{field}: enter it; the date on the label depends on it, and no label is printed before.",
    FaultCode.FILLED_OUTSIDE: "{field}: {typed} is not between the making, {made}, and the last day of use, {last}. "
    "Read the year.",
    FaultCode.NOT_PRINTABLE: "{field}: the papers cannot print \u201c{character}\u201d ({number}) in "
    "\u201c{typed}\u201d; use Latin letters, digits and common signs.",
    FaultCode.SPREAD_UNKNOWN: "{field}: its plan does not know every mass yet. Enter the tablets weighed today, and "
    "what ten shells hold or a fill mass; or leave the order away and enter the theoretical fill.",
    FaultCode.UNKNOWN_FORMULATION: "{field}: no published formulation has the key {typed}; /formulations lists them.",
    FaultCode.NO_SUCH_QUESTION: "{field}: this is not a question on the drug ordered; take the answer away.",
    FaultCode.GRADUATION_UNEVEN: "{field}: a syringe of {capacity} does not end on a mark of {typed}; check both.",
    FaultCode.BELONGS_TO_BATCH: "{field}: a schedule can take several batches, and this is of one alone; open the "
    "plan of that batch and enter it there.",
    FaultCode.TOO_MANY_STEPS: "{field}: that makes {count} steps, and a schedule takes at most {most}. Take a larger "
    "one.",
}

#: Of several weighed together, where the total itself is within its range.
EACH_OUT_OF_RANGE = "{field}: {typed} would be {each} for one, outside what is taken here, {span}. Count them again."
NOT_ABOVE_SHELLS = "{field}: {typed} is not more than the empty shells, {shells}. Was the balance tared with them?"

#: Units by how they are also written, in small letters; the refusal of such a text says how to write the unit.
UNITS_MEANT = {
    "mg": "mg",
    "milligram": "mg",
    "g": "g",
    "gram": "g",
    "mcg": "mcg",
    "ug": "mcg",
    "\u00b5g": "mcg",
    "\u03bcg": "mcg",
    "microgram": "mcg",
    "ml": "mL",
    "l": "L",
}
WRITE_UNIT = "write {unit}, or "

HARD_STOPS = {
    **ingredients.HARD_STOPS,
    StopCode.EXTENDED_RELEASE: "Extended-release tablets are never crushed: a dose could free its whole content "
    "at once. Use immediate-release tablets.",
    StopCode.DELAYED_RELEASE: "\u201c{value}\u201d names delayed-release tablets: their coat keeps drug and stomach "
    "apart, and crushing destroys it. Use tablets without such a coat.",
    StopCode.PELLETS: "Pellets and granules are never ground: their coats govern the release of the drug. Use capsules "
    "filled with powder, or bulk powder. Only a published formula that names pellets, kept as it is, takes whole "
    "capsules of them.",
    StopCode.LIQUID_FILL: "A liquid or soft fill is not weighed out as a powder. Use capsules filled with powder, or "
    "bulk powder.",
    StopCode.MAY_NOT_BE_CRUSHED: "By the answer given here {drug} may not be crushed or opened, so nothing is made "
    "from it. Use another product, or ask for another form.",
    StopCode.EXPIRED: "{field}: {value} is before the date of making, {prepared_on}. Use a lot that is in date.",
    StopCode.TABLET_LIGHTER_THAN_DRUG: "{tablets} {tablets:weighs|together weigh} {total_mass}: a tablet of {each} "
    "cannot hold {strength} of drug. Check the count, the mass and its unit.",
    StopCode.TOO_FEW_TABLETS: "{tablets} {tablets:does|do} not hold the drug of this batch; it takes {exact}, so "
    "crush {least}.",
    StopCode.RECOVERED_MASS_TOO_SMALL: "{field}: only {mass} of powder is there, and the batch needs {portion}. Crush "
    "one more tablet and weigh out the powder, make less or start again.",
    StopCode.DOSE_ABOVE_ABSOLUTE: "{dose} {taken} is out of the range of this program: at {absolute_high} or more, "
    "dispense the commercial tablet. It is {times} times the usual top of {usual_high}; check for mg and mcg, "
    "and for a lost decimal point.",
    StopCode.DOSE_BELOW_ABSOLUTE: "{dose} {taken} is below {absolute_low}, the least dose planned here. Check for mg "
    "and mcg.",
    StopCode.CAPSULE_TOO_SMALL: "{powder} of powder does not fit: {field} {value} holds {holds}.",
    StopCode.PACKS_TOO_DENSE: "{field}: {mass} in a size {size} shell would be {density}, and no powder packs above "
    "{most}. Is it the powder of one shell, less the shell? Check the size, the point and the unit, too.",
    StopCode.GEL_FORMING_DILUENT: "As a diluent {value} swells to a gel and holds the drug back: never in an "
    "immediate-release capsule. A hypromellose shell is no problem.",
    StopCode.BELOW_LEAST_WEIGHABLE: "{what}: {mass} is too little for this balance, which may weigh {least} and "
    "more. A finer balance would do.",
    StopCode.ROUNDING_ABOVE_LIMIT: "This balance would show {shown} for {exact} of powder: that changes the dose by "
    "{effect}, more than {most}. A balance with finer steps would do.",
    StopCode.QUANTITY_ABOVE_MOST: "{quantity} of one strength are more than the {most} that one order takes. Plan a "
    "shorter schedule, and the rest of it later.",
    StopCode.LESS_THAN_ONE_DOSE: "{volume} {volume:holds|hold} less than one dose, which is {dose_volume}. Check "
    "dose, strength and volume, and their units.",
    StopCode.DOSE_BELOW_MARK: "A dose of {dose} is {dose_volume}, less than the first mark ({graduation}) of the "
    "smallest syringe that holds it ({capacity}). A weaker liquid or a finer syringe would do; check the units too.",
    StopCode.MANY_TABLETS: "{value} tablets of {strength} would be crushed, more than {most}. Check dose and strength "
    "for mg and mcg, and for a lost decimal point.",
    StopCode.INGREDIENTS_ABOVE_MOST: "Each mL would hold {powder} of ingredients and powder, more than {most}: that is "
    "no liquid. Check the amount of {name}, its unit, and what it is for.",
    StopCode.SOLIDS_ABOVE_MOST: "Each mL would hold {powder} of powder, more than {most}: that is no liquid. Check the "
    "strength ({strength} in 1 mL) and its unit.",
}

SOFT_STOPS = {
    **ingredients.SOFT_STOPS,
    StopCode.DOSE_ABOVE_USUAL: "{dose} {taken} is above the usual {usual_low} to {usual_high} of {drug}.",
    StopCode.DOSE_BELOW_USUAL: "{dose} {taken} is far below the usual {usual_low} to {usual_high} of {drug}. "
    "Are mg and mcg right?",
    StopCode.CRUSHED_MASS_DIFFERS: "{tablets} to crush {tablets:weighs|weigh} {crushed_mass}, not {low} to {high} as "
    "the mean of those weighed says. Count and weigh again.",
    StopCode.PACKS_DENSE: "{field}: {mass} in a size {size} shell would be {density}, and hardly any powder packs "
    "above {most}. Is it the powder of one shell, less the shell? Check the size, the point and the unit, too.",
    StopCode.HEAVY_TABLET: "{tablets} {tablets:weighs|together weigh} {total_mass}: {each} for one tablet is unusual "
    "(above {most}). Check the count, the mass and its unit.",
    StopCode.STRONG_TABLET: "A tablet of {value} would hold more drug than most tablets weigh ({most}). Read its label "
    "again, and the unit.",
    StopCode.MANY_TABLETS_PER_DOSE: "One dose of {dose} takes {value} {value:tablet|tablets} of {strength}, more than "
    "{most}. Check dose and strength.",
    StopCode.STRENGTH_NOT_IN_DRUG_FILE: "No {value} tablet of {drug} is known here; known: {known}. "
    "Read the label again.",
    StopCode.DILUENT_TO_AVOID: "{text} (The evidence is {evidence}.)",
    StopCode.OPIOIDS_YES: "The patient has had an opioid in the last 14 days. {why} Speak with the prescriber before "
    "{drug} is released.",
    StopCode.LIVER_DISEASE_YES: "The patient has liver disease. {why} Speak with the prescriber before {drug} is "
    "released.",
    StopCode.QUANTITY_LARGE: "{quantity} are more than the {most} of a usual order.",
    StopCode.DRUG_EASILY_CONFUSED: "{value} is easily taken for {other}. Read the prescription and the label again: "
    "which of the two is meant?",
    StopCode.DRUG_MISSPELLED: "Is {other} meant? \u201c{value}\u201d differs from a known name by a letter or two. If "
    "so, choose {other} in the list: its dose ranges and cautions then apply.",
    StopCode.FORM_NOT_CRUSHED: "\u201c{value}\u201d names a form that is usually not crushed: orally "
    "disintegrating, coated, or filled with liquid. Read the label: may these be crushed or opened?",
    StopCode.DOSE_UNIT_UNCHECKED: "{dose} of {drug}, that is {other}. A dose typed in mg for mcg, or mcg for mg, is a "
    "thousandfold error that nothing else shows here. The batch takes {needed} of drug. Read the prescription again.",
    StopCode.SOLIDS_HIGH: "Each mL would hold {powder} of powder, more than {most}: does it dissolve? Check the "
    "strength ({strength} in 1 mL) and its unit.",
    StopCode.THICK_LIQUID: "In each mL there would be {value} {value:tablet|tablets} of {tablet}, more than {most}: "
    "{strength} per mL is {in_all} in {volume}. Per mL, or per bottle?",
    StopCode.TOO_FINE_FOR_POWDER: "Each capsule would hold {powder} of powder with drug, less than {least}: such "
    "powder cannot be even. Make the first dilution as a solution, or order an oral liquid; release needs an assay.",
}

#: Names of the soft stops, shown beside the reasons given for them.
STOP_NAMES = {
    StopCode.INGREDIENTS_NOT_PACKED: "Ingredients whose room nobody measured",
    StopCode.DOSE_ABOVE_USUAL: "Dose above the usual range",
    StopCode.DOSE_BELOW_USUAL: "Dose below the usual range",
    StopCode.CRUSHED_MASS_DIFFERS: "Tablets crushed that do not weigh what the mean says",
    StopCode.PACKS_DENSE: "Powder that packs unusually densely",
    StopCode.HEAVY_TABLET: "Unusually heavy tablets",
    StopCode.STRONG_TABLET: "Unusually strong tablet",
    StopCode.MANY_TABLETS_PER_DOSE: "Many tablets for one dose",
    StopCode.STRENGTH_NOT_IN_DRUG_FILE: "Strength that is not known here",
    StopCode.DILUENT_TO_AVOID: "Diluent to avoid with this drug",
    StopCode.OPIOIDS_YES: "Opioid in the last 14 days",
    StopCode.LIVER_DISEASE_YES: "Liver disease",
    StopCode.QUANTITY_LARGE: "Large quantity",
    StopCode.DRUG_EASILY_CONFUSED: "Easily confused name",
    StopCode.DRUG_MISSPELLED: "Name like that of another drug",
    StopCode.FORM_NOT_CRUSHED: "Form that is usually not crushed",
    StopCode.DOSE_UNIT_UNCHECKED: "Dose of bulk powder, mg or mcg",
    StopCode.SOLIDS_HIGH: "Much powder in each mL",
    StopCode.THICK_LIQUID: "Many tablets in each mL",
    StopCode.TOO_FINE_FOR_POWDER: "Too little powder to be even",
}

#: The way a dose is taken: as one capsule or, in a titration, as several at one time.
TAKEN = {False: "a capsule", True: "at one time"}
#: Added if the dose is so high that a lost decimal point is likely.
STRONGER = {
    StopCode.DOSE_ABOVE_USUAL: "That is {times} times the usual top. Was {tenth} meant?",
}
