"""Each whole formulation planned as an order: its published counts and masses, and no date later than published."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from calc.formulation import MethodCode
from calc.library import load
from calc.orders.query import fields_of
from calc.service.preparations import PREPARATIONS
from calc.wording.formulations import METHOD
from tests.support.answers import planned_with_reasons

LIBRARY = load()
MADE_ON = date(2026, 11, 30)
#: What the sources print (formulation; tablets or capsules; mg of drug; mL made), copied from them by hand, or None.
#: A count in brackets is not printed: it follows from the mass and from tablets that are sold.
PRINTED = """
acetazolamide-25-usp           (10)  2500  100
allopurinol-20-usp             (20)  2000  100
amlodipine-1-mc-syrup           20    100  100
azathioprine-50-usp           (100)  5000  100
baclofen-10-emixt              120   1200  120
baclofen-5-cheo                 25    500  100
captopril-1-nationwide           2    100  100
captopril-0.75-usp              (3)    75  100
clonidine-0.02-nationwide       30      6  300
clonidine-0.1-levinson          30      6   60
enalapril-1-usp                 (5)   100  100
gabapentin-100-usp            (50) 15000  150
tacrolimus-0.5-jacobson        (6)     30   60
hydrocortisone-0.25-water        1     10   40
lamotrigine-1-nahata             1    100  100
levothyroxine-0.025-boulton     25    2.5  100
lisinopril-1-label              10    200  200
naltrexone-1-fawcett             2    100  100
naltrexone-syrup-tsang           3    150  140
losartan-2.5-label              10    500  200
metoprolol-10-usp             (20)   1000  100
omeprazole-2-bicarbonate        5    100   50
quinidine-10-cheo                6   1200  120
sildenafil-2.5-nahata           30    750  300
spironolactone-25-emixt        120   3000  120
topiramate-20-usp             (10)   2000  100
ursodiol-50-usp               (20)   5000  100
"""
ROWS = {f"pub:{key}": figures for key, *figures in (line.split() for line in PRINTED.strip().splitlines())}
#: What the maker is asked for and no source prints: a usual dose, and tablets that are sold.
OPENED = {"source": {"contents": "powder", "release": "immediate"}}
ASKED = {
    "pub:gabapentin-100-usp": {"dose": "300 mg", **OPENED},
    "pub:tacrolimus-0.5-jacobson": {"dose": "1 mg", **OPENED},
    "pub:omeprazole-2-bicarbonate": {"dose": "10 mg", "source": {"release": "delayed"}},
    "pub:clonidine-0.02-nationwide": {"dose": "20 mcg"},
    "pub:clonidine-0.1-levinson": {"dose": "100 mcg"},
    "pub:levothyroxine-0.025-boulton": {"dose": "25 mcg"},
    "pub:metoprolol-10-usp": {"dose": "25 mg", "source": {"strength": "50 mg"}},
}


def order_of(key):
    """The order that a formulation says, with what it asks for."""
    formulation = LIBRARY.formulations[key]
    drug = formulation.drug if formulation.drug in LIBRARY.drugs else {"name": formulation.drug}
    said = formulation.order_said(drug)
    asked = ASKED.get(key) or {"dose": said.get("strength", "1 mg")}
    return {
        **said,
        **asked,
        "source": {**said["source"], **asked.get("source", {})},
        "prepared_on": str(MADE_ON),
        "formulation": key,
    }


def said_as_orders():
    return [key for key, formulation in LIBRARY.formulations.items() if formulation.order is not None]


def test_at_least_twenty_whole_formulations_read_at_their_sources_are_orders():
    assert sorted(said_as_orders()) == sorted(ROWS)
    assert sum(LIBRARY.formulations[key].mark == "R" for key in ROWS) >= 20


@pytest.mark.parametrize("key", ROWS)
def test_a_whole_formulation_finds_its_published_counts_masses_and_dates(key):
    formulation, (printed, drug, volume) = LIBRARY.formulations[key], ROWS[key]
    made, count = formulation.made, Fraction(printed.strip("()"))
    assert (("count" in made.derived) or made.count is None) == printed.startswith("(")
    assert made.count is None or Fraction(made.count) == count
    assert made.volume.value == Fraction(volume)
    plan, stopped = planned_with_reasons(PREPARATIONS["liquid"], order_of(key), LIBRARY)
    assert plan.source.tablets.number == plan.source.tablets.exact.value == count
    assert plan.source.drug_needed.value == Fraction(drug)
    assert plan.order.volume.value == Fraction(volume)
    assert stopped == (
        ["thick_liquid"] if any("stops at this strength" in text for text in formulation.differs) else []
    )
    kept = {at.storage: at.date for at in (plan.beyond_use.chosen, *plan.beyond_use.elsewhere)}
    assert kept.keys() == set(formulation.places)
    for dated in formulation.dates:
        last = MADE_ON + timedelta(days=dated.days)
        assert kept[dated.storage] is None or kept[dated.storage] <= last
    assert kept[formulation.places[0]] is not None, "its papers can be printed as it is prefilled"


def test_what_is_not_whole_says_what_was_not_seen_and_is_no_order():
    partial = {key for key, formulation in LIBRARY.formulations.items() if not formulation.whole}
    assert {"pub:naltrexone-5-ahs156", "pub:naltrexone-capsule-cote", "pub:naltrexone-capsule-uspharm"} <= partial
    assert partial.isdisjoint(ROWS)
    for key in partial:
        formulation = LIBRARY.formulations[key]
        assert formulation.not_seen
        assert formulation.order_said({"name": formulation.drug}) is None


def test_every_name_that_is_asked_or_left_open_is_a_field_of_an_order():
    for key, formulation in LIBRARY.formulations.items():
        fields = fields_of(PREPARATIONS[formulation.form].order)
        takes = {name.split("-0-")[0].replace("-", ".") for name in fields.names} | {"ingredients"}
        for path in (*formulation.asked, *formulation.left_open):
            assert path in takes or f"{path}.name" in takes, (key, path)


def test_every_step_of_a_method_has_its_sentence_and_is_used():
    assert METHOD.keys() == set(MethodCode)
    assert {code for formulation in LIBRARY.formulations.values() for code in formulation.method} == set(MethodCode)


def test_a_date_that_the_program_prints_sooner_is_explained_by_its_rules_alone():
    """Amlodipine in methylcellulose and syrup: 91 and 56 days by study, germs not looked for; 30 by the page. Neither
    vehicle is known to be preserved: 14 days cold, day 1 being that of making. Captopril by USP: 7 days, though its
    vehicle would have 14 or 35."""
    plan, _ = planned_with_reasons(PREPARATIONS["liquid"], order_of("pub:amlodipine-1-mc-syrup"), LIBRARY)
    assert [(at.storage, at.date, at.bound.by) for at in (plan.beyond_use.chosen, *plan.beyond_use.elsewhere)] == [
        ("refrigerator", date(2026, 12, 13), "default"),
        ("room temperature", date(2026, 12, 13), "default"),
    ]
    plan, _ = planned_with_reasons(PREPARATIONS["liquid"], order_of("pub:captopril-0.75-usp"), LIBRARY)
    assert (plan.beyond_use.date, plan.beyond_use.bound.by) == (date(2026, 12, 6), "monograph")


def test_naltrexone_1_mg_per_ml_is_made_as_fawcett_has_it():
    """Two tablets of 50 mg, 0.5 g of ascorbic acid, 1 mL of preservative, 20 mL of glycerin, water to 100 mL. 60 days
    cold prove nothing: the general 35 stand, of which the day of making is one; 30 at room temperature are shorter."""
    plan, stopped = planned_with_reasons(PREPARATIONS["liquid"], order_of("pub:naltrexone-1-fawcett"), LIBRARY)
    assert (plan.source.tablets.number, stopped) == (2, [])
    amounts = [(each.name, str(each.amount.exact.value)) for each in plan.ingredients]
    assert amounts == [("ascorbic acid", "500"), ("methyl hydroxybenzoate solution 10 %", "1")]
    kept = {at.storage: (at.date, at.bound.by) for at in (plan.beyond_use.chosen, *plan.beyond_use.elsewhere)}
    assert kept == {
        "refrigerator": (date(2027, 1, 3), "default"),
        "room temperature": (date(2026, 12, 29), "study"),
    }
