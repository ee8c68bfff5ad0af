"""The 42 published formulas that were tried before formulations were data: which of them an order can say now.

`whole`: planned here with the published count or mass, with the vehicle's parts, ingredients and capsules that it has,
and no date later than published at any storage. Amounts that the copies of the first reading lacked were read later, at
the addresses in `READ_AT`. `unseen`: an order has a place for all of it, but an amount was not
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
#: Where amounts that were not seen at first were read, by formula. Of the doxycycline no date was read.
READ_AT = {
    3: "the maker's table, which the recipe cites: theblondepharmacist.com (8 capsules, 7 mL of water, 100 mL)",
    23: "USP 29: pharmacopeia.cn/v29240/usp29nf24s0_m386.html (5 mL of glycerin, 45 mL of the suspension vehicle)",
    24: "USP 32: drugfuture.com/Pharmacopoeia/USP32/pub/data/v32270/usp32nf27s0_m37774.html (0.1 % and 1.0 %)",
    25: "USP of 2025: trungtamthuoc.com/usp-en/doxycycline-compounded-oral-suspension-veterinary",
}
OSELTAMIVIR = {
    "vehicle": {"parts": [{"name": "water", "volume": "7 mL"}, {"name": "cherry syrup", "to_volume": "yes"}]},
    **opened("75 mg"),
}
ATENOLOL = {
    "vehicle": {"parts": [{"name": "Vehicle for Oral Suspension", "volume": "45 mL"},
                          {"name": "Vehicle for Oral Solution, Sugar Free", "to_volume": "yes"}]},
    "ingredients": [{"name": "glycerin", "amount": "5 mL", "role": "wetting agent"}],
    "source": {"kind": "powder", "assay": "100 %"}, "vehicle.storage": ROOM,
}  # fmt: skip
HYDRALAZINE = {
    "strength": "0.1 %", "vehicle": {"name": "purified water"},
    "ingredients": [
        {"name": "sorbitol solution 70 %", "amount": "40 g", "role": "sweetener"},
        {"name": "methylparaben", "amount": "65 mg", "role": "preservative"},
        {"name": "propylparaben", "amount": "35 mg", "role": "preservative"},
        {"name": "propylene glycol", "amount": "10 g"},
        {"name": "aspartame", "amount": "50 mg", "role": "sweetener"},
    ],
}  # fmt: skip
#: 2.5 g of doxycycline as hyclate, of which 1 mg has 870 mcg by a certificate: 2,500 / 0.87 mg, and 0.21 of that of
#: calcium hydroxide, 603 mg. The paraben solution is made before.
DOXYCYCLINE = {
    "forms": {"dose": "doxycycline", "source": "its hyclate", "dose_equals": "870 mcg", "source_equals": "1 mg"},
    "source": {"kind": "powder", "assay": "100 %"},
    "ingredients": [
        {"name": "calcium hydroxide", "amount": "603 mg", "role": "buffer"},
        {"name": "glycerin", "amount": "12.5 mL", "role": "wetting agent"},
        {"name": "polysorbate 20", "amount": "0.063 mL"},
        {"name": "sodium metabisulfite", "amount": "50 mg", "role": "antioxidant"},
        {"name": "carboxymethylcellulose sodium", "amount": "250 mg"},
        {"name": "steviol glycosides 95 %", "amount": "150 mg", "role": "sweetener"},
    ],
}  # fmt: skip
TEN_TABLETS = {"strength": GONE, "source.tablets_used": 10, **ORA}
#: Formula; the order that was tried before, by its name; what it says besides now; tablets or capsules, or mg of drug;
#: the published dates (storage, days; hours as a text).
WHOLE = [
    (1, "loperamide AHS152 0.2 mg/mL", {}, "10", [(COLD, 14)]),
    (3, "oseltamivir AHS458 6 mg/mL", OSELTAMIVIR, "8", [(COLD, 35), (ROOM, 5)]),
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
    (23, "atenolol USP 0.2 %", ATENOLOL, "200 mg", [(ROOM, 60)]),
    (24, "hydralazine USP 0.4 %", HYDRALAZINE, "100 mg", [(COLD, 30)]),
    (25, "doxycycline USP vet 50 mg/mL", DOXYCYCLINE, "250000/87 mg", []),
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
    2: "shares of syrup and water", 5: "amount of water", 9: "amounts of the parts",
    18: "amounts of aspartame and flavor",
}  # fmt: skip
PART = {
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


def test_all_42_are_accounted_for_and_thirty_are_said_whole():
    whole = {number for number, *_ in (*WHOLE, *CAPSULES)} | {39}
    assert whole >= READ_AT.keys()
    assert sorted((*whole, *UNSEEN, *PART, *NOT)) == list(range(1, 43))
    assert len(whole) >= 30
