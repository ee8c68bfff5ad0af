"""The 42 published formulas that were tried before formulations were data: which of them an order can say now.

`whole`: planned here with the published count or mass, with the vehicle's parts, ingredients and capsules that it has,
and no date later than published at any storage. `unseen`: an order has a place for all of it, but an amount was not
seen in the copies read, and none is made up. `part` and `not` say what no order says.
"""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from calc.library import load
from calc.service.preparations import PREPARATIONS
from tests.orders.test_fields_left_out import GONE, with_all
from tests.planning.test_published_dates import COLD, HUMCO, LYE, MADE, PUBLISHED, ROOM
from tests.support.answers import planned_with_reasons

LIBRARY = load()
ORA = {"vehicle": {"parts": [{"name": "Ora-Plus", "share": 1}, {"name": "Ora-Sweet", "share": 1}]}}
NF = {"vehicle": {"parts": [{"name": "Vehicle for Oral Solution", "share": 1},
                            {"name": "Vehicle for Oral Suspension", "share": 1}]}}  # fmt: skip


def opened(strength):
    return {"source": {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": strength}}


VITAMIN_C = [{"name": "ascorbic acid", "amount": "500 mg", "per": "100 mL", "role": "antioxidant"}]
BICARBONATE = [{"name": "sodium bicarbonate", "amount": "8.4 g", "per": "100 mL", "role": "buffer"}]
SYRUP_AFTER_WATER = {"vehicle": {"parts": [{"name": "purified water", "volume": "60 mL"},
                                           {"name": "corn syrup", "to_volume": "yes"}]}}  # fmt: skip
#: Pellets of five capsules of 20 mg, which an order may use where it names and keeps the formulation that says so.
OMEPRAZOLE = {
    "preparation": "liquid", "drug": {"name": "omeprazole"}, "dose": "10 mg", "strength": "2 mg", "volume": "50 mL",
    "formulation": "pub:omeprazole-2-bicarbonate", "vehicle": {"name": "sodium bicarbonate 8.4 %"},
    "source": {"kind": "capsule", "contents": "pellets", "release": "delayed", "strength": "20 mg"},
}  # fmt: skip
TEN_TABLETS = {"strength": GONE, "source.tablets_used": 10, **ORA}
#: Formula; the order that was tried before, by its name; what it says besides now; tablets or capsules, or mg of drug;
#: the published dates (storage, days; hours as a text).
WHOLE = [
    (1, "loperamide AHS152 0.2 mg/mL", {}, "10", [(COLD, 14)]),
    (4, "ursodiol AHS248 20 mg/mL", {"vehicle": {"name": "HSC suspending vehicle"}}, "8", [(COLD, 91)]),
    (8, "spironolactone eMixt A", ORA, "120", [(COLD, 30), (ROOM, 30)]),
    (10, "spironolactone USP vet", NF, "100", []),
    (11, OMEPRAZOLE, {}, "5", [(COLD, 15)]),
    (12, "omeprazole USPharm bulk",
     {"vehicle": {"name": "purified water"}, "ingredients": BICARBONATE}, "200 mg", [(COLD, 45)]),
    (13, "enalapril AHS19", ORA, "5", [(COLD, 60), (ROOM, 60)]),
    (14, "amlodipine AHS120", ORA, "10", [(COLD, 91)]),
    (15, "captopril AHS207", {"vehicle": {"name": "sterile water"}, "ingredients": VITAMIN_C}, "2",
     [(COLD, 56), (ROOM, 28)]),
    (16, "ramipril AHS257 10 mcg/mL", {"vehicle": {"name": "sterile water"}, **opened("1.25 mg")}, "1",
     [(COLD, "48"), (ROOM, "24")]),
    (19, "mycophenolate AHS203 10 mg/mL", {**ORA, **opened("250 mg")}, "4", [(COLD, 30)]),
    (20, "captopril USP 0.75", NF, "3", [(COLD, 7)]),
    (20, "captopril USP 0.75 bulk", NF, "75 mg", [(COLD, 7)]),
    (21, HUMCO, {}, "80 mg", [(COLD, 23), (ROOM, 8)]),
    (22, LYE, {}, "2", [(COLD, 30)]),
    (26, "potassium USP vet KBr 250 mg/mL", SYRUP_AFTER_WATER, "25000 mg", [(COLD, 180)]),
    (28, "carvedilol X-Temp 1.67 typed", TEN_TABLETS, "10", [(COLD, 60)]),
    (29, "clonidine X-Temp 0.01", {"vehicle": {"name": "X-Temp"}}, "10", [(COLD, 60)]),
    (29, "clonidine X-Temp 0.1", {"vehicle": {"name": "X-Temp"}}, "60", [(COLD, 60)]),
    (31, "acetazolamide IWK 25", {}, "10", []),
    (31, "allopurinol IWK 20", {}, "20", []),
    (31, "amiodarone IWK 5", {}, "500 mg", []),
    (32, "amlodipine FDA vet 1.25", {}, "37.5 mg", []),
    (33, "cisapride FDA vet bulk 10 mg/mL oil", {}, "300 mg", [(ROOM, 90)]),
    (38, "hydrocortisone 10 mg in 10 mL, 2 mL", {}, "1", []),
    (41, "oseltamivir 30 mg/mL 240 mL", {"vehicle": {"name": "cherry syrup"}, **opened("75 mg")}, "96", []),
]  # fmt: skip
#: Of capsules, the drug of the batch. The silica is 0.5 % of the diluent, which is 15 g less the drug.
CAPSULES = [
    (32, "amlodipine FDA vet 0.625 mg caps", {}, "18.75 mg"),
    (33, "cisapride vet 2.5 mg caps bulk", {}, "150 mg"),
    (34, "nifedipine 1 mg size 3", {}, "100 mg"),
    (36, "baclofen 1 mg bulk, mannitol powder",
     {"ingredients": [{"name": "colloidal silica", "amount": "75 mg", "role": "glidant"}]}, "60 mg"),
    (40, "naltrexone 4.5 mg, 225 mg size 3 (Compounder)", {}, "135 mg"),
]  # fmt: skip
#: Household naltrexone, 50 mg in 50 mL of water: one tablet, 14 days in the refrigerator.
HOUSEHOLD = {
    "preparation": "liquid", "dose": "4.5 mg", "strength": "1 mg", "volume": "50 mL", "prepared_on": MADE,
    "vehicle": {"name": "water"},
}  # fmt: skip
UNSEEN = {
    2: "shares of syrup and water", 3: "amount of water", 5: "amount of water", 9: "amounts of the parts",
    18: "amounts of aspartame and flavor", 23: "amount of glycerin", 24: "amounts of the excipients",
}  # fmt: skip
PART = {
    25: "a base by the potency of its salt, and more than eight ingredients",
    37: "sachets", 42: "a dose by age and height",
}  # fmt: skip
NOT = {
    6: "three drugs, units, liquids as sources", 7: "an injection as the source", 17: "an injection as the source",
    27: "a vehicle without a drug", 30: "two drugs in one tablet", 35: "divided powders",
}  # fmt: skip


def order_of(name, changes, dates=()):
    tree = PUBLISHED[name] if isinstance(name, str) else name
    studies = [
        {"storage": place, "reference": "as published", "kind": "recipe"}
        | ({"hours": int(lasts)} if isinstance(lasts, str) else {"days": lasts})
        for place, lasts in dates
    ]
    tree = {**tree, **{key: value for key, value in changes.items() if key in ("vehicle", "source", "ingredients")}}
    dotted = {key: value for key, value in changes.items() if key not in ("vehicle", "source", "ingredients")}
    tree = with_all(tree, {**dotted, "prepared_on": MADE})
    return {**tree, "beyond_use": {"studies": studies}} if studies else tree


@pytest.mark.parametrize(
    ("number", "name", "changes", "found", "dates"), WHOLE, ids=[f"{row[0]} {str(row[1])[:40]}" for row in WHOLE]
)
def test_a_formula_that_an_order_says_whole_has_its_published_figures(number, name, changes, found, dates):
    plan, _ = planned_with_reasons(PREPARATIONS["liquid"], order_of(name, changes, dates), LIBRARY)
    if found.endswith(" mg"):
        assert plan.source.drug_needed.value == Fraction(found.removesuffix(" mg"))
    else:
        assert plan.source.tablets.exact.value == plan.source.tablets.number == int(found)
    kept = {at.storage: at.date for at in (plan.beyond_use.chosen, *plan.beyond_use.elsewhere)}
    for place, lasts in dates:
        days = int(lasts) / 24 if isinstance(lasts, str) else lasts
        assert kept[place] is None or kept[place] <= date.fromisoformat(MADE) + timedelta(days=days)


def test_capsules_and_household_water_have_theirs_too():
    for _, name, changes, drug in CAPSULES:
        plan, _ = planned_with_reasons(PREPARATIONS["capsule"], order_of(name, changes), LIBRARY)
        assert plan.powder.drug_needed.value == Fraction(drug.removesuffix(" mg")), name
    plan, _ = planned_with_reasons(PREPARATIONS["liquid"], HOUSEHOLD, LIBRARY)
    assert (plan.source.tablets.number, plan.beyond_use.date) == (1, date(2026, 12, 12))


def test_all_42_are_accounted_for_and_thirty_can_be_said_whole():
    whole = {number for number, *_ in (*WHOLE, *CAPSULES)} | {39}
    assert sorted((*whole, *UNSEEN, *PART, *NOT)) == list(range(1, 43))
    assert len(whole) + len(UNSEEN) >= 30
    assert len(whole) >= 26
