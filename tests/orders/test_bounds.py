"""Every bound of the program, tried just inside, exactly on and just outside, in every unit that its field takes.

The values come from the records of `calc.limits` and of the drugs' files; those of a liquid alone are tried in
`tests/liquid/test_bounds.py`. What must happen there comes from the rules of the pharmacy
(each probe says which) and is counted here in plain fractions, without the program's own units.
"""

import operator
import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import pytest

from calc import limits
from calc.arithmetic.units import CAPSULE, DAY, HOUR, PERCENT, RATIO, TABLET, TYPED_UNITS, Figure, Unit
from calc.drug import DoseRanges
from calc.library import load
from tests.liquid.test_bounds import BOUNDS as OF_A_LIQUID
from tests.liquid.test_bounds import SAID_WHOLE
from tests.support.bounds import MASSES, SHARES, VOLUMES, Probe, around, faults_of, means_the_same, written
from tests.support.client import ask_api, ask_page, make_client
from tests.support.orders import COUNT_PATHS, GOOD, changed, holding, value_at
from tests.support.pages import assert_no_result_json, plain_text
from tests.support.queries import as_query

PLAIN = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-23"}
#: A drug without a file: no dose range and no known strength stands in the way.
NAMED = changed(GOOD, {"drug.name": "another drug"})
LIBRARY = load()
#: The ranges of an order's fields; `tests/web/test_openapi.py` tries the ends of those of a schedule, and those of a
#: liquid have a file of their own.
RANGES = {
    path.replace("studies.", "studies.0."): record
    for path, record in limits.RANGES.items()
    if path not in {"schedule.days", "doses_per_day"} and not path.startswith(("ingredients.", "forms."))
}
#: `tests/capsule/test_ingredients.py` tries these.
OF_INGREDIENTS = {"NEGLECTED"}
#: `tests/planning/test_two_forms.py` tries it, and the ranges of two forms.
OF_FORMS = {"MOST_FACTOR"}


@pytest.fixture(scope="module")
def client():
    return make_client()


def counted_by_hand(bound):
    """The value of a bound in mg, in per cent or as a count, and the units that its field takes."""
    if bound.unit in (CAPSULE, TABLET, DAY, HOUR):
        return bound.value, {}
    if bound.unit in (PERCENT, RATIO):
        return bound.value * (100 if bound.unit is RATIO else 1), SHARES
    return bound.value * MASSES[bound.unit.code], MASSES


def test_every_unit_that_can_be_typed_is_tried():
    assert MASSES.keys() | SHARES.keys() | VOLUMES.keys() | {"day"} == TYPED_UNITS.keys()
    tried = {text for text, _ in around(Fraction(6), MASSES)}
    assert {"5.999999 mg", "6 mg", " 6.000000  mg ", "6.000001 mg"} < tried
    assert {"0.005999 g", "0.006 g", " 0.006000  g ", "0.006001 g"} < tried
    assert {"5999.999999 mcg", "6000 mcg", "6000.000001 mcg", "5999.999999 ug", "6000 ug", "6000.000001 ug"} < tried
    assert len(tried) == 16


# The ranges of the fields: outside them the field is the fault `out_of_range`, and nothing is planned.


def large(value):
    """Whether a mass is written in g and more than one, or as so many mg or mcg."""
    number, unit = value.split()
    return Fraction(number) * MASSES["mcg" if unit == "ug" else unit] > 1000


#: Fields of several weighed together, and how many they are, or what all weigh, so that one is in its own range.
ROOM = {
    "source.capsules_weighed": lambda value: (
        {"source.full_mass": "900 g", "source.shells_mass": "300 g"}
        if value > 100
        else {"source.full_mass": "0.2 g", "source.shells_mass": "50 mg"}
    ),
    "source.full_mass": lambda value: {"source.capsules_weighed": 1, "source.shells_mass": "5 mg"},
    "source.shells_mass": lambda value: (
        {"source.capsules_weighed": 1000, "source.full_mass": "1000 g"}
        if large(value)
        else {"source.capsules_weighed": 1, "source.full_mass": "1 g"}
    ),
    "capsule.shells.total": lambda value: {"capsule.shells.number": 100 if large(value) else 1},
    **{
        f"{part}.packing.total": lambda value, part=part: {
            f"{part}.packing.bodies": 30 if large(value) else 1,
            f"{part}.packing.shells": None,
        }
        for part in limits.PACKED
    },
    **{
        f"{part}.packing.shells": lambda value, part=part: {
            f"{part}.packing.bodies": 30,
            f"{part}.packing.total": "20 g",
        }
        for part in limits.PACKED
    },
}


def with_room(path, value):
    """The good order with `value` at `path`, and with whatever lets a value of its range stand beside the rest."""
    tree = changed(holding(path), {path: value})
    if path in ROOM:
        tree = changed(tree, ROOM[path](value))
    # So much came back from the mortar that the tablets must have weighed more.
    return changed(tree, {"source.total_mass": "1000 g"}) if path == "source.recovered_mass" else tree


def ends():
    for path, record in RANGES.items():
        for end in ("low", "high"):
            yield pytest.param(path, record, end, id=f"{path}-{end}")


@pytest.mark.parametrize(("path", "record", "end"), list(ends()))
def test_a_field_takes_its_range_with_both_ends_and_nothing_beyond(client, path, record, end):
    low, units = counted_by_hand(record.low)
    high, _ = counted_by_hand(record.high)
    tried = set()
    for value, means in around(low if end == "low" else high, units):
        answer = ask_api(client, with_room(path, value))
        if low <= means <= high:
            tried.add("taken")
            # Below one per cent an allowance is in its range, but looks like a factor typed for per cent.
            factor = path == "allowance" and 0 < means < counted_by_hand(limits.LEAST_ALLOWANCE.value)[0]
            wanted = [("factor_not_percent", path)] if factor else []
            assert faults_of(answer) == wanted, value
            assert answer.status_code in {200, 422}
            if answer.status_code == 200:
                assert means_the_same(value_at(answer.get_json()["order"], path), means, units)
        else:
            tried.add("refused")
            code = "zero_not_allowed" if means == 0 else "out_of_range"
            assert answer.status_code == 422
            assert faults_of(answer) == [(code, path)], value
        if answer.status_code == 422:
            assert_no_result_json(answer, figures="faults" in answer.get_json())
    # Nothing is below zero, and a share of nothing may be taken: there the range has no outside that can be written.
    assert tried == ({"taken"} if low == 0 and units and end == "low" else {"taken", "refused"})


def test_a_refusal_never_says_that_a_bound_lies_outside_its_own_range(client):
    """What is just outside is written so that it differs from the bound beside it."""
    said_alike = []
    for path, record in RANGES.items():
        for end in (record.low, record.high):
            at, units = counted_by_hand(end)
            for value, means in around(at, units):
                for fault in ask_api(client, with_room(path, value)).get_json().get("faults", ()):
                    found = re.search(r": (.+) is outside what is taken here, (.+) to (.+)\.$", fault["text"])
                    if found and found[1] in {found[2], found[3]}:
                        assert means != at
                        said_alike.append((value, fault["text"]))
    assert said_alike == []


@dataclass(frozen=True)
class DayField:
    """A field of a date, and the order that it is tried in."""

    path: str
    order: dict


UNWEIGHED = changed(GOOD, {"source.weighed_on": None})
LATE = changed(GOOD, {"prepared_on": limits.LATEST_DATE, "source.weighed_on": limits.LATEST_DATE})
DAYS = (
    DayField("prepared_on", UNWEIGHED),
    DayField("source.weighed_on", LATE),
    *(DayField(f"{part}.expiry", LATE) for part in ("source", "capsule", "diluent")),
)


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.path)
@pytest.mark.parametrize(("name", "outside"), [("EARLIEST_DATE", -1), ("LATEST_DATE", 1)])
def test_a_date_ends_at_its_written_bound(client, day, name, outside):
    bound = date.fromisoformat(getattr(limits, name))
    for days in (-1, 0, 1):
        tree = changed(day.order, {day.path: (bound + timedelta(days=days)).isoformat()})
        answer = ask_api(client, tree)
        if days != outside:
            assert faults_of(answer) == []
            continue
        assert answer.status_code == 422
        # A day after every day of making is after this one as well.
        assert set(faults_of(answer)) - {("date_order", day.path)} == {("out_of_range", day.path)}
        assert_no_result_json(answer)


@pytest.mark.parametrize("part", ["source", "capsule", "diluent"])
def test_the_month_of_an_expiry_ends_at_the_same_bounds(client, part):
    first, last = limits.EARLIEST_DATE[:7], limits.LATEST_DATE[:7]
    before = (date.fromisoformat(limits.EARLIEST_DATE) - timedelta(days=1)).isoformat()[:7]
    after = (date.fromisoformat(limits.LATEST_DATE) + timedelta(days=1)).isoformat()[:7]
    for month, wanted in ((first, []), (last, []), (after, ["out_of_range"]), (before, ["out_of_range"])):
        answer = ask_api(client, changed(GOOD, {f"{part}.expiry": month}))
        assert faults_of(answer) == [(code, f"{part}.expiry") for code in wanted], month


# The bounds of the rules: what is forbidden or said changes exactly at the value.


def signs(answer):
    """Everything that an answer of the endpoint shows, in short."""
    body = answer.get_json()
    found = {("fault", fault["code"], fault["field"]) for fault in body.get("faults", ())}
    for stop in body.get("stops", ()):
        found.add(("stop", stop["code"], stop["field"], stop["severity"]))
        found |= {("tenfold", stop["code"])} if re.search(r"Was .+ meant\?", stop["text"]) else set()
    plan = body.get("plan", {"notices": [], "offers": [], "weighings": [], "gross_band": None})
    for notice in plan["notices"]:
        found.add(("notice", notice["code"]))
        found.add(("notice at", notice["code"], notice["text"].partition(":")[0]))
    found |= {("offer", offer["code"], offer["tablets"], offer["capsules"]) for offer in plan["offers"]}
    found |= {("least", Fraction(weighing["least"]["value"])) for weighing in plan["weighings"]}
    for end, mass in (plan["gross_band"] or {}).items():
        found.add(("gross_band", end, mass["text"]))
    return found


def value_of(name):
    """The value of a bound, in the unit of the record."""
    return getattr(limits, name).value.value


def mg(number):
    return f"{written(Fraction(number))} mg"


def of_per_cent(name, path, where, sign, **changes):
    """A probe of a field that is a percentage itself."""
    at, units = counted_by_hand(getattr(limits, name).value)
    return Probe(changed(GOOD, changes), path, at, where, sign, units)


def quantity(name, where, sign):
    return Probe(PLAIN, "quantity", value_of(name), where, sign, {})


def rounding_effect(side):
    """1,000 mg of powder, all of it used, on a balance of ten steps or so: it shows 990 mg or 1,010 mg.

    "Above 1 % (portion, trituration and aliquot together) a hard stop."
    """
    effect = value_of("ROUNDING_EFFECT")
    readability = mg((1 + side * effect) * 100)
    changes = {"dose": "5 mg", "quantity": 20, "source.tablets_weighed": 4}
    changes |= {"balance.readability": readability, "balance.minimum": "1 mg"}
    sign = ("stop", "rounding_above_limit", "dose", "hard")
    # Shown 990 mg for a little more than 1,000 mg is further off; shown 1,010 mg for a little less is.
    where = operator.gt if side < 0 else operator.lt
    # 100 mg of drug are half of what the four weighed hold.
    return Probe(changed(GOOD, changes), "source.total_mass", Fraction(2000), where, sign, MASSES)


def crushed(number, off):
    """So many tablets crushed, of 160 mg by the mean, may weigh `off` mg more or less together; more is a stop."""
    order = changed(GOOD, {"quantity": 10, "source.tablets_crushed": number})
    for side in (-1, 1):
        where = operator.lt if side < 0 else operator.gt
        sign = ("stop", "crushed_mass_differs", "source.crushed_mass", "soft")
        yield Probe(order, "source.crushed_mass", Fraction(number * 160) + side * off, where, sign, MASSES)


def few_tablets():
    """Fewer than three are a notice on a bench that asks for one, too."""
    order = changed(GOOD, {"quantity": 10, "source.least_tablets": 1})
    at = Fraction(value_of("FEW_TABLETS"))
    return Probe(order, "source.tablets_crushed", at, operator.lt, ("notice", "few_tablets"), {})


def crushing_loss():
    """480 mg crushed: "loss shown, notice above 3 %"."""
    at = 480 * (1 - value_of("CRUSHING_LOSS_NOTICE"))
    sign = ("notice", "crushing_loss_high")
    return Probe(GOOD, "source.recovered_mass", at, operator.lt, sign, MASSES)


FINE = {"balance.readability": "0.01 mg"}


def repeatability_floor():
    """ "2 x max(s, 0.41 d) / 0.10 %, so at least 820 x readability": below the floor s changes nothing."""
    at = value_of("REPEATABILITY_FLOOR") * Fraction("0.01")
    least = ("least", 820 * Fraction("0.01") / 1000)
    return Probe(changed(GOOD, FINE), "balance.repeatability", at, operator.le, least, MASSES)


def repeatability(field):
    """What a balance with s = 0.1 mg may weigh: 200 mg. "Portion, W: below it hard stop."

    The portion is half of the tablets' powder in this order, so it reaches 200 mg where the tablets weigh 400 mg.
    """
    least = value_of("REPEATABILITY_FACTOR") * Fraction("0.1") / value_of("REPEATABILITY_LIMIT")
    order = changed(GOOD, {**FINE, "dose": "2.5 mg", "balance.repeatability": "0.1 mg"})
    if field == "dose":  # a portion too small is diluted
        return Probe(order, "source.total_mass", 2 * least, operator.lt, ("notice", "trituration"), MASSES)
    sign = ("stop", "below_least_weighable", field, "hard")
    return Probe(order, "source.total_mass", least, operator.lt, sign, MASSES)


def capsule_band(name, end, where):
    """ "Gross from shell + 0.9 x fill to shell + 1.1 x fill, rounded inwards": a fill that gives whole milligrams.

    A trace more lifts the low end by a step, a trace less lowers the high end by one; otherwise both stay.
    """
    changes = {"capsule.shell_mass": "48 mg", "diluent": None, "tablet_powder": None}
    gross = 48 + value_of(name) * 120
    assert gross.denominator == 1
    shown = gross + (1 if where is operator.gt else -1)
    return Probe(
        changed(GOOD, changes), "capsule.fill_mass", Fraction(120), where, ("gross_band", end, f"{shown} mg"), MASSES
    )


def part_of_tablet(name, where):
    """A drug without a file, tablets of 50 mg: a dose of a crumb or of a handful is a notice."""
    changes = {"source.tablets_weighed": None, "source.total_mass": None, "source.weighed_on": None}
    sign = ("notice", "dose_unlike_strength")
    return Probe(changed(NAMED, changes), "dose", 50 * value_of(name), where, sign, MASSES)


FILLS = {
    "tablet_powder.packing_statistic": "Tablet powder in one shell",
    "diluent.packing_statistic": "Diluent in one shell",
    "capsule.fill_mass": "Fill mass of one capsule",
}


def powder_density(name, where):
    """A body of size 3 holds 0.3 mL: the mass that would have this density there, for each field of such a mass."""
    at = value_of(name) * Fraction("0.3")
    for path, said in FILLS.items():
        yield Probe(holding(path), path, at, where, ("notice at", "fill_unlikely", said), MASSES)


def dense(name, code, severity):
    """A body of size 3 holds 0.3 mL: the mass that would have this density there, for each field of such a mass.

    "Above 2 g/mL in the body a hard stop (fill mass too); above 1.2 g/mL ... a soft one."
    """
    at = value_of(name) * Fraction("0.3")
    for path in FILLS:
        where = operator.gt if severity == "hard" else lambda means, bound: bound < means <= 600
        yield Probe(holding(path), path, at, where, ("stop", code, path, severity), MASSES)


def above_tapped():
    """Dibasic calcium phosphate: 1.17 g in 1 mL tapped, of which 1.3 times are 1.521; 0.3 mL hold 456.3 mg."""
    order = changed(GOOD, {"diluent.name": "dibasic calcium phosphate dihydrate"})
    at = value_of("POWDER_ABOVE_TAPPED") * 1170 * Fraction("0.3")
    sign = ("stop", "packs_dense", "diluent.packing_statistic", "soft")
    return Probe(order, "diluent.packing_statistic", at, above, sign, MASSES)


def packing(name, where):
    """The table has 0.45 g in 1 mL for the diluent, so it makes one expect 135 mg in 0.3 mL."""
    sign = ("notice", "packing_unlikely")
    return Probe(GOOD, "diluent.packing_statistic", 135 * value_of(name), where, sign, MASSES)


def stands():
    """14.4 mg of tablet powder are a fifth of 72 mg of diluent; if more of it fills a body, it stands for them."""
    order = changed(GOOD, {"tablet_powder": None})
    at = Fraction("14.4") / value_of("STANDS_FOR_POWDER")
    return Probe(order, "diluent.packing_statistic", at, above, ("notice", "diluent_stands_for_powder"), MASSES)


def shell(name, where):
    """The table's shell of size 3 weighs 48 mg."""
    return Probe(GOOD, "capsule.shell_mass", 48 * value_of(name), where, ("notice", "shell_unlikely"), MASSES)


def whole_tablets(side):
    """One tablet for ten capsules of 5 mg: 50 mg wanted, so the strength alone says by how much the batch deviates.

    "At most 2 % with nothing lost."
    """
    order = changed(NAMED, {"dose": "5 mg", "quantity": 10})
    at = 50 * (1 + side * value_of("WHOLE_TABLET_DEVIATION"))
    where = operator.le if side > 0 else operator.ge
    return Probe(order, "source.strength", at, where, ("offer", "whole_tablets", 1, 10), MASSES)


def whole_tablet_batch():
    """Three tablets make exactly four times ten capsules; "at most 4 N", so fewer ordered than ten leave it out."""
    capsules = int(10 * value_of("WHOLE_TABLET_BATCH"))
    order = changed(PLAIN, {"dose": mg(Fraction(3 * 50, capsules))})
    return Probe(order, "quantity", Fraction(10), operator.ge, ("offer", "whole_tablets", 3, capsules), {})


def one_tablet(name, end):
    """The band of a single tablet is no figure of the endpoint: it stands on the page, exact in this order.

    "Expected within 10 % of W/T": its printed end moves where W leaves 480 mg for three tablets.
    """
    share = value_of(name) * 160
    sign = ("one tablet", end, f"{written(share)} mg")
    # The printed ends have four digits or so: a step of the balance moves them, a millionth need not.
    steps = {"g": Fraction(1000)}, Fraction(1, 1000)
    return Probe(GOOD, "source.total_mass", Fraction(480), operator.eq, sign, *steps)


def tablets_per_dose():
    """A dose of so many tablets, and the same where it is stated as another form than the tablets' label."""
    most, sign = value_of("TABLETS_PER_DOSE"), ("stop", "many_tablets_per_dose", "dose", "soft")
    yield Probe(NAMED, "dose", 50 * most, above, sign, MASSES)
    bases = LIBRARY.drugs["naltrexone"].bases
    per_base = Fraction(bases["base"].molar_mass) / Fraction(bases["hydrochloride"].molar_mass)
    order = changed(GOOD, {"source.strength": "0.3 mg", "dose_basis": "base"})
    yield Probe(order, "dose", most * Fraction("0.3") * per_base, above, sign, MASSES)


below, above = operator.lt, operator.gt
#: How each bound shows itself, by the name of its record.
BOUNDS = {
    "LEAST_ALLOWANCE": [
        of_per_cent("LEAST_ALLOWANCE", "allowance", below, ("fault", "factor_not_percent", "allowance"))
    ],
    "LARGE_QUANTITY": [quantity("LARGE_QUANTITY", above, ("stop", "quantity_large", "quantity", "soft"))],
    "HEAVY_TABLET": [
        Probe(
            GOOD,
            "source.total_mass",
            3 * value_of("HEAVY_TABLET"),
            above,
            ("stop", "heavy_tablet", "source.total_mass", "soft"),
            MASSES,
        )
    ],
    "STRONG_TABLET": [
        Probe(
            NAMED,
            "source.strength",
            value_of("STRONG_TABLET"),
            above,
            ("stop", "strong_tablet", "source.strength", "soft"),
            MASSES,
        )
    ],
    "TABLETS_PER_DOSE": [*tablets_per_dose()],
    "ROUNDING_EFFECT": [rounding_effect(-1), rounding_effect(1)],
    "CRUSHING_LOSS_NOTICE": [crushing_loss()],
    # What the tablets crushed may be off: that of one, of two to five, of more, and never more than half a tablet.
    "CRUSHED_ONE": [*crushed(1, value_of("CRUSHED_ONE") * 160)],
    "CRUSHED_FEW": [probe for number in (2, 5) for probe in crushed(number, value_of("CRUSHED_FEW") * number * 160)],
    "CRUSHED_MANY": [probe for number in (6, 16) for probe in crushed(number, value_of("CRUSHED_MANY") * number * 160)],
    "FEW_CRUSHED": [
        probe
        for number, part in ((5, "CRUSHED_FEW"), (6, "CRUSHED_MANY"))
        for probe in crushed(number, value_of(part) * number * 160)
    ],
    "PART_OF_ONE_OFF": [probe for number in (17, 30) for probe in crushed(number, value_of("PART_OF_ONE_OFF") * 160)],
    "FEW_TABLETS": [few_tablets()],
    "REPEATABILITY_FLOOR": [repeatability_floor()],
    "REPEATABILITY_FACTOR": [repeatability("dose")],
    "REPEATABILITY_LIMIT": [repeatability("source.total_mass")],
    "CAPSULE_BAND_LOW": [capsule_band("CAPSULE_BAND_LOW", "low", above)],
    "CAPSULE_BAND_HIGH": [capsule_band("CAPSULE_BAND_HIGH", "high", below)],
    "QUANTITY_USUAL_LOW": [quantity("QUANTITY_USUAL_LOW", below, ("notice", "quantity_unusual"))],
    "QUANTITY_USUAL_HIGH": [quantity("QUANTITY_USUAL_HIGH", above, ("notice", "quantity_unusual"))],
    "PART_OF_TABLET_LOW": [part_of_tablet("PART_OF_TABLET_LOW", below)],
    "PART_OF_TABLET_HIGH": [part_of_tablet("PART_OF_TABLET_HIGH", above)],
    "POWDER_DENSITY_LOW": [*powder_density("POWDER_DENSITY_LOW", below)],
    "POWDER_DENSE": [*dense("POWDER_DENSE", "packs_dense", "soft")],
    "POWDER_TOO_DENSE": [*dense("POWDER_TOO_DENSE", "packs_too_dense", "hard")],
    "POWDER_ABOVE_TAPPED": [above_tapped()],
    "STANDS_FOR_POWDER": [stands()],
    "PACKING_LOW": [packing("PACKING_LOW", below)],
    "PACKING_HIGH": [packing("PACKING_HIGH", above)],
    "SHELL_LOW": [shell("SHELL_LOW", below)],
    "SHELL_HIGH": [shell("SHELL_HIGH", above)],
    "ONE_TABLET_LOW": [one_tablet("ONE_TABLET_LOW", "low")],
    "ONE_TABLET_HIGH": [one_tablet("ONE_TABLET_HIGH", "high")],
    "WHOLE_TABLET_DEVIATION": [whole_tablets(-1), whole_tablets(1)],
    "WHOLE_TABLET_BATCH": [whole_tablet_batch()],
}


def shown_by(client, tree, sign):
    """What the order shows: on the page where the endpoint has no such figure, else at the endpoint."""
    if sign[0] == "one tablet":
        text = plain_text(ask_page(client, as_query(tree)))
        low, high = re.search(r"Weigh one tablet alone\. It weighs ([\d.]+ mg) to ([\d.]+ mg)\.", text).groups()
        return {("one tablet", "low", low), ("one tablet", "high", high)}
    answer = ask_api(client, tree)
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:  # a stop may name the mass that it is about
        assert_no_result_json(answer, figures="faults" in answer.get_json())
    return signs(answer)


@pytest.mark.parametrize("name", BOUNDS)
def test_a_rule_changes_its_mind_exactly_at_its_bound(client, name):
    for probe in BOUNDS[name]:
        seen = set()
        for value, means in around(probe.at, probe.units, probe.step):
            wanted = probe.where(means, probe.at)
            shown = shown_by(client, changed(probe.order, {probe.path: value}), probe.sign)
            assert (probe.sign in shown) == wanted, (probe.path, value, shown)
            seen.add(wanted)
        assert seen == {True, False}, "the bound was never passed"


# The dose limits of the drugs' files.

NOTICE = {("notice", "dose_below_usual_notice")}
LOW = {("stop", "dose_below_usual", "dose", "soft")}
FAR_TOO_LOW = {("stop", "dose_below_absolute", "dose", "hard")}
HIGH = {("stop", "dose_above_usual", "dose", "soft")}
TENFOLD = HIGH | {("tenfold", "dose_above_usual")}
FAR_TOO_HIGH = {("stop", "dose_above_absolute", "dose", "hard")}
#: What is said below, on and above each limit. "Usual 0.5 to 6 mg; 0.1 to below 0.5 mg a notice; 1 mcg to below 0.1 mg
#: a soft stop; above 6 mg a soft stop; above 15 mg it names the tenfold slip; at or above 50 mg a hard stop; below
#: 1 mcg a hard stop."
DOSES = {
    "absolute_low": (FAR_TOO_LOW, LOW, LOW),
    "notice_low": (LOW, NOTICE, NOTICE),
    "usual_low": (NOTICE, set(), set()),
    "usual_high": (set(), set(), HIGH),
    "tenfold_above": (HIGH, HIGH, TENFOLD),
    "absolute_high": (TENFOLD, FAR_TOO_HIGH, FAR_TOO_HIGH),
}
DRUGS = sorted(LIBRARY.drugs)


def said_of_the_dose(answer):
    """The stops and the notice that a dose by itself can raise."""
    return {sign for sign in signs(answer) if sign[0] in {"stop", "notice", "tenfold"} and sign[1].startswith("dose_")}


@pytest.mark.parametrize("name", DOSES)
@pytest.mark.parametrize("key", DRUGS)
def test_a_dose_changes_class_exactly_at_each_limit_of_the_drugs_file(client, key, name):
    drug = LIBRARY.drugs[key]
    limit = counted_by_hand(getattr(drug.dose, name))[0]
    for basis, form in drug.bases.items():
        # The limits are stated as one chemical form; the same dose of another weighs as its molar mass does.
        at = limit * Fraction(form.molar_mass) / Fraction(drug.bases[drug.dose.basis].molar_mass)
        seen = set()
        for value, means in around(at, MASSES):
            if means == 0:
                continue
            answer = ask_api(client, changed(PLAIN, {"drug": key, "dose": value, "dose_basis": basis}))
            side = (means > at) - (means < at)
            wanted = DOSES[name][side + 1]
            assert said_of_the_dose(answer) == wanted, (value, basis)
            assert answer.status_code == (200 if wanted <= NOTICE else 422)
            if answer.status_code == 422:
                assert_no_result_json(answer)
            seen.add(side)
        assert {-1, 1} <= seen
        assert 0 in seen or basis != drug.dose.basis


# No record goes untested.


#: Within these a trituration is looked for: `tests/capsule/test_triturating.py` holds the search to them, each value
#: included.
OF_THE_SEARCH = {
    *("ROUNDING_SMALL", "TRITURATION_RATIO", "TRITURATION_TOTAL", "TRITURATION_STEPS", "TRITURATION_KEPT"),
    *("HANDY_FINE", "HANDY_COARSE", "HANDY_START", "HANDY_COARSEST", "WELL_WEIGHED", "WELL_ABOVE_LEAST"),
    *("RUBBED_FIRST", "LIGHT_TABLET", "BLEND_DENSITY", "LEAST_ALIQUOT"),
    # `tests/capsule/test_little_powder.py` tries these, and what stays in a boat.
    *("POWDER_COUNTS", "POWDER_TOO_FINE", "PARTICLE", "FIRST_VOLUME", "LEFT_IN_BOAT"),
}
#: `tests/titration/test_titration.py` tries the first, `tests/titration/test_together.py` the other.
OF_A_TITRATION = {"CAPSULES_AT_ONE_TIME", "MULTIPLES_SEARCHED"}
#: `tests/service/test_asked.py` tries this one.
OF_A_PAPER = {"DAYS_AHEAD"}
#: `tests/planning/test_dates_by_studies.py` tries this one.
OF_DATES = {"DATE_CEILING"}
#: What single tablets leave open: `tests/planning/test_crushing.py` tries these.
OF_TABLETS = {"EVEN_TABLETS", "CONTENT_TYPICAL", "CONTENT_WORST"}
#: Drawn, and nothing hangs on them: `tests/pictures/test_pictures.py` looks where.
OF_A_PICTURE = {"DOSE_LOW", "DOSE_HIGH"}
#: No order asks for these: `tests/checks/test_checks.py` tries the checks on both sides of each and on it.
OF_THE_CHECKS = {
    *("FEWEST_WEIGHED", "MOST_WEIGHED", "MEAN_FILL_LOW", "MEAN_FILL_HIGH", "FILL_SPREAD", "BATCH_LOSS"),
    # `tests/checks/test_made.py` tries these.
    *("MADE_EXPLAINED", "MADE_HELD", "MISSING_ASKED", "MISSING_SHARE", "BALANCE_HELD", "BALANCE_UNCERTAINTIES"),
    *("BALANCE_EXPLAINED", "BALANCE_LEAST"),
    # `tests/checks/test_contents.py` tries these.
    *("RULE_UNITS", "RULE_HEAVY", "RULE_WIDE", "RULE_NARROW", "RULE_OUTSIDE", "RULE_FAR"),
    *("CONTENT_ASKED_MASS", "CONTENT_ASKED_SHARE", "VARIATION_MASS", "VARIATION_SHARE"),
    *("ASSAYED_FIRST", "ASSAYED_ALL", "ACCEPTANCE_FIRST", "ACCEPTANCE_ALL", "ACCEPTANCE_VALUE", "UNIT_TOLERANCE"),
    *("REFERENCE_LOW", "REFERENCE_HIGH"),
    # `tests/checks/test_uncertainty.py` tries these.
    *("DOSE_LOW", "DOSE_HIGH", "LABEL_KEPT", "LABEL_LOW", "LABEL_LEAST", "MOST_DEGREES"),
}
#: Letters and slips of a name: `tests/planning/test_names.py` tries names on both sides of each.
OF_NAMES = {"LONG_NAME", "SLIPS_OF_NAME", "SLIPS_OF_LONG_NAME"}
#: `tests/planning/test_slips.py` tries orders on both sides of each.
OF_SLIPS = {
    *("WHOLE_TABLET", "MOST_TABLETS", "BULK_DOSE_LOW", "BULK_DRUG_HIGH", "SOLIDS_NOTICE", "SOLIDS_HIGH", "SOLIDS_MOST"),
}
#: `tests/attacks/test_work.py` tries this one.
OF_WORK = {"QUANTITIES_LOOKED_AT"}
#: `tests/planning/test_bench_bands.py` tries these.
OF_THE_BENCH = {
    *("BENCH_STEPS", "BENCH_BAND", "BENCH_DILUENT", "BENCH_FAR_STEPS", "BENCH_FAR"),
    *("BACK_NOTICE", "BACK_DEVIATION", "BACK_STOP"),
}
#: `tests/liquid/test_strengths.py` tries these.
OF_STRENGTHS = {"STRENGTH_VOLUME_LOW", "STRENGTH_VOLUME_HIGH"}
#: `tests/record/test_blind.py` tries these.
OF_THE_RECORD = {"READINGS_STEPS", "READINGS_REPEATABILITIES"}
#: Every bound that something tries.
TRIED = BOUNDS.keys() | OF_A_LIQUID.keys() | OF_THE_SEARCH | OF_THE_CHECKS | OF_A_TITRATION | OF_A_PICTURE
TRIED |= OF_FORMS | (
    OF_INGREDIENTS | OF_NAMES | OF_SLIPS | OF_A_PAPER | OF_DATES | OF_TABLETS | OF_WORK | OF_THE_BENCH | OF_STRENGTHS
)
TRIED |= OF_THE_RECORD


def test_each_bound_is_tried_by_its_name():
    bounds = {name for name, record in vars(limits).items() if isinstance(record, limits.Bound)}
    assert bounds == TRIED
    assert all((*BOUNDS.values(), *OF_A_LIQUID.values()))


def test_each_range_is_tried_in_an_order_that_is_good_without_it(client):
    assert {name for name, record in vars(limits).items() if isinstance(record, limits.Range)} == set()
    for path in RANGES:
        tree = holding(path)
        assert ask_api(client, tree).status_code == 200
        value = value_at(tree, path)
        assert isinstance(value, int) == (path in COUNT_PATHS) == (counted_by_hand(RANGES[path].low)[1] == {})


def test_nothing_else_in_the_file_of_limits_bounds_anything():
    names = {name for name in vars(limits) if name.isupper()}
    units = {name for name, value in vars(limits).items() if isinstance(value, Unit)}
    words = {
        "DEFAULT_DRUG",
        "PACKED",
        "TARED",
        "DEFAULTS",
        "DEFAULTS_SET",
        "DEFAULTS_OF_SET_1",
        "DEFAULTS_BECAUSE",
        "ASSESSMENT",
        "CAPSULE_CLASS",
        "REFERENCE_BRAND",
        "PRINTABLE",
    }
    assert names - units == TRIED | SAID_WHOLE.keys() | words | {
        *("TRITURATION_RATIOS", "ROUND_DIGITS"),
        "RANGES",
        "BENCH_RANGES",
        "LONGEST_AT_BENCH",
        "MOST_AT_BENCH",
        "CHECK_RANGES",
        "SCHEDULE_STEPS",
        "LONGEST_TEXT",
        "FEWEST_NDC_DIGITS",
        "MOST_NDC_DIGITS",
        "LONGEST_VEHICLE",
        "DOSES_PER_DAY",
        "MOST_STUDIES",
        "MOST_INGREDIENTS",
        "STORAGE_FROZEN",
        "PHARMACY_TEXTS",
        "LABEL_TEXTS",
        "MOST_REFILLS",
        "FAR_YEARS",
        "EARLIEST_DATE",
        "LATEST_DATE",
        *("SELF_CHECK_MINUTES", "LONGEST_REMARK", "SHORTEST_REMARK", "MOST_LOTS", "MOST_CONTAINERS"),
        *("MOST_PRINTED", "MOST_LINES", "MOST_ATTEMPTS", "LONGEST_PRINTED"),
    }


def test_each_dose_limit_of_a_drugs_file_is_tried_by_its_name():
    for drug in LIBRARY.drugs.values():
        kept = {name for name in DoseRanges.model_fields if isinstance(getattr(drug.dose, name), Figure)}
        assert kept == DOSES.keys()
