"""Parts of random orders: a drug without a file in two forms, and what spoils them."""

import random
from fractions import Fraction
from typing import Any

from tests.second_engine.parts import Tree
from tests.second_engine.paths import put

#: Molar masses of the form ordered and of that on the label, in g/mol.
MOLAR = (("377.86", "341.4"), ("180.16", "202.1"), ("300", "250"), ("100", "500"), ("500", "100"), ("270.21", "288.9"))
EQUAL = {
    ("5 mg", "4 mg"): Fraction(4, 5),
    ("1 g", "1.25 g"): Fraction(5, 4),
    ("100 mcg", "0.5 mg"): Fraction(5),
    ("10 mg", "10 mg"): Fraction(1),
    ("1 mg", "1.1068 mg"): Fraction("1.1068"),
}
BAD_MOLAR: tuple[Any, ...] = ("9 g/mol", "10001 g/mol", "300", "300 g", "300 mol", 300, "3e2 g/mol", "0 g/mol")
BAD_MOLAR += (
    "1501 g/mol",
    "300 mg/mol",
    "300 G/mol",
    " 300  g/mol ",
    "10 g/mol",
    "300 mL",
    "1,000 g/mol",
)
BAD_EQUAL = ("0.0001 mg", "11 g", "26 mg", "5 mL", "25 mg", "1 mg", "0.9 mg", "0 mg", "5 g/mol")


def two_forms(rng: random.Random, tree: Tree) -> Fraction:
    """The two forms of a drug without a file, now and then; gives the factor from the one ordered."""
    if not isinstance(tree.get("drug"), dict) or rng.random() >= 0.2:
        return Fraction(1)
    forms: Tree = {"dose": "the base", "source": "the hydrochloride"}
    if rng.random() < 0.7:
        of_dose, of_source = rng.choice(MOLAR)
        tree["forms"] = forms | {"dose_molar_mass": f"{of_dose} g/mol", "source_molar_mass": f"{of_source} g/mol"}
        return Fraction(of_source) / Fraction(of_dose)
    equal = rng.choice(list(EQUAL))
    tree["forms"] = forms | dict(zip(("dose_equals", "source_equals"), equal, strict=True))
    return EQUAL[equal]


def spoil_forms(rng: random.Random, tree: Tree) -> None:
    """Forms that are none, by half or by both ways."""
    forms: Tree = {"dose": "base", "source": "salt", "dose_molar_mass": "300 g/mol", "source_molar_mass": "340 g/mol"}
    kind = rng.randrange(6)
    if kind == 0:
        forms.pop(rng.choice(sorted(forms)))
    elif kind == 1:
        forms["dose_equals"] = "5 mg"
        forms.pop(rng.choice(["dose_molar_mass", "source_molar_mass", "lot"]), None)
    elif kind == 2:
        forms[rng.choice(["dose_molar_mass", "source_molar_mass"])] = rng.choice(BAD_MOLAR)
    elif kind == 3:
        forms = {"dose": "base", "source": "salt", "dose_equals": "5 mg", "source_equals": rng.choice(BAD_EQUAL)}
    elif kind == 4:
        forms[rng.choice(["dose", "source", "basis"])] = rng.choice(["", "x" * 41, 5, None])
    if rng.random() < 0.7:
        tree["drug"] = {"name": "prednisolone"}
        put(tree, "source.strength", "5 mg")
    tree["forms"] = rng.choice([forms, forms, forms, forms, "base", {}, None])
