"""The words of a sheet: the answer in one line, the next action, texts that every sheet shares, names of figures."""

from __future__ import annotations

HEADLINE = "{batch} of {drug} {dose}"
ORDERED_AND_MADE = "{ordered} ({made} made)"
#: "Each" is left out for one capsule.
EACH_WITH, EACH = {True: " with", False: ", each with"}, {True: "", False: " each"}
ECHO = "{batch}{each_with} {dose} of {form}, from {source}"
ECHO_FOR = "{batch} ({quantity} ordered, {extra} extra for loss){each_with} {dose} of {form}, from {source}"
FROM_TABLETS = "{strength} tablets, {release} release"
FROM_BULK, FROM_DILUTION = "bulk powder, {form}, {assay}", "dilution, {form}, {assay}"
IN_A_GRAM = "{drug}/g"
RELEASE_OF_BULK = "immediate"
ASSAY = "assay {assay} {basis}{water}"
ASSAY_BASIS = {"as is": "as is", "anhydrous": "of the anhydrous substance", "dried": "of the dried substance"}
WATER = {
    "as is": ", water {water}",
    "anhydrous": ", water {water}",
    "dried": ", loss on drying {water}",
}

ANSWER_UNWEIGHED = "Crush {tablets} and take {share} of the powder"
#: The answer where tablets not weighed yet may be too light: by "their powder can be diluted" and "all are too light".
WEIGH_FIRST = {
    (True, False): "Weigh the tablets first: the powder must probably be diluted",
    (True, True): "Weigh the tablets first: the powder must be diluted",
    (False, False): "Weigh the tablets first: the powder to weigh out is probably too little for this balance",
    (False, True): "Weigh the tablets first: the powder to weigh out is too little for this balance",
}
ANSWER_ALL_UNWEIGHED = "Crush {tablets} and take all of the powder"
BEGIN = {
    ("tablets", "weigh"): "Crush {tablets}, weigh {taken} of the powder",
    ("tablets", "crush_in_diluent"): "Crush {tablets} in diluent, triturate, take {taken} of the trituration",
    ("tablets", "use"): "Crush {tablets}, use all of the powder ({taken})",
    ("tablets", "triturate"): "Crush {tablets}, triturate, take {taken} of the trituration",
    ("powder", "weigh"): "Weigh {taken} of the bulk powder",
    ("powder", "triturate"): "Triturate the bulk powder, take {taken} of the trituration",
    ("dilution", "weigh"): "Weigh {taken} of the dilution",
    ("dilution", "triturate"): "Triturate the dilution, take {taken} of the trituration",
}
ALL_OF_IT = "all of it, {mass}"
GO_ON = "{begin}, add {diluent} of diluent: {batch}, about {fill}{each}"
GO_ON_NO_DILUENT = "{begin}, add no diluent: {batch}, about {fill}{each}"
GO_ON_NO_FILL = "{begin} for {batch}"

#: The shells to fill; ten of tablet powder would need ten tablets.
FILL_SHELLS = {
    "tablets": "Fill ten shells of size {size} with diluent and one to three with tablet powder",
    **dict.fromkeys(("powder", "dilution"), "Fill ten shells of size {size} with each powder"),
}
MORE = {True: "1 more tablet", False: "{number} more tablets"}
NEXT_WEIGH_MORE = "Weigh {tablets}, so that there is a reserve for what is lost in crushing."
NEXT_CRUSH_MORE = "Crush {tablets}, so that there is a reserve for what is lost in crushing."
NEXT_MEASURE = "{shells}, and enter what they weigh."
NEXT_FILL = "Choose a capsule size and enter what ten shells of it hold, or enter the fill mass of one capsule."
NEXT_FILL_OF_SIZE = "{shells}, and enter what they weigh; or enter the fill mass of one capsule."
#: By the number of questions, where it is not three or more.
NEXT_ASK = {1: "Ask the screening question before release.", 2: "Ask both screening questions before release."}
NEXT_ASK_ALL = "Ask all {number} screening questions before release."
NEXT_MAKE = "Read the label of tablets or powder, then make the batch."

NOT_RELEASED = {
    1: "Not released until the question is answered",
    2: "Not released until both questions are answered",
}
NOT_RELEASED_ALL = "Not released until all {number} questions are answered"
NOT_ASKED = "Not asked yet"
CONTROLLED = "Controlled substance, schedule {schedule}"
ANSWERS = {"not asked": NOT_ASKED, "no": "No", "yes": "Yes"}

MATERIALS = "Diluent: {diluent}. {capsules}"
MATERIALS_SIZE = "Capsules: size {size}."
MATERIALS_NO_SIZE = "Capsules: no size chosen."
NO_OR_YES, YES_ASKS_FOR = "\u2610 No \u2002 \u2610 Yes", ", {what}: ______________"

HUMAN = "One tablet makes {per_tablet}. {tablets} {held}; {batch} {needed}; {left} is left over."
HUMAN_ALL = "One tablet makes {per_tablet}. {tablets} {held}, and {batch} hold all of it."
HUMAN_ALL_ONE = "One tablet makes {per_tablet}. {tablets} {held}, and {batch} holds all of it."
HUMAN_BULK = "{batch} {needed} of drug, which is in {powder} of the {what}."
#: The singular and the plural of what tablets or capsules hold.
HOLDS, HOLD = "holds {drug}", "hold {drug}"

FIGURES = {
    "drug_needed": "Drug needed",
    "tablets_for_quantity": "Tablets for {quantity}, exact",
    "tablets_exact": "Tablets, exact",
    "tablets_to_crush": "Tablets to crush",
    "portion_share": "Part of the powder used",
    "portion": "Powder to weigh out",
    "aliquot": "Trituration to weigh out",
    "powder_per_capsule": "Powder in one capsule",
    "diluent_per_capsule": "Diluent in one capsule",
    "diluent": "Diluent for the batch",
    "fill_mass": "Fill of one capsule",
    "drug_left_over": "Drug left over",
}
WHY_DEFAULT, WHY_DRUG, WHY_TODAY, WHY_DAY = "default", "default of the drug's file", "today", "the date of making"
SYRINGE = "{capacity} in {graduation}"

SHARE_OF = "{part} of {tablets} = {share}"
GENERAL_RULES_ONLY = "No drug file: only the general rules were applied to {drug}."

VERDICTS = {True: "May be weighed on this balance", False: "Less than this balance should weigh", None: "Not known yet"}
UNKNOWN = "not known yet"
TOO_SMALL = "too small"
ESTIMATE = "estimate"

COMPONENTS = {
    "tablets": "tablets",
    "powder": "bulk powder",
    "dilution": "dilution",
    "diluent": "diluent",
    "shells": "shells",
    "vehicle": "vehicle",
}

REVERSE = "Computed back from these figures one capsule holds {dose} ({deviation})."
ROUNDING = "Rounding to the balance changes the dose by {effect}."
LABEL_CLAIM = "A tablet may hold 90 to 110 % of its label; no weighing removes that. More tablets are more even."
