"""The words on ingredients besides drug, diluent and vehicle."""

from __future__ import annotations

from calc.faults import NoticeCode, StopCode
from calc.planning.bench_codes import BenchCode
from calc.planning.codes import StepCode
from calc.wording.step_words import StepWords

ABOUT = "{title}: {about}"
STEPS = {
    StepCode.INGREDIENT_AMOUNT: "Ingredient for the batch",
    StepCode.INGREDIENTS_PER_CAPSULE: "Ingredients in one capsule",
    StepCode.ROOM_OF_INGREDIENT: "Part of a capsule that an ingredient fills",
    StepCode.ROOM_OF_POWDERS: "Part of a capsule that powder and ingredients fill",
    StepCode.POWDERS_PER_CAPSULE: "Powder and ingredients in one capsule",
    StepCode.FILL_BESIDE_INGREDIENTS: "Fill of one capsule without its ingredients",
    StepCode.DILUENT_AND_INGREDIENTS: "Diluent with the ingredients, as printed",
}
HARD_STOPS = {
    StopCode.INGREDIENT_BELOW_LEAST: "\u201c{name}\u201d: {mass} is too little for this balance, which may weigh "
    "{least} and more. Make a larger batch, weigh a dilution of it, or use a finer balance.",
}
SOFT_STOPS = {
    StopCode.INGREDIENTS_NOT_PACKED: "The ingredients without a packing statistic are {share} of the fill, more than "
    "{most}: they take room that nobody measured. Fill a shell with them alone and enter what it holds.",
}
NOTICES = {
    NoticeCode.INGREDIENTS_NEGLECTED: "The ingredients without a packing statistic are {share} of the fill, no more "
    "than {most}: the room that they take is neglected.",
}
NO_DILUENT = "No diluent needed: powder and ingredients fill the capsules."
TOO_LARGE_TOGETHER = "Powder and ingredients do not fit: they would take {room} of a capsule ({value})."
IN_FULL: dict[BenchCode, StepWords | dict[str, StepWords]] = {
    BenchCode.READ_INGREDIENT: StepWords(
        "Read the label of {name}{role}.", "Lot and expiry are in the list of components."
    ),
    BenchCode.INGREDIENT: StepWords("Weigh {name}{role}.", name="{name} ="),
    BenchCode.MIX_INGREDIENTS: {
        "diluent": StepWords(
            "Mix {names} into the diluent until even, before it meets the powder.",
            "First with about a tenth of the diluent, then with the rest; sieve what clumps. From here on "
            "\u201cdiluent\u201d is this mixture.",
        ),
        "powder": StepWords(
            "Mix {names} into the powder by geometric dilution until even.", "Sieve what clumps, and mix again."
        ),
    },
    BenchCode.INGREDIENT_VOLUME: StepWords("Measure {name}{role}."),
    BenchCode.WET_WITH: StepWords("Wet the powder with {name} and rub it to a smooth paste, before the vehicle."),
    BenchCode.ADD_INGREDIENT: StepWords(
        "Dissolve or disperse {name} in a part of the vehicle and add it to the measure.",
        "Rinse with vehicle; its volume is part of the final volume.",
    ),
}
ON_PAPER: dict[BenchCode, StepWords | dict[str, StepWords]] = {
    BenchCode.READ_INGREDIENT: StepWords("Label of {name}{role}."),
    BenchCode.INGREDIENT: StepWords("Weigh {name}{role}.", name="="),
    BenchCode.MIX_INGREDIENTS: {
        "diluent": StepWords("Mix {names} into the diluent: a tenth first, then the rest. Sieve what clumps."),
        "powder": StepWords("Mix {names} into the powder. Sieve what clumps."),
    },
    BenchCode.INGREDIENT_VOLUME: StepWords("Measure {name}{role}."),
    BenchCode.WET_WITH: StepWords("Wet the powder with {name}; rub it to a smooth paste."),
    BenchCode.ADD_INGREDIENT: StepWords("Disperse {name} in a part of the vehicle; add it to the measure."),
}
ROLE = " ({role})"
#: What formulas at the bench subtract or add where there are ingredients.
LESS = " \u2212 {mass}"
LESS_MEASURED = " \u2212 {mass} \u00d7 P_d / {statistic}"
EXPIRY = "{name} (ingredient {number})"
COMPONENT_NOTE = "{role}. Color and smell: ____________"
#: What an ingredient is for, as a sheet begins a line with it.
ROLES = {
    "buffer": "Buffer",
    "preservative": "Preservative",
    "antioxidant": "Antioxidant",
    "sweetener": "Sweetener",
    "flavor": "Flavor",
    "glidant": "Glidant",
    "wetting agent": "Wetting agent",
    "other": "Ingredient",
}
FIELDS = {
    "name": "name",
    "amount": "amount",
    "per": "amount stated for",
    "role": "what it is for",
    "packing_statistic": "what one shell holds of it",
    "lot": "lot",
    "expiry": "expiry",
}
GROUP = "Further ingredients"
PER = {"batch": "the whole batch", "capsule": "one capsule", "100 mL": "100 mL"}
HINTS = {
    "ingredients-0-name": "As on its label.",
    "ingredients-0-per": "The whole batch, one capsule, or 100 mL of a liquid.",
    "ingredients-0-packing_statistic": "Of this ingredient alone, where it is more than 2 % of the fill.",
}
FIELDS_OF_INGREDIENTS = {
    "ingredients": "What is in it besides drug, diluent and vehicle.",
    "IngredientShown.name": "What it is.",
    "IngredientShown.role": "What it is for.",
    "IngredientShown.amount": "What the batch takes of it, as it is weighed or measured.",
    "IngredientShown.per_capsule": "What one capsule holds of it; null in a liquid.",
    "IngredientShown.fills": "What room it takes in a capsule: by its packing statistic, by its mass in a fill that is "
    "given, none, or as the diluent packs; null where that is not known and in a liquid.",
    **{
        f"{kind}.{name}": text
        for kind in ("Ingredient", "LiquidIngredient")
        for name, text in {
            "name": "As on its label.",
            "amount": "How much of it, for what `per` says.",
            "per": "What the amount is stated for: the batch, one capsule, or 100 mL of a liquid.",
            "role": "What it is for; a wetting agent meets the powder before the vehicle.",
            "lot": "Its lot.",
            "expiry": "Its expiry, which bounds the date.",
        }.items()
    },
    "Ingredient.packing_statistic": "What one shell holds of this ingredient alone.",
}
UNITS_OF_INGREDIENTS = {"IngredientShown.amount": ("g", "mL"), "IngredientShown.per_capsule": ("mg/{capsule}",)}
