"""A formula made a little wrong is noticed: by pint, by its own example, on the case book.

`tests.tools.mutation` makes the mutants and in its long run judges each by all that calls its formula. Here each is
proved by pint as at import and worked through its formula's example; a sample goes through the case book in the
formula's place.
"""

import pytest

from calc.arithmetic.formula import FORMULAS
from tests.tools.mutation import Mutant, all_mutants, case_book_differs, fails_its_example, in_its_place, proved

MUTANTS = all_mutants()


#: What these compute is in no key of the case book: rows of other sizes, doses of offers, a tablet alone.
BESIDE_THE_BOOK = {
    *("dose_in_each", "powder_used", "still_to_add"),  # what was typed at the bench, which no order of the book has
    *("packing_at_size", "diluent_at_size", "share_of_blend", "times_the_table", "deviation_after_loss"),
    "dose_deviated",
    *(
        "mass_of_crushed",
        "squared_content",
        "squared_count",
    ),  # tablets set apart, what a few tablets even out, particles
    *(
        "one_tablet_alone",
        "weighing_error",
        "strength_of_dried",
        "powder_by_assay",
        "powder_after_loss",
        "least_made_up",
    ),
    # An order asks for no check of capsules that were made; the book does not say how sure its doses are.
    *(name for name, right in FORMULAS.items() if right.__module__ in ("calc.rules.samples", "calc.rules.spread")),
    # Ingredients, parts of a vehicle, dilutions, opened capsules: tests/capsule/test_ingredients.py, tests/liquid.
    *("room_of_ingredient", "room_of_powders", "powders_per_capsule", "fill_beside_ingredients"),
    *("diluent_and_ingredients", "ingredient_in_volume", "volume_of_share", "volume_of_shares", "liquid_in_volume"),
    # Two forms of a drug without a file: tests/planning/test_two_forms.py.
    *("dose_by_equivalence", "drug_by_equivalence", "strength_by_equivalence"),
    *("drug_in_one_part", "dilution_with_drug", "net_content", "volume_of_step"),
    *("doses_of_step", "drug_of_step", "capsules_for_dose", "capsules_of_step", "capsules_left_over"),  # titrations
}


def sample(wanted=145):
    """One mutant of each formula, the first that pint lets through where there is one; then others, evenly, to 145."""
    chosen = {}
    for mutant in sorted(MUTANTS, key=lambda one: proved(one) is None):
        chosen.setdefault(mutant.function, mutant)
    first = list(chosen.values())
    others = [one for one in MUTANTS if proved(one) and one not in first and one.function not in BESIDE_THE_BOOK]
    more = wanted - len(first)
    return first + others[len(others) // (2 * more) :: len(others) // more][:more]


def test_every_formula_has_mutants_and_the_mutator_knows_every_formula():
    assert {mutant.function for mutant in MUTANTS} == set(FORMULAS)
    assert len(MUTANTS) >= 10 * len(FORMULAS)


def test_what_is_mutated_is_the_formula_that_runs():
    for mutant in MUTANTS:
        same = Mutant(mutant.module, mutant.function, mutant.names, mutant.original, mutant.original)
        assert proved(same).text == FORMULAS[mutant.function].text
        assert not fails_its_example(proved(same))


@pytest.mark.parametrize(
    ("mutated", "equivalent"),
    [
        ("tablets * strength - drug", True),
        ("strength * tablets - drug", True),
        ("0 - (drug - strength * tablets)", True),
        ("drug - tablets * strength", False),
        ("tablets * strength / drug", False),
        ("tablets * strength - drug / (tablets - tablets)", False),
    ],
)
def test_an_equivalent_mutant_is_told_from_a_wrong_one(mutated, equivalent):
    names = ("tablets", "strength", "drug")
    assert Mutant("tablets", "left", names, "tablets * strength - drug", mutated).is_equivalent() is equivalent


def test_pint_refuses_most_mutants_and_the_formulas_own_example_the_others():
    let_through = [mutant for mutant in MUTANTS if proved(mutant) is not None]
    unnoticed = [mutant for mutant in let_through if not fails_its_example(proved(mutant))]
    assert [str(mutant) for mutant in unnoticed if not mutant.is_equivalent()] == []
    assert 2 * len(let_through) <= len(MUTANTS)


def test_the_sample_meets_every_formula():
    chosen = sample()
    assert {mutant.function for mutant in chosen} == set(FORMULAS)
    assert len(chosen) == len(set(chosen)) == 145


@pytest.mark.parametrize("mutant", sample(), ids=lambda mutant: mutant.function)
def test_a_mutant_of_the_sample_dies_at_import_or_on_the_case_book(mutant):
    wrong = proved(mutant)
    if wrong is None:
        return
    if mutant.function in BESIDE_THE_BOOK:
        assert fails_its_example(wrong), str(mutant)
        return
    with in_its_place(wrong):
        assert case_book_differs(), str(mutant)


def test_the_formulas_are_whole_again_afterwards():
    assert not case_book_differs()
