"""Beyond-use dates by studies, monographs and recipes: what sets, shortens and lengthens them, at each storage.

Every last day was counted by hand in a calendar, with the day of making, 2026-11-29, as day 1: 14 days end on
2026-12-12, 23 on 12-21, 28 on 12-26, 30 on 12-28, 35 on 2027-01-02, 45 on 01-12, 60 on 01-27, 91 on 02-27 and 180 on
05-27.
"""

from datetime import date, timedelta

import pytest

from calc import limits
from calc.arithmetic.units import DAY, figure
from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.faults import Refused
from calc.library import load
from calc.liquid.answer import answer as liquid_answer
from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid
from tests.planning.test_published_dates import (
    CAPSULES,
    COLD,
    HUMCO,
    LYE,
    MADE,
    PUBLISHED,
    ROOM,
    reasons_for_it,
    stored,
)
from tests.planning.test_published_dates import LIQUID_ORDER as PLAIN_LIQUID

LIBRARY = load()
FROZEN = "freezer"
PROVEN = {"stability_indicating": "yes", "microbial": "yes", "container": "amber glass"}
#: Not the strength that the drug's file has studies of.
LIQUID_ORDER = {**PLAIN_LIQUID, "strength": "2 mg"}
UNPRESERVED = {**LIQUID_ORDER, "vehicle": {"name": "water"}}
OIL = {**LIQUID_ORDER, "vehicle": {"name": "oil", "aqueous": "no"}}


def item(storage, days=None, hours=None, **more):
    lasts = {"days": days} if hours is None else {"hours": hours}
    return {**lasts, "storage": storage, "reference": "J Pharm 2018", **more}


def planned(tree, *studies, **more):
    tree = {**tree, "beyond_use": {**tree.get("beyond_use", {}), "studies": list(studies), **more}}
    if tree.get("preparation") == "liquid":
        return plan_liquid(LiquidOrder.read(tree, LIBRARY, today=date.fromisoformat(MADE)), LIBRARY)
    return plan(Order.read(tree, LIBRARY, today=date.fromisoformat(MADE)), LIBRARY)


def shown(tree, *studies, **more):
    """What JSON says of the date."""
    made = planned(tree, *studies, **more)
    return (liquid_answer if "preparation" in tree else answer)(made)["plan"]["beyond_use"]


def codes(made):
    return [notice.code.value for notice in made.notices if notice.code.value.endswith("_date")]


#: The order, what was published, the date at the storage chosen, what binds it, and the notice on it.
RULED = [
    # A monograph sets the date, up or down, of several the earliest; a shorter study or recipe still binds.
    (LIQUID_ORDER, [item(COLD, 60, kind="monograph")], "2027-01-27", "monograph", ["longer_date"]),
    (LIQUID_ORDER, [item(COLD, 14, kind="monograph")], "2026-12-12", "monograph", []),
    (LIQUID_ORDER, [item(COLD, d, kind="monograph") for d in (91, 60)], "2027-01-27", "monograph", ["longer_date"]),
    (LIQUID_ORDER, [item(COLD, 60, kind="monograph"), item(COLD, 45)], "2027-01-12", "study", ["longer_date"]),
    (LIQUID_ORDER, [item(COLD, 60, kind="monograph"), item(COLD, 14, kind="recipe")], "2026-12-12", "recipe", []),
    (LIQUID_ORDER, [item(COLD, 30, kind="monograph"), item(COLD, 91, **PROVEN)], "2026-12-28", "monograph", []),
    # A study lengthens with all of its proof, and with nothing less; unknown counts as no.
    (LIQUID_ORDER, [item(COLD, 91, **PROVEN)], "2027-02-27", "study", ["longer_date"]),
    (LIQUID_ORDER, [item(COLD, d, **PROVEN) for d in (91, 60)], "2027-01-27", "study", ["longer_date"]),
    (LIQUID_ORDER, [item(COLD, 91, **{**PROVEN, "microbial": "unknown"})], "2027-01-02", "default", []),
    (LIQUID_ORDER, [item(COLD, 91, **{**PROVEN, "stability_indicating": "no"})], "2027-01-02", "default", []),
    (LIQUID_ORDER, [item(COLD, 91, **{**PROVEN, "container": None})], "2027-01-02", "default", []),
    (LIQUID_ORDER, [item(COLD, 91, **PROVEN, kind="recipe")], "2027-01-02", "default", []),
    (LIQUID_ORDER, [item(COLD, 91, **PROVEN), item(COLD, 30)], "2026-12-28", "study", []),
    # Without water nobody asks for germs: 91 days beside the 90 of an oil, which end on 2027-02-26.
    (OIL, [item(ROOM, 91, **{**PROVEN, "microbial": "unknown"})], "2027-02-27", "study", ["longer_date"]),
    # A study of another storage says nothing here.
    (LIQUID_ORDER, [item(ROOM, 91, **PROVEN)], "2027-01-02", "default", []),
    # Nothing goes beyond 180 days, nor beyond the expiry of a component.
    (LIQUID_ORDER, [item(COLD, 181, **PROVEN)], "2027-05-27", "ceiling", ["longer_date"]),
    (LIQUID_ORDER, [item(COLD, 180, **PROVEN)], "2027-05-27", "study", ["longer_date"]),
    (LIQUID_ORDER, [item(COLD, 360, kind="monograph")], "2027-05-27", "ceiling", ["longer_date"]),
    (
        {**LIQUID_ORDER, "source": {"expiry": "2027-01-31"}},
        [item(COLD, 91, **PROVEN)],
        "2027-01-31",
        "tablets",
        ["longer_date"],
    ),
    # Unpreserved with water at room temperature: a study with proof, or a bare one for at most the 14 days of the cold.
    (stored(UNPRESERVED, ROOM), [item(ROOM, 60, **PROVEN)], "2027-01-27", "study", ["longer_date"]),
    (stored(UNPRESERVED, ROOM), [item(ROOM, 5)], "2026-12-03", "study", ["unproven_date"]),
    (stored(UNPRESERVED, ROOM), [item(ROOM, 60)], "2026-12-12", "default", ["unproven_date"]),
    (stored(UNPRESERVED, ROOM), [item(ROOM, 60, container="jar")], "2026-12-12", "default", ["unproven_date"]),
    (stored(UNPRESERVED, ROOM), [item(ROOM, 60, kind="monograph")], "2027-01-27", "monograph", ["longer_date"]),
    (stored(UNPRESERVED, ROOM), [item(ROOM, 5, kind="recipe")], None, "none", []),
    # Capsules: the table knows no freezer, and 180 days are their general limit as well.
    ({**CAPSULES, "beyond_use": {"storage": COLD}}, [item(COLD, 60)], "2027-01-27", "study", []),
    ({**CAPSULES, "beyond_use": {"storage": FROZEN}}, [], None, "none", []),
    ({**CAPSULES, "beyond_use": {"storage": FROZEN}}, [item(FROZEN, 60)], "2027-01-27", "study", ["unproven_date"]),
    (CAPSULES, [item(ROOM, 360, stability_indicating="yes", container="jar")], "2027-05-27", "ceiling", []),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "studies", "last", "by", "notices"), RULED)
def test_what_was_published_sets_shortens_or_lengthens_the_date(tree, studies, last, by, notices):
    made = planned(tree, *studies)
    assert (made.beyond_use.date and made.beyond_use.date.isoformat(), codes(made)) == (last, notices)
    assert shown(tree, *studies)["bound_by"] == by


def test_the_ceiling_is_180_days():
    assert limits.DATE_CEILING.value == figure(180, DAY)


def test_each_storage_that_a_publication_names_has_a_date_of_its_own_and_the_chosen_one_stands_first():
    """Mycophenolate 100 mg/mL: 120 days cold, 28 at room temperature; nothing was published on it frozen."""
    tree = reasons_for_it(PUBLISHED["mycophenolate AHS84 100 mg/mL"])
    studies = [item(COLD, 120, kind="recipe"), item(ROOM, 28, kind="recipe"), item(FROZEN, 28, kind="recipe")]
    cold = {"storage": COLD, "date": "2027-01-02", "hours": None, "bound_by": "default"}
    room = {"storage": ROOM, "date": "2026-12-26", "hours": None, "bound_by": "recipe"}
    frozen = {"storage": FROZEN, "date": None, "hours": None, "bound_by": "none"}
    longer = {"by": "recipe", "date": "2027-03-28"}
    limit = {"by": "default", "date": "2027-01-02"}
    kept = [{**cold, "others": [longer]}, {**room, "others": [limit]}]
    kept.append({**frozen, "others": [{"by": "recipe", "date": "2026-12-26"}]})
    said = shown(stored(tree, COLD), *studies)
    assert said == {**{name: kept[0][name] for name in ("date", "bound_by", "others", "hours")}, "by_storage": kept}
    said = shown(stored(tree, ROOM), *studies)
    assert said["date"] == "2026-12-26"
    assert said["by_storage"] == [kept[1], kept[0], kept[2]]


#: Hours, and the last whole day that ends before they can: made as November 29 begins, 48 hours end with November 30.
HOURS = [
    (1, "2026-11-29"),
    (23, "2026-11-29"),
    (24, "2026-11-29"),
    (47, "2026-11-29"),
    (48, "2026-11-30"),
    (71, "2026-11-30"),
    (240, "2026-12-08"),
]


@pytest.mark.parametrize(("hours", "last"), HOURS)
@pytest.mark.parametrize("counting", ["day 0", "day 1"])
def test_hours_end_no_later_than_published_whenever_on_its_day_it_was_made(hours, last, counting):
    said = shown(UNPRESERVED, item(COLD, hours=hours), counting=counting)
    assert (said["date"], said["hours"], said["bound_by"]) == (last, hours, "study")
    if hours >= 24:  # the day ends, at the latest, as the hours of what was made at its beginning do
        assert date.fromisoformat(last) + timedelta(days=1) <= date.fromisoformat(MADE) + timedelta(hours=hours)


def test_hours_stand_beside_the_date_only_where_they_can_end_before_it_does():
    """Two days as day 1 end on November 30, and so do 48 hours of what was made as November 29 began."""
    of_days = item(COLD, 2)
    assert shown(UNPRESERVED, of_days, item(COLD, hours=48))["hours"] is None
    assert shown(UNPRESERVED, of_days, item(COLD, hours=47))["hours"] == 47
    assert shown(UNPRESERVED, item(COLD, hours=48), item(COLD, hours=72))["hours"] == 48
    assert shown(UNPRESERVED, item(COLD, hours=48), item(ROOM, hours=24))["by_storage"][1]["hours"] == 24


#: The eight formulas whose published date was earlier than the program's, and others of the same lists: the order, what
#: was published for it, and the last day that each storage may have, counted from the day of making as day 1.
FORMULAS = [
    (PUBLISHED["oseltamivir AHS458 6 mg/mL"], [(ROOM, 5, "2026-12-03"), (COLD, 35, "2027-01-02")]),
    (PUBLISHED["enalapril AHS19"], [(ROOM, 60, "2027-01-02"), (COLD, 60, "2027-01-02")]),
    (PUBLISHED["methimazole AHS264 3 mg/mL"], [(COLD, 30, "2026-12-12")]),
    (PUBLISHED["spironolactone eMixt A"], [(COLD, 30, "2026-12-28"), (ROOM, 30, "2026-12-28")]),
    (PUBLISHED["mycophenolate AHS84 100 mg/mL"], [(COLD, 120, "2027-01-02"), (ROOM, 28, "2026-12-26")]),
    (PUBLISHED["mycophenolate AHS203 10 mg/mL"], [(COLD, 30, "2026-12-28")]),
    (PUBLISHED["captopril AHS207"], [(COLD, 56, "2026-12-12"), (ROOM, 28, "2026-12-12")]),
    (HUMCO, [(COLD, 23, "2026-12-21"), (ROOM, 8, "2026-12-06")]),
    (LYE, [(COLD, 30, "2026-12-28")]),
    (PUBLISHED["hydralazine USP 0.4 %"], [(COLD, 30, "2026-12-28")]),
]


def test_no_formula_prints_a_later_date_than_published_at_any_storage():
    for tree, said in FORMULAS:
        studies = [item(storage, days) for storage, days, _ in said]
        for storage, _, _ in said:
            tree = reasons_for_it(stored(tree, storage))
            by_storage = shown(tree, *studies)["by_storage"]
            assert {each["storage"]: each["date"] for each in by_storage} == {place: day for place, _, day in said}
        for _, days, day in said:
            assert (date.fromisoformat(day) - date.fromisoformat(MADE)).days < days
    # Ramipril 10 mcg/mL: 48 hours cold, 24 at room temperature.
    ramipril = reasons_for_it(PUBLISHED["ramipril AHS257 10 mcg/mL"])
    for storage, last, hours in ((COLD, "2026-11-30", 48), (ROOM, "2026-11-29", 24)):
        said = shown(stored(ramipril, storage), item(COLD, hours=48), item(ROOM, hours=24))
        assert (said["date"], said["hours"]) == (last, hours)


@pytest.mark.parametrize(
    ("studies", "fault"),
    [
        ([{"storage": COLD, "reference": "J"}], ("required", "beyond_use.studies.0.days")),
        ([{**item(COLD, 5), "hours": 48}], ("excludes_each_other", "beyond_use.studies.0.hours")),
        ([item(COLD, hours=241)], ("out_of_range", "beyond_use.studies.0.hours")),
        ([item(COLD, hours=0)], ("zero_not_allowed", "beyond_use.studies.0.hours")),
        ([item(COLD, 5), item(COLD, 5, kind="rumor")], ("unknown_choice", "beyond_use.studies.1.kind")),
        ([item(COLD, 5, microbial="maybe")], ("unknown_choice", "beyond_use.studies.0.microbial")),
        ([item(COLD, 5, container="x" * 41)], ("text_too_long", "beyond_use.studies.0.container")),
        ([item(COLD, 5)] * 9, ("list_too_long", "beyond_use.studies")),
    ],
)
def test_a_published_date_that_says_too_much_or_too_little_is_refused(studies, fault):
    for tree in (CAPSULES, LIQUID_ORDER):
        with pytest.raises(Refused) as refused:
            planned(tree, *studies)
        assert [(each.code.value, each.field) for each in refused.value.faults] == [fault]


def test_a_liquid_says_its_storage_of_the_vehicle():
    with pytest.raises(Refused) as refused:
        planned(LIQUID_ORDER, storage=COLD)
    assert [(each.code.value, each.field) for each in refused.value.faults] == [("unknown_field", "beyond_use.storage")]


def test_the_new_names_are_silent_while_they_say_nothing():
    """Spelled out with what is taken where they are left out, they change neither date nor fingerprint."""
    spelled = {"kind": "study", "stability_indicating": "unknown", "microbial": "unknown", "container": None}
    for tree, kind in ((CAPSULES, answer), (LIQUID_ORDER, liquid_answer)):
        said = [kind(planned(tree, item(COLD, 30, **more)))["fingerprint"] for more in ({}, spelled)]
        assert said[0] == said[1] != kind(planned(tree, item(COLD, 30, kind="recipe")))["fingerprint"]
    assert answer(planned(CAPSULES))["fingerprint"] == answer(planned(CAPSULES, storage=ROOM))["fingerprint"]
    assert answer(planned(CAPSULES))["fingerprint"] != answer(planned(CAPSULES, storage=COLD))["fingerprint"]
