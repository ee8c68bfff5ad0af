"""Every bound of an oral liquid, tried just inside, exactly on and just outside, in every unit that its field takes.

The values come from the records of `calc.limits`, which are held to what the contract says in words; what must happen
on each side of them comes from the contract too, and is counted here in plain fractions.
"""

import operator
from datetime import date, timedelta
from fractions import Fraction

import pytest

from calc import limits
from tests.orders.test_fields_left_out import GONE, at, with_all
from tests.support.bounds import MASSES, VOLUMES, Probe, around, faults_of, means_the_same, written
from tests.support.client import ask_api, make_client
from tests.support.pages import assert_no_result_json

#: Of a drug without a file: no range of doses and no known strength stands in the way. A dose is 0.9 mL, on a mark.
BASE = {
    "preparation": "liquid",
    "drug": {"name": "another drug"},
    "dose": "4.5 mg",
    "strength": "5 mg",
    "volume": "20 mL",
    "doses_per_day": 1,
    "prepared_on": "2026-11-25",
    "source": {"strength": "50 mg"},
    "vehicle": {"name": "suspending vehicle"},
}
COARSE = [{"capacity": "10 mL", "graduation": "1 mL"}]
#: What the contract names: the common set of syringes, and the strengths that are round.
SYRINGES = [("1", "0.01"), ("3", "0.1"), ("5", "0.2"), ("10", "0.5")]
ROUND_STRENGTHS = ["1", "1.5", "2", "2.5", "3", "4", "5", "6", "7.5", "8"]
FINE = [{"capacity": "60 mL", "graduation": "0.001 mL"}]


@pytest.fixture(scope="module")
def client():
    return make_client()


def value_of(name):
    """The value of a bound, in the unit of the record."""
    return getattr(limits, name).value.value


def ml(number):
    return f"{written(Fraction(number))} mL"


# The ranges of the fields: outside them the field is the fault `out_of_range`, and nothing is planned.

#: The ranges that only a liquid takes, by their fields; a syringe is tried as the first of its list.
RANGES = {**limits.LIQUID_RANGES, "doses_per_day": limits.RANGES["doses_per_day"]}
del RANGES["ingredients.volume"]  # `tests/capsule/test_ingredients.py` tries it
PATHS = {name: name.replace("syringes.", "syringes.0.").replace("parts.", "parts.0.") for name in RANGES}
#: The label of tablets so strong is read again.
LABEL_READ = [{"code": "strong_tablet", "value": "2000 mg", "reason": "label_checked"}]
#: With what each end of a range makes a liquid: a dose of less than the whole, of no fewer than one mark.
BESIDE = {
    **{
        ("source.capsules_used", end): {
            "strength": GONE,
            "source": {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": "50 mg"},
            "volume": "20 mL" if end == "low" else "2 L",
        }
        for end in ("low", "high")
    },
    ("source.tablets_used", "low"): {"strength": GONE},
    ("source.tablets_used", "high"): {"strength": GONE, "volume": "2 L"},
    ("strength", "low"): {"dose": "0.02 mcg"},
    ("strength", "high"): {"dose": "1 g", "source.strength": "2 g", "acknowledgements": LABEL_READ},
    **{
        ("vehicle.parts.share", end): {"vehicle": {"parts": [{"name": name, "share": 1} for name in "ab"]}}
        for end in ("low", "high")
    },
    **{
        ("vehicle.parts.volume", end): {
            "vehicle": {"parts": [{"name": "a", "volume": "1 mL"}, {"name": "b", "to_volume": "yes"}]},
            "volume": "2 L",
        }
        for end in ("low", "high")
    },
    ("syringes.capacity", "low"): {"syringes": [{"capacity": "0.1 mL", "graduation": "0.1 mL"}]},
    ("syringes.capacity", "high"): {"syringes": [{"capacity": "60 mL", "graduation": "0.1 mL"}]},
    ("syringes.graduation", "low"): {"syringes": [{"capacity": "1 mL", "graduation": "0.001 mL"}]},
    ("syringes.graduation", "high"): {
        "syringes": [{"capacity": "60 mL", "graduation": "10 mL"}],
        "dose": "60 mg",
        "volume": "100 mL",
    },
}


def in_hand(bound):
    """The value of an end in mg, in mL or as a count, and the units that its field takes."""
    for units in (MASSES, VOLUMES):
        if bound.unit.code in units:
            return bound.value * units[bound.unit.code], units
    return bound.value, {}


def uneven(tree):
    """The fault of a first syringe whose capacity is no whole number of its graduations, both of them in range."""
    sizes = []
    for name in ("capacity", "graduation"):
        number, unit = at(tree, f"syringes.0.{name}").split()
        sizes.append(Fraction(number) * VOLUMES[unit])
    whole = (sizes[0] / sizes[1]).denominator == 1
    return [] if whole else [("graduation_uneven", "syringes.0.graduation")]


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("name", RANGES)
def test_a_field_takes_its_range_with_both_ends_and_nothing_beyond(client, name, end):
    path, record = PATHS[name], RANGES[name]
    order = with_all(BASE, BESIDE.get((name, end), {}))
    low, units = in_hand(record.low)
    high, _ = in_hand(record.high)
    tried = set()
    for value, means in around(low if end == "low" else high, units):
        tree = with_all(order, {path: value})
        answer = ask_api(client, tree)
        if low <= means <= high:
            faults = uneven(tree) if "syringes" in path else []
            assert faults_of(answer) == faults, value
            assert answer.status_code == (422 if faults else 200), value
            tried.add("uneven" if faults else "taken")
            if not faults:
                assert means_the_same(at(answer.get_json()["order"], path), means, units)
        else:
            tried.add("refused")
            code = "zero_not_allowed" if means == 0 else "out_of_range"
            assert answer.status_code == 422
            assert faults_of(answer) == [(code, path)], value
        if answer.status_code == 422:
            assert_no_result_json(answer)
    assert {"taken", "refused"} <= tried <= {"taken", "refused", *(["uneven"] if "syringes" in path else [])}


@pytest.mark.parametrize("number", [0, 1, limits.MOST_SYRINGES, limits.MOST_SYRINGES + 1, 40])
@pytest.mark.parametrize("syringe", [COARSE[0], {}], ids=["good", "without anything"])
def test_an_order_takes_one_syringe_to_ten_and_a_longer_list_is_one_fault(client, number, syringe):
    answer = ask_api(client, with_all(BASE, {"dose": "5 mg", "syringes": [syringe] * number}))
    if 1 <= number <= 10:
        blank = [] if syringe else [("required", f"syringes.{n}.{name}") for n in range(number) for name in COARSE[0]]
        assert sorted(faults_of(answer)) == sorted(blank)
        assert answer.status_code == (200 if syringe else 422)
    else:
        assert faults_of(answer) == [("list_too_long" if number else "required", "syringes")]
        assert answer.status_code == 422
    if answer.status_code == 422:
        assert_no_result_json(answer)


@pytest.mark.parametrize(("name", "outside"), [("EARLIEST_DATE", -1), ("LATEST_DATE", 1)])
def test_the_expiry_of_a_vehicle_ends_at_its_written_bound(client, name, outside):
    bound = date.fromisoformat(getattr(limits, name))
    for days in (-1, 0, 1):
        expiry = bound + timedelta(days=days)
        for typed in (expiry.isoformat(), expiry.isoformat()[:7]):
            answer = ask_api(client, with_all(BASE, {"vehicle.expiry": typed}))
            # A month ends on its last day, which is in range as long as its first day is.
            beyond = days == outside and (len(typed) > 7 or expiry.month != bound.month)
            assert faults_of(answer) == ([("out_of_range", "vehicle.expiry")] if beyond else []), typed
            if beyond:
                assert_no_result_json(answer)


# The bounds of the rules: what is said changes exactly at the value.


def signs(answer):
    """What an answer shows, in short: faults, stops, notices, the bottle, other strengths, whole-tablet volumes."""
    body = answer.get_json()
    found = {("fault", fault["code"], fault["field"]) for fault in body.get("faults", ())}
    found |= {("stop", stop["code"], stop["field"], stop["severity"]) for stop in body.get("stops", ())}
    if "plan" in body:
        plan = body["plan"]
        found |= {("notice", notice["code"]) for notice in plan["notices"]}
        found |= {("other", Fraction(each["strength"]["exact"])) for each in plan["other_strengths"]}
        found |= {
            ("whole", each["tablets"], Fraction(each["volume"]["exact"])) for each in plan["whole_tablet_volumes"]
        }
        near = plan["nearly_whole_tablets"]
        found |= set() if near is None else {("near", near["tablets"])}
        found.add(("bottle", Fraction(plan["bottle"]["capacity"]["exact"]), plan["bottle"]["count"]))
        found.add(("mixed", plan["vehicle"]["mixed"] and Fraction(plan["vehicle"]["mixed"]["exact"])))
        found.add(("fillings", plan["syringe"]["fillings"], Fraction(plan["syringe"]["capacity"]["exact"])))
    return found


below, above, at_most, at_least = operator.lt, operator.gt, operator.le, operator.ge


def dose_volume(name, where):
    """ "Below 0.1 or above 10 mL": of 1 mg in 1 mL as many mg as mL; a weaker liquid of the same dose is more of it."""
    volume, sign = value_of(name), ("notice", "dose_volume_unusual")
    tree = with_all(BASE, {"strength": "1 mg", "volume": "100 mL"})
    yield Probe(tree, "dose", volume, where, sign, MASSES)
    other_way = above if where is below else below
    heavy = with_all(BASE, {"volume": "100 mL", "source.strength": "100 mg"})
    yield Probe(heavy, "strength", Fraction("4.5") / volume, other_way, sign, MASSES)


def days_of_doses(name, first_usual, where, each_day, usual_each_day):
    """ "Fewer than 5 or more than 120 days": doses of 1 mL, counted in whole days."""
    sign = ("notice", "days_unusual")
    order = with_all(BASE, {"dose": "5 mg"})
    yield Probe(order, "volume", value_of(name) + first_usual, where, sign, VOLUMES)
    # Twelve doses are six days, four days, three; 242 are 242, 121, 80.
    tree = with_all(order, {"volume": ml(each_day), "doses_per_day": 1})
    yield Probe(tree, "doses_per_day", Fraction(usual_each_day), above if where is below else at_most, sign, {})


def other_strengths(name):
    """ "From c / 5 to 5 c, both included": of 6 mg 1 mg in 1 mL is 6 marks; of 4.5 mg 5 mg in 1 mL is 90 marks."""
    if name == "OTHER_STRENGTH_LOW":
        order = with_all(BASE, {"dose": "6 mg", "syringes": COARSE})
        return Probe(order, "strength", 1 / value_of(name), at_most, ("other", Fraction(1)), MASSES)
    return Probe(BASE, "strength", 5 / value_of(name), at_least, ("other", Fraction(5)), MASSES)


def bottles():
    """ "The smallest of which V fills at most nine tenths; above 432 mL the least number of 480 mL bottles"."""
    sizes, filled = [size.value for size in limits.BOTTLES.values], value_of("BOTTLE_FILLED")
    for size, larger in zip(sizes, [*sizes[1:], None], strict=True):
        yield Probe(BASE, "volume", filled * size, at_most, ("bottle", size, 1), VOLUMES)
        next_one = ("bottle", larger, 1) if larger else ("bottle", size, 2)
        yield Probe(BASE, "volume", filled * size, above, next_one, VOLUMES)
    for count in (2, 3, 4):
        yield Probe(BASE, "volume", filled * sizes[-1] * count, at_most, ("bottle", sizes[-1], count), VOLUMES)
        yield Probe(BASE, "volume", filled * sizes[-1] * count, above, ("bottle", sizes[-1], count + 1), VOLUMES)
    yield Probe(BASE, "volume", filled * sizes[-1], above, ("notice", "several_bottles"), VOLUMES)


def whole_tablets():
    """ "The largest at or below the exact number and the next two above it": 50 mg make 10 mL, so 20 mL are two."""
    last = 2 + int(value_of("WHOLE_TABLETS_ABOVE"))
    yield Probe(BASE, "volume", Fraction(20), at_least, ("whole", last, Fraction(10 * last)), VOLUMES)
    yield Probe(BASE, "volume", Fraction(20), below, ("whole", 1, Fraction(10)), VOLUMES)


def nearly_whole():
    """ "At most N / 1000": 10 mL of 5 mg in 1 mL take a tablet of 50 mg, so 1,000 mL take a hundred of them."""
    least, most = (100 * 10 * (1 + side * value_of("NEARLY_WHOLE")) for side in (-1, 1))
    yield Probe(BASE, "volume", least, at_least, ("near", 100), VOLUMES)
    yield Probe(BASE, "volume", most, at_most, ("near", 100), VOLUMES)


def thick_liquid():
    """ "More than half a tablet in 1 mL (exactly half is taken)": tablets of 50 mg, then of 5 mg in 1 mL."""
    most, sign = value_of("THICK_LIQUID"), ("stop", "thick_liquid", "strength", "soft")
    yield Probe(BASE, "strength", 50 * most, above, sign, MASSES)
    yield Probe(BASE, "source.strength", 5 / most, below, sign, MASSES)


def shares():
    """ "Rounded up to 1 mL where V / S is at least 10 mL, else to 0.1 mL": two shares of a little more than 20 mL."""
    order = with_all(BASE, BESIDE["vehicle.parts.share", "low"])
    yield Probe(order, "volume", 2 * value_of("SHARE_MEASURED_WHOLE"), above, ("mixed", Fraction(22)), VOLUMES)


#: A dose typed in mL: 2 L of 5 mg in 1 mL would be 10 g, the most that is taken as a mass, too.
OUTSIDE, WEAK = ("fault", "out_of_range", "dose"), with_all(BASE, {"strength": "0.5 mg", "volume": "2 L"})


#: How each bound shows itself, by the name of its record.
BOUNDS = {
    "DOSE_TYPED_LOW": [Probe(BASE, "dose", Fraction(1, 1000), below, OUTSIDE, {"mL": Fraction(1)})],
    "DOSE_TYPED_HIGH": [Probe(WEAK, "dose", Fraction(2000), above, OUTSIDE, VOLUMES)],
    "THICK_LIQUID": [*thick_liquid()],
    "DOSE_VOLUME_LOW": [*dose_volume("DOSE_VOLUME_LOW", below)],
    "DOSE_VOLUME_HIGH": [*dose_volume("DOSE_VOLUME_HIGH", above)],
    "DAYS_OF_DOSES_LOW": [*days_of_doses("DAYS_OF_DOSES_LOW", 0, below, 12, 2)],
    # Not before the hundred and twenty-first day is whole.
    "DAYS_OF_DOSES_HIGH": [*days_of_doses("DAYS_OF_DOSES_HIGH", 1, at_least, 242, 2)],
    "OTHER_STRENGTH_LOW": [other_strengths("OTHER_STRENGTH_LOW")],
    "OTHER_STRENGTH_HIGH": [other_strengths("OTHER_STRENGTH_HIGH")],
    "BOTTLE_FILLED": [*bottles()],
    "WHOLE_TABLETS_ABOVE": [*whole_tablets()],
    "NEARLY_WHOLE": [*nearly_whole()],
    "SHARE_MEASURED_WHOLE": [*shares()],
}


@pytest.mark.parametrize("name", BOUNDS)
def test_a_rule_changes_its_mind_exactly_at_its_bound(client, name):
    for probe in BOUNDS[name]:
        seen = set()
        for value, means in around(probe.at, probe.units, probe.step):
            wanted = probe.where(means, probe.at)
            shown = signs(ask_api(client, with_all(probe.order, {probe.path: value})))
            assert (probe.sign in shown) == wanted, (probe.path, value, shown)
            seen.add(wanted)
        assert seen == {True, False}, "the bound was never passed"


@pytest.mark.parametrize("place", range(4))
def test_a_syringe_holds_its_own_capacity_and_no_more(client, place):
    """A liquid of 1 mg in 1 mL: the smallest that holds the dose, and above the largest two fillings of that."""
    sizes = [Fraction(capacity) for capacity, _ in SYRINGES]
    after = (1, sizes[place + 1]) if place < 3 else (2, sizes[3])
    for value, means in around(sizes[place], MASSES):
        shown = signs(ask_api(client, with_all(BASE, {"strength": "1 mg", "volume": "100 mL", "dose": value})))
        wanted = (1, sizes[place]) if means <= sizes[place] else after
        assert [sign[1:] for sign in shown if sign[0] == "fillings"] == [wanted], value


@pytest.mark.parametrize(
    ("dose", "strength", "syringes", "named", "outside"),
    [
        # 0.008 mcg are 8 marks of 0.001 mcg in 1 mL, and would be 10 of 0.0008 mcg.
        ("0.008 mcg", "0.003 mcg", COARSE, "1/1000000", "1/1250000"),
        # 6 g are 6 marks of 1 g in 1 mL, and would be 4 of 1.5 g.
        ("6 g", "0.8 g", COARSE, "1000", "1500"),
    ],
)
def test_no_strength_is_named_that_an_order_does_not_take(client, dose, strength, syringes, named, outside):
    order = with_all(BASE, {"dose": dose, "strength": strength, "syringes": syringes, "source.strength": "2 g"})
    order |= {"acknowledgements": LABEL_READ}
    shown = signs(ask_api(client, with_all(order, {"volume": "100 mL"})))
    assert ("other", Fraction(named)) in shown
    assert ("other", Fraction(outside)) not in shown


def test_every_round_strength_is_named_where_its_dose_is_on_a_mark(client):
    """12 mg are whole marks of 0.001 mL at each of these, from 1.1 / 5 to 5 x 1.1 mg in 1 mL, and not at 1.1."""
    wanted = [Fraction(number) * power for number in ROUND_STRENGTHS for power in (Fraction(1, 10), 1, 10)]
    answer = ask_api(client, with_all(BASE, {"dose": "12 mg", "strength": "1.1 mg", "syringes": FINE}))
    named = [Fraction(each["strength"]["exact"]) for each in answer.get_json()["plan"]["other_strengths"]]
    assert named == sorted(value for value in wanted if Fraction("0.22") <= value <= Fraction("5.5"))
    assert len(named) == 14


@pytest.mark.parametrize(("volume", "tablets"), [("1950 mL", [195, 196, 197]), ("1990 mL", [199, 200]), ("2 L", [200])])
def test_whole_tablets_are_named_up_to_what_a_liquid_may_be_brought_to(client, volume, tablets):
    shown = signs(ask_api(client, with_all(BASE, {"volume": volume})))
    assert {sign[1:] for sign in shown if sign[0] == "whole"} == {(number, 10 * number) for number in tablets}


@pytest.mark.parametrize(("volume", "tablets"), [("19 mL", [1, 2, 3]), ("9 mL", [1, 2])])
def test_no_volume_of_no_tablet_is_named(client, volume, tablets):
    """50 mg make 10 mL of 5 mg in 1 mL; none at all would make 0 mL, which no liquid is brought to."""
    shown = signs(ask_api(client, with_all(BASE, {"volume": volume})))
    assert {sign[1:] for sign in shown if sign[0] == "whole"} == {(number, 10 * number) for number in tablets}


# No record goes untested, and each is what the contract says in words.

CONTRACT = {
    "DOSE_TYPED_LOW": "0.001",
    "DOSE_TYPED_HIGH": "2",
    "THICK_LIQUID": "1/2",
    "DOSE_VOLUME_LOW": "0.1",
    "DOSE_VOLUME_HIGH": "10",
    "DAYS_OF_DOSES_LOW": "5",
    "DAYS_OF_DOSES_HIGH": "120",
    "OTHER_STRENGTH_LOW": "1/5",
    "OTHER_STRENGTH_HIGH": "5",
    "BOTTLE_FILLED": "9/10",
    "WHOLE_TABLETS_ABOVE": "2",
    "NEARLY_WHOLE": "1/1000",
    "SHARE_MEASURED_WHOLE": "10",
}
#: The same of what is a table and no single value; each is looked for in the answers as well.
SAID_WHOLE = {
    "LIQUID_RANGES": {
        "strength": (Fraction(1, 1_000_000), Fraction(1000)),
        "source.tablets_used": (Fraction(1), Fraction(1000)),
        "source.capsules_used": (Fraction(1), Fraction(1000)),
        "volume": (Fraction(1), Fraction(2000)),
        "ingredients.volume": (Fraction("0.01"), Fraction(1000)),
        "vehicle.parts.share": (Fraction(1), Fraction(20)),
        "vehicle.parts.volume": (Fraction("0.1"), Fraction(1900)),
        "syringes.capacity": (Fraction("0.1"), Fraction(60)),
        "syringes.graduation": (Fraction("0.001"), Fraction(10)),
    },
    "MOST_SYRINGES": 10,
    "MOST_PARTS": 4,
    "SHARE_STEPS": [Fraction("0.1"), 1],
    "VEHICLE_BEFORE_TABLE": {"vehicle.aqueous": "yes", "vehicle.preserved": "no"},
    "SYRINGES": [{"capacity": f"{capacity} mL", "graduation": f"{mark} mL"} for capacity, mark in SYRINGES],
    "ROUND_STRENGTHS": [Fraction(number) for number in ROUND_STRENGTHS],
    "BOTTLES": [30, 60, 90, 120, 180, 240, 360, 480],
    "STORAGE_AQUEOUS": "refrigerator",
    "STORAGE_NONAQUEOUS": "room temperature",
    "LIQUID_DEFAULTS": {"vehicle.aqueous": "yes", "vehicle.preserved": "no", "doses_per_day": 1},
    "LIQUID_BECAUSE": {"vehicle.aqueous", "vehicle.preserved", "doses_per_day", "syringes"},
    "LIQUID_CLASSES": {("yes", "no"): 14, ("yes", "yes"): 35, ("no", "no"): 90, ("no", "yes"): 90},
}


def test_each_bound_is_what_the_contract_says():
    assert {name: value_of(name) for name in BOUNDS} == {name: Fraction(said) for name, said in CONTRACT.items()}
    assert {name: (in_hand(each.low)[0], in_hand(each.high)[0]) for name, each in limits.LIQUID_RANGES.items()} == (
        SAID_WHOLE["LIQUID_RANGES"]
    )
    for name in ("ROUND_STRENGTHS", "BOTTLES", "SHARE_STEPS"):
        assert [size.value for size in getattr(limits, name).values] == SAID_WHOLE[name]
    for name in (
        "MOST_SYRINGES",
        "MOST_PARTS",
        "VEHICLE_BEFORE_TABLE",
        "SYRINGES",
        "STORAGE_AQUEOUS",
        "STORAGE_NONAQUEOUS",
    ):
        assert getattr(limits, name) == SAID_WHOLE[name]
    assert limits.LIQUID_BECAUSE.keys() == SAID_WHOLE["LIQUID_BECAUSE"]


def test_what_an_order_does_not_say_is_filled_in_as_the_contract_says(client):
    bare = {name: value for name, value in BASE.items() if name != "doses_per_day"}
    answer = ask_api(client, bare).get_json()
    wanted = SAID_WHOLE["LIQUID_DEFAULTS"] | {"syringes": SAID_WHOLE["SYRINGES"]}
    assert {path: at(answer["order"], path) for path in wanted} == wanted
    assert wanted.keys() <= set(answer["defaults"])
    # Beside what capsules take as well nothing else is filled in.
    assert limits.LIQUID_DEFAULTS.keys() - limits.DEFAULTS.keys() == wanted.keys()


@pytest.mark.parametrize(("aqueous", "preserved"), SAID_WHOLE["LIQUID_CLASSES"])
def test_a_liquid_has_the_date_and_the_place_of_its_class(client, aqueous, preserved):
    assert SAID_WHOLE["LIQUID_CLASSES"].keys() == limits.LIQUID_CLASSES.keys()
    vehicle = {"name": "suspending vehicle", "aqueous": aqueous, "preserved": preserved}
    body = ask_api(client, with_all(BASE, {"vehicle": vehicle})).get_json()
    days = SAID_WHOLE["LIQUID_CLASSES"][aqueous, preserved]
    assert body["plan"]["beyond_use"]["date"] == (date(2026, 11, 24) + timedelta(days=days)).isoformat()
    place = SAID_WHOLE["STORAGE_AQUEOUS" if aqueous == "yes" else "STORAGE_NONAQUEOUS"]
    assert body["order"]["vehicle"]["storage"] == place
