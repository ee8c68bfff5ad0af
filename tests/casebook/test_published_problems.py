"""Worked problems that other people published, computed through the public formulas and through the endpoint.

`data/gold_cases.json` is a copy, unchanged: inputs come from its `given`, expectations from `exact`, never from
`published`. A case that the program does not compute stands in `data/gold_left_out.json` with the reason.
"""

import json
import re
from datetime import date
from fractions import Fraction

import pytest

from calc import limits, load
from calc.arithmetic.notation import decimal, fixed, plain
from calc.arithmetic.roots import Root
from calc.arithmetic.rounding import size_of, total, up_to_step
from calc.arithmetic.units import (
    ALL_UNITS,
    CAPSULE,
    DAY,
    G_PER_MOL,
    LITER,
    MCG,
    MG,
    MG_PER_CAPSULE,
    MG_PER_TABLET,
    ML,
    ML_PER_CAPSULE,
    PER_DAY,
    PERCENT,
    RATIO,
    TABLET,
    Figure,
    G,
    figure,
)
from calc.checks.uniformity import keeps_limit, reference_value
from calc.rules import beyond_use, blending, capsules, checks, samples, tablets, titration, weighing
from tests.casebook.published_aliquots import ALIQUOTS
from tests.casebook.published_liquids import LIQUIDS
from tests.support.client import make_client
from tests.support.places import DATA

CASES = {case["id"]: case for case in json.loads((DATA / "gold_cases.json").read_text(encoding="utf-8"))}
LEFT_OUT = json.loads((DATA / "gold_left_out.json").read_text(encoding="utf-8"))
UNITS = {unit.code: unit for unit in ALL_UNITS} | {"mg/mg": RATIO}
LIBRARY = load()
CLIENT = make_client()
#: For quantities that do not depend on the day of making: any day, so that none comes from a clock.
ANY_DAY = "2026-10-05"
YES_OR_NO = {True: "yes", False: "no"}
#: A root of ours is held against one of the file with so many decimals.
ROOT_DECIMALS = 9
SHELL_OF_BRAND = {"PK-E04": ("00", "ACG"), "PK-E08": ("3", None)}


class Given:
    """The inputs of one case, read out of the file."""

    def __init__(self, case):
        self.case = case["id"]
        self.raw = case["given"]

    def __getitem__(self, name):
        return Figure(Fraction(self.raw[name]["value"]), UNITS[self.raw[name]["unit"]])

    def whole(self, name):
        assert self[name].value.denominator == 1
        return int(self[name].value)

    def capsules(self, name):
        return figure(self[name].value, CAPSULE)

    def tablets(self, name):
        return figure(self[name].value, TABLET)

    def per_capsule(self, name, index=None):
        """A mass or a volume that the case states for one capsule; of a list, the one at `index`."""
        raw = self.raw[name]
        read = Figure(Fraction(raw["value"] if index is None else raw["value"][index]), UNITS[raw["unit"]])
        if read.unit is ML:
            return Figure(read.value, ML_PER_CAPSULE)
        return Figure(read.to(MG).value, MG_PER_CAPSULE)

    def per_tablet(self, name):
        return Figure(self[name].to(MG).value, MG_PER_TABLET)

    def sample(self, name):
        """A list of values as bare numbers: a mean and a spread are computed alike whatever was measured."""
        return [figure(value, RATIO) for value in self.raw[name]["value"]]

    def sample_per_capsule(self, name):
        """A list of masses, each as the mass of one capsule."""
        return [self.per_capsule(name, index) for index in range(len(self.raw[name]["value"]))]

    def day(self, name):
        return date.fromisoformat(self.raw[name]["value"])

    def days(self, name):
        assert self[name].unit is DAY
        return self.whole(name)

    def typed(self, name):
        """The quantity as one types it into an order."""
        return f"{self.raw[name]['value']} {self.raw[name]['unit']}"


# What the formulas answer.


def one_least_weighable(given):
    return {"mwq": weighing.least_by_sensitivity(given["SR"], given["err"])}


def tolerated_error(given, accuracy):
    """The error that goes with an accuracy: what it lacks to 100 %."""
    return Figure(100 - given[accuracy].value, given[accuracy].unit)


def two_least_weighable_by_accuracy(given):
    return {
        f"mwq_{which}": weighing.least_by_sensitivity(given[f"SR{which}"], tolerated_error(given, f"acc{which}"))
        for which in "ab"
    }


def least_by_repeatability(given):
    return {
        f"m{which}": weighing.least_by_repeatability(given["k"], given[f"s{which}"], given["lim"])
        for which in range(1, 6)
    }


def error_of_one_weighing(name):
    return lambda given: {"err": weighing.weighing_error(given[name], given["W"])}


def capsules_from_four_tablets(given):
    dose, strength, batch = given.per_capsule("dose"), given.per_tablet("tab"), given.capsules("n")
    needed = tablets.drug_needed(dose, batch)
    count = tablets.tablets_exact(needed, strength)
    portion = tablets.portion(needed, given["powder"], count, strength)
    each = capsules.powder_per_capsule(portion, batch)
    # The fill is to reach the least weighable quantity, no more.
    least = weighing.least_by_sensitivity(given["SR"], given["err"])
    fill = Figure(least.value, MG_PER_CAPSULE)
    diluent = capsules.diluent_for_batch(capsules.diluent_to_fill_mass(fill, each), batch)
    return {
        "tablets": count,
        "fill": least,
        "mixture": blending.ladder(portion, diluent, least)[-1].total,
        "lactose": diluent,
        "drug_per_fill": checks.dose_computed_back(strength, count, given["powder"], portion, diluent, fill),
    }


def drug_in_tablets(given):
    return {
        name: tablets.drug_held(given.tablets("n"), given.per_tablet(strength))
        for name, strength in (("norgestrel", "a"), ("ee", "b"))
    }


def drug_in_batch(given):
    return {"drug": tablets.drug_needed(given.per_capsule("dose"), given.capsules("n"))}


def filler_beside(powder, given, volume, batch):
    """Filler of one capsule and of the batch where what fills the body follows from densities."""
    share = capsules.share_of_body(powder, capsules.packing_by_density(volume, given["rho"]))
    each = capsules.diluent_by_packing(share, capsules.packing_by_density(volume, given["rhof"]))
    return {"filler_cap": each, "filler_total": capsules.diluent_for_batch(each, batch)}


def taurine_in_size_two(given):
    volume = given.per_capsule("capvol", given.raw["capname"]["value"].index("2"))
    return filler_beside(given.per_capsule("dose"), given, volume, given.capsules("n"))


def eleven_capsules_of_size_one(given):
    dose, batch = given.per_capsule("dose"), given.capsules("n")
    filler = filler_beside(dose, given, given.per_capsule("cap"), batch)
    needed = tablets.drug_needed(dose, batch)
    mixture = blending.ladder(needed, filler["filler_total"], figure(0, MG))[-1].total
    return {**filler, "drug_total": needed, "total": mixture}


def body_volume(given):
    size, brand = SHELL_OF_BRAND[given.case]
    return LIBRARY.shell(size, brand).volume


def filler_to_full(given):
    each = capsules.diluent_to_fill_mass(given.per_capsule("full"), given.per_capsule("act"))
    return {"filler_cap": each, "filler_total": capsules.diluent_for_batch(each, given.capsules("n"))}


def as_heptahydrate(given):
    water = given["k"].value * given["w"].value
    hydrate = Figure(given["mw"].value + water, G_PER_MOL)
    return {"heptahydrate": tablets.dose_as_labelled(given.per_capsule("m"), hydrate, given["mw"])}


def of_one_milligram(wanted, stated):
    """What 1 mg of one chemical form is in another: the factor between them."""
    return tablets.dose_as_labelled(figure(1, MG_PER_CAPSULE), wanted, stated)


def with_allowance(given):
    made = figure(tablets.batch_with_allowance(given.capsules("n"), given["ov"]).value, CAPSULE)
    needed = tablets.drug_needed(given.per_capsule("dose"), made)
    each = capsules.powder_per_capsule(needed, made)
    filler = capsules.diluent_to_fill_mass(given.per_capsule("tot"), each)
    return {"made": made, "drug": needed, "filler": capsules.diluent_for_batch(filler, made)}


def with_one_extra(given):
    made = tablets.batch_with_extra(given.capsules("n"), given.capsules("extra"))
    return {"drug": tablets.drug_needed(given.per_capsule("dose"), made)}


def allowance_of(given):
    """A surcharge given as a factor, as an allowance."""
    return Figure(given["f"].value - 1, given["f"].unit)


def with_surcharge(given):
    made = tablets.batch_with_allowance(given.capsules("n"), allowance_of(given))
    needed = tablets.drug_needed(given.per_capsule("dose"), made)
    return {"drug": needed, "tablets": tablets.tablets_exact(needed, given.per_tablet("tab"))}


def last_day(given, days, day="d"):
    return beyond_use.last_day(given.day(day), given.days(days), "day 0")


def earliest_of_default_and_component(given):
    default = beyond_use.DatedLimit("default", last_day(given, "n"))
    component = beyond_use.DatedLimit("tablets", given.day("comp"))
    return {"bud": beyond_use.earliest((default, component)).date}


def usable_on_and_after(given):
    return {
        name: YES_OR_NO[beyond_use.usable_on(given.day(day), given.day("bud"))]
        for name, day in (("on_day", "t1"), ("next_day", "t2"))
    }


def limit_of_capsules():
    return figure(LIBRARY.beyond_use[limits.CAPSULE_CLASS].days, DAY)


def seven_deviations(given):
    names = {"a": "a", "b": "b", "cc": "c", "d": "d", "e": "e", "f": "f", "g": "g"}
    return {f"{to}_dev": tablets.deviation(given[name], given["m"]) for name, to in names.items()}


def band_of_a_tablet(given):
    mean = given.per_tablet("t")
    return {
        "low10": tablets.one_tablet_alone(limits.ONE_TABLET_LOW.value, mean),
        "high10": tablets.one_tablet_alone(limits.ONE_TABLET_HIGH.value, mean),
        "dev": tablets.deviation(given["x"], given["t"]),
    }


def band_of_a_capsule(given):
    none, mean = figure(0, MG_PER_CAPSULE), given.per_capsule("m")
    return {
        "low": checks.gross_mass(none, limits.CAPSULE_BAND_LOW.value, mean),
        "high": checks.gross_mass(none, limits.CAPSULE_BAND_HIGH.value, mean),
    }


def masses_and_volumes(given):
    wanted = {"a_mg": ("a", MG), "b_ug": ("b", MCG), "c_L": ("cc", LITER), "e_ug": ("e", MCG), "g_g": ("g", G)}
    return {name: given[of].to(unit) for name, (of, unit) in wanted.items()}


def tablets_for_a_dose(given):
    one = figure(1, CAPSULE)
    return {
        f"n{which}": tablets.tablets_per_dose(given.per_capsule(which), given.per_tablet(f"t{which}"), one)
        for which in "ab"
    }


def additions(given, drug="drug", filler="fil"):
    """The additions of filler where the case knows no least weighable quantity."""
    return blending.ladder(given[drug], given[filler], figure(0, MG))


def additions_and_the_last(given):
    rungs = additions(given)
    return {"steps": Fraction(len(rungs)), "last_addition": rungs[-1].add}


def additions_after_the_first(given):
    first, *others = additions(given)
    assert first.add == given["first"]
    rest = Figure(sum(rung.add.value for rung in others), MG)
    return {"after_first": first.total, "rest": rest, "steps": Fraction(1 + len(others))}


def together(figures):
    return Figure(sum(one.value for one in figures), figures[0].unit)


def mean_of(figures):
    return samples.mean_content(together(figures), figure(len(figures), RATIO))


def squares_of(figures):
    return together([samples.squared_deviation_of_content(one, mean_of(figures)) for one in figures])


def variance_of(figures):
    return samples.variance(squares_of(figures), figure(len(figures), RATIO))


def spread_of(figures):
    return Root(variance_of(figures).value, RATIO)


def mean_and_spread(given):
    return {"mean": mean_of(given.sample("x")).value, "sd": spread_of(given.sample("x"))}


def mean_and_all_of_the_spread(given):
    numbers = given.sample("x")
    squares = {"ss": squares_of(numbers).value, "var": variance_of(numbers).value}
    return {**mean_and_spread(given), **squares}


def relative_spread(masses):
    mean = samples.mean_mass(Figure(sum(one.value for one in masses), MG), figure(len(masses), CAPSULE))
    squares = together([samples.squared_deviation_of_fill(one, mean) for one in masses])
    return Root(samples.variance(squares, figure(len(masses), RATIO)).value, RATIO)


def mean_and_relative_spread(name):
    """As the mean and spread, with the relative spread; a number without a unit is taken for a mass in mg."""

    def found(given):
        masses = [Figure(one.value, MG_PER_CAPSULE) for one in given.sample("x")]
        return {**mean_and_spread(given), name: relative_spread(masses)}

    return found


def parts_of_the_mean(given):
    masses = given.sample_per_capsule("x")
    mean = samples.mean_mass(Figure(sum(one.value for one in masses), MG), figure(len(masses), CAPSULE))
    names = CASES[given.case]["ask"]
    return {name: samples.share_of_theoretical_fill(masses[int(name[1:]) - 1], mean) for name in names}


def ten_capsules_together(given):
    mean = samples.mean_mass(given["tot"], given.capsules("n"))
    one, limit = figure(1, RATIO).value, given["lim"].to(RATIO).value
    return {
        "mean": mean,
        "low": samples.limit_of_fill(Figure(one - limit, RATIO), mean),
        "high": samples.limit_of_fill(Figure(one + limit, RATIO), mean),
    }


def shells_and_capsules_together(given):
    return {
        "mean_empty": samples.mean_mass(given["empty"], given.capsules("ne")),
        "mean_filled": samples.mean_mass(given["tot"], given.capsules("n")),
        "as_printed": samples.mean_mass(given["alt"], given.capsules("n")),
    }


def spread_against_a_limit(given):
    spread = spread_of(given.sample("x"))
    return {"sd": spread, "adopt": YES_OR_NO[spread.at_most(figure(given["lim"].value, RATIO))]}


def acceptance_of(mean, k, spread):
    """The acceptance value of a mean and a standard deviation that are both known; in per cent of the label."""
    distance = size_of(samples.off_reference(reference_value(mean), mean))
    return samples.acceptance_value(distance, k, spread).to(PERCENT).value


def acceptance_of_a_sample(contents, k):
    mean, variance = mean_of(contents), variance_of(contents)
    distance = size_of(samples.off_reference(reference_value(mean), mean))
    kept = keeps_limit(distance, k, variance)
    value = Root(samples.squared_spread(k, variance).value, RATIO, distance.value).to(PERCENT)
    return {"av": value, "verdict": "pass" if kept else "fail"}


def ten_tablets_assayed(given):
    label = given["label"].value
    contents = [Figure(one.value / label, RATIO) for one in given.sample("x")]
    mean, k = mean_of(contents), given["k"]
    printed = figure(CASES[given.case]["answer"]["s_pct"]["published"], PERCENT)
    return {
        "mean_pct": mean,
        "s_pct": spread_of(contents),
        "M": reference_value(mean),
        "av_published_s": acceptance_of(mean, k, printed),
        **acceptance_of_a_sample(contents, k),
    }


def ten_scattered(given):
    contents = [Figure(one.value, PERCENT).to(RATIO) for one in given.sample("x")]
    mean = mean_of(contents)
    case = "mean" if reference_value(mean) == mean else reference_value(mean)
    return {"mean": mean, "M": case, **acceptance_of_a_sample(contents, given["k"])}


def verdict_on_a_value(given):
    """The limit of the second stage on an acceptance value that is all distance."""
    value, none = Figure(given["avv"].value, PERCENT), figure(0, RATIO)
    return {"verdict": "pass" if keeps_limit(value, limits.ACCEPTANCE_ALL.value, none) else "fail"}


def printed_acceptance_values(given):
    """The page's own rule with its own M and k, and the example of the page by USP <905> with ten units."""

    def own(mean, spread, k):
        distance = size_of(samples.off_reference(given["T"], given[mean]))
        return samples.acceptance_value(distance, given[k], given[spread]).to(PERCENT).value

    return {
        **{f"row{n}": own(f"m{n}", f"s{n}", f"k{n}") for n in (1, 2, 3)},
        "example_own_rule": own("m1", "s2", "k2"),
        "example_usp905_n10": acceptance_of(given["m1"], limits.ACCEPTANCE_FIRST.value, given["s2"]),
    }


def case_of_the_formula(given):
    return {"case": "inside" if reference_value(given["m"]) == given["m"] else "outside"}


def doses_in(days):
    """Doses of so many days, one a day."""
    return titration.doses_of_step(figure(days, DAY), figure(1, PER_DAY))


def drug_in(steps):
    """Drug of several steps: (dose, days), one dose a day."""
    return total((titration.drug_of_step(dose, doses_in(days)) for dose, days in steps), MG)


def capsules_in(steps, strength):
    """Capsules of one strength for several steps: (dose, days), one dose a day."""
    each = (
        titration.capsules_of_step(titration.capsules_for_dose(dose, strength), doses_in(days)) for dose, days in steps
    )
    return total(each, CAPSULE)


def weeks_in_days(given, name):
    assert given.raw[name]["unit"] == "wk"
    return 7 * int(given.raw[name]["value"])


def rising_steps(given):
    """One, two and three capsules of 1.5 mg, for two weeks each."""
    days = weeks_in_days(given, "w")
    return [(Figure(given["cap"].value * given.whole(name), MG), days) for name in ("a", "b", "cc")]


def rising_doses(given):
    steps = rising_steps(given)
    doses = [dose for dose, _ in steps]
    strength = titration.largest_common_strength(doses)
    assert strength == given.per_capsule("cap")
    return {"dose_end": doses[-1], "capsules": capsules_in(steps, strength), "mg_total": drug_in(steps)}


def supervised_weeks(given):
    """50 mg on two days and 100 mg on one; 50 mg on five days and 100 mg on one."""
    return {f"week{week}": drug_in([(given["a"], days), (given["b"], 1)]) for week, days in ((1, 2), (2, 5))}


def falling_steps(given):
    """12, 8, 6, 4 and 2 tablets of 5 mg a day, a week each, and one for five days; as doses."""
    days = given.days("days")
    steps = [(int(count), days) for count in given.raw["x"]["value"]]
    return [(figure(5 * count, MG), days) for count, days in (*steps, (1, given.whole("last")))]


def falling_doses(given):
    steps = falling_steps(given)
    return {"tablets": capsules_in(steps, titration.largest_common_strength(dose for dose, _ in steps))}


COMPUTED = {
    **ALIQUOTS,
    **LIQUIDS,
    "MWQ-01": one_least_weighable,
    "MWQ-06": one_least_weighable,
    "MWQ-08": one_least_weighable,
    "MWQ-09": two_least_weighable_by_accuracy,
    "MWQ-10": least_by_repeatability,
    "PE-02": error_of_one_weighing("SR"),
    "PE-05": error_of_one_weighing("e"),
    "PE-06": error_of_one_weighing("SR"),
    "PE-09": error_of_one_weighing("e"),
    "PE-11": lambda given: {"err": size_of(tablets.deviation(given["got"], given["want"]))},
    "PE-E02": lambda given: {"err": tablets.deviation(given["got"], given["want"])},
    "CFT-01": capsules_from_four_tablets,
    "CFT-12": drug_in_tablets,
    "CFT-13": drug_in_batch,
    "CFT-14": drug_in_batch,
    "PK-06": taurine_in_size_two,
    "PK-E01": eleven_capsules_of_size_one,
    "PK-E04": lambda given: {"v00_out": body_volume(given)},
    "PK-E08": lambda given: {"v3_out": body_volume(given)},
    "PK-E11": filler_to_full,
    "SA-01": as_heptahydrate,
    "SA-04": lambda given: {"base": tablets.dose_as_labelled(given.per_capsule("m"), given["mwb"], given["mws"])},
    "SA-05": lambda given: {"factor": of_one_milligram(given["mwa"], given["mws"])},
    "SA-13": lambda given: {
        "extra": checks.dose_deviation(of_one_milligram(given["mwp"], given["mwa"]), figure(1, MG_PER_CAPSULE))
    },
    "SA-E01": lambda given: {"zinc": tablets.dose_as_labelled(given.per_capsule("m"), given["zn"], given["mw"])},
    "SA-E03": lambda given: {"grams": given["m"].to(G)},
    "OV-01": with_allowance,
    "OV-02": with_one_extra,
    "OV-04": with_surcharge,
    "BUD-03": lambda given: {"bud": last_day(given, "n")},
    "BUD-04": lambda given: {"bud": last_day(given, "n")},
    "BUD-06": usable_on_and_after,
    "BUD-08": lambda given: {"rt_date": last_day(given, "rt"), "cold_date": last_day(given, "cold")},
    "BUD-09": lambda given: {"bud": last_day(given, "n")},
    "BUD-E01": earliest_of_default_and_component,
    "BUD-E03": lambda given: {"limit": plain(limit_of_capsules())},
    "BUD-E05": lambda given: {"past": YES_OR_NO[not beyond_use.usable_on(given.day("today"), given.day("bud"))]},
    "BUD-E06": lambda given: {"limit": limit_of_capsules()},
    "WV-03": lambda given: {"dev": size_of(tablets.deviation(given["x"], given["m"]))},
    "WV-04": seven_deviations,
    "WV-08": band_of_a_tablet,
    "WV-11": band_of_a_capsule,
    "WV-06": mean_and_spread,
    "WV-07": mean_and_all_of_the_spread,
    "WV-09": mean_and_relative_spread("rsd"),
    "WV-10": parts_of_the_mean,
    "WV-E01": ten_capsules_together,
    "WV-E03": mean_and_relative_spread("cv"),
    "WV-E04": parts_of_the_mean,
    "WV-E05": shells_and_capsules_together,
    "WV-E06": lambda given: {"rule": f"AV not above {decimal(limits.ACCEPTANCE_VALUE.value.value)}"},
    "WV-E07": spread_against_a_limit,
    "AV-01": ten_tablets_assayed,
    "AV-04": ten_scattered,
    "AV-E02": verdict_on_a_value,
    "AV-E04": lambda given: {"M": reference_value(given["m"])},
    "AV-E05": printed_acceptance_values,
    "AV-E07": case_of_the_formula,
    "AV-E08": lambda given: {"av": acceptance_of(given["m"], given["k"], given["s"])},
    "UC-07": masses_and_volumes,
    "UC-08": lambda given: {"d": given["d"].to(MCG)},
    "UC-14": tablets_for_a_dose,
    "UC-E05": lambda given: {"mg": plain(tablets.drug_held(given.tablets("n"), given.per_tablet("b")))},
    "GD-02": additions_and_the_last,
    "GD-03": additions_after_the_first,
    "TI-01": rising_doses,
    "TI-04": lambda given: {"total": drug_in([(given["d"], given.days("n"))])},
    "TI-05": supervised_weeks,
    "TI-06": lambda given: {
        name: drug_in([(given["d"], given.days(days))]) for name, days in (("three", "n0"), ("five", "n1"))
    },
    "TI-E01": falling_doses,
}

#: Of cases that are computed, the answers that are not, and why.
NOT_YET = {
    "PK-06": ({"vol", "size", "gap"}, "volumes of powder, and a size chosen by them, are not computed"),
    "PK-E01": ({"vol", "gap"}, "volumes of powder are not computed"),
    "SA-E01": ({"mw_hepta"}, "molar masses are inputs"),
    "OV-04": ({"factor"}, "the surcharge is an input"),
    "WV-08": ({"low5", "high5"}, "the program has no band of 5 %"),
    "WV-11": ({"outer_low", "outer_high"}, "the program has no outer band"),
    "UC-07": ({"d_ug", "f_ng"}, "ng is no unit of the program"),
    "UC-08": ({"a", "b"}, "kg is no unit of the program"),
    "TI-04": (
        {"big_day", "small_day", "big_total", "small_total"},
        "commercial tablets of two strengths are not combined for one dose",
    ),
    "SUS-08": ({"ascorbic", "benzoate", "glycerol"}, "the vehicle is one component; its own parts are not computed"),
    "TI-05": ({"per_day2"}, "the mean of a week's doses is not computed"),
}


# What the endpoint answers, for the cases that the contract can say.


#: Every order that was sent, the last one last; `orders_of` reads it.
SENT = []


def plan_of(**order):
    SENT.append({"prepared_on": ANY_DAY, **order})
    answer = CLIENT.post("/api/v1/plan", json=SENT[-1])
    assert answer.status_code == 200, answer.text
    return answer.get_json()["plan"]


def read(quantity):
    return Figure(Fraction(quantity["exact"]), UNITS[quantity["unit"]])


def no_file(given):
    """A drug without a file, so that no rule of a drug's file meets the case."""
    return {"name": f"drug of {given.case}"}


def least_of(**balance):
    """The least weighable quantity of a balance; it does not depend on what is ordered."""
    return read(plan_of(dose="4.5 mg", quantity=30, balance=balance)["weighings"][0]["least"])


def one_least_weighable_asked(given):
    return {"mwq": least_of(sensitivity=given.typed("SR"), tolerated_error=given.typed("err"))}


def two_least_weighable_asked(given):
    return {
        f"mwq_{which}": least_of(
            sensitivity=given.typed(f"SR{which}"),
            tolerated_error=f"{decimal(tolerated_error(given, f'acc{which}').value)} %",
        )
        for which in "ab"
    }


def least_by_repeatability_asked(given):
    """Without m4: no balance that an order can name shows so little that its readability would not set the limit."""
    return {
        f"m{which}": least_of(repeatability=given.typed(f"s{which}"), readability="0.001 mg") for which in (1, 2, 3, 5)
    }


def capsules_from_four_tablets_asked(given):
    count = COMPUTED["CFT-01"](given)["tablets"]
    balance = {"sensitivity": given.typed("SR"), "tolerated_error": given.typed("err")}
    plan = plan_of(
        drug=no_file(given),
        dose=given.typed("dose"),
        quantity=given.whole("n"),
        source={
            "strength": given.typed("tab"),
            "tablets_weighed": int(count.value),
            "total_mass": given.typed("powder"),
        },
        balance=balance,
        capsule={"fill_mass": f"{decimal(least_of(**balance).to(MG).value)} mg"},
    )
    assert plan["tablets_to_crush"] == count.value
    return {
        "tablets": read(plan["tablets_exact"]),
        "fill": read(plan["fill_mass"]),
        "mixture": read(plan["ladder"][-1]["total"]),
        "lactose": read(plan["diluent"]),
        "drug_per_fill": read(plan["reverse_check"]["dose"]),
    }


def batch_asked(given, **allowance):
    """The plan of so many capsules; the case names no tablets, so one tablet holds one dose."""
    dose = given.typed("dose")
    source = {"strength": dose}
    return plan_of(drug=no_file(given), dose=dose, quantity=given.whole("n"), source=source, **allowance)


def drug_in_batch_asked(given):
    return {"drug": read(batch_asked(given)["drug_needed"])}


def with_allowance_asked(given):
    plan = batch_asked(given, allowance=given.typed("ov"))
    return {"made": Fraction(plan["batch"]), "drug": read(plan["drug_needed"])}


def with_one_extra_asked(given):
    return {"drug": read(batch_asked(given, extra_capsules=given.whole("extra"))["drug_needed"])}


def with_surcharge_asked(given):
    plan = plan_of(
        dose=given.typed("dose"),
        quantity=given.whole("n"),
        allowance=f"{decimal(allowance_of(given).value * 100)} %",
        source={"strength": given.typed("tab")},
    )
    return {"drug": read(plan["drug_needed"]), "tablets": read(plan["tablets_exact"])}


def beyond_use_asked(given, **source):
    prepared = given.raw["d"]["value"]
    counting = {"counting": "day 0"}  # as all published examples count
    plan = plan_of(dose="4.5 mg", quantity=30, prepared_on=prepared, source=source, beyond_use=counting)
    assert plan["beyond_use"]["bound_by"] == "default"
    return {"bud": plan["beyond_use"]["date"]}


def tablets_for_a_dose_asked(given):
    return {
        f"n{which}": read(
            plan_of(
                drug=no_file(given),
                dose=given.typed(which),
                quantity=1,
                source={"strength": given.typed(f"t{which}")},
            )["tablets_exact"]
        )
        for which in "ab"
    }


def check_of(kind, **asked):
    answer = CLIENT.post(f"/api/v1/check/{kind}", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def titration_of(given, steps, **order):
    """Both ways to make a schedule: steps as (dose, days), from tablets of the last dose where nothing else is said."""
    schedule = [{"dose": f"{decimal(dose.to(MG).value)} mg", "days": days} for dose, days in steps]
    source = {"strength": schedule[-1]["dose"]}
    tree = {"schedule": schedule, "order": {"prepared_on": ANY_DAY, "drug": no_file(given), "source": source, **order}}
    answer = CLIENT.post("/api/v1/titration", json=tree)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def root_read(quantity):
    """A root that an answer gives: what is added, and the square."""
    match = re.fullmatch(r"(?:(.+) \+ )?sqrt\((\d+/\d+)\)", quantity["exact"])
    return Root(Fraction(match[2]), UNITS[quantity["unit"]], Fraction(match[1] or 0))


def parts_of_the_mean_asked(given):
    """Each mass with a shell of 50 mg around it; the theoretical fill is the mean of the case."""
    masses = [one.value for one in given.sample_per_capsule("x")]
    fills = check_of(
        "weights",
        theoretical_fill=f"{decimal(sum(masses) / len(masses))} mg",
        capsules=[f"{decimal(mass + 50)} mg" for mass in masses],
        shell_mass="50 mg",
    )["fills"]
    return {name: read(fills[int(name[1:]) - 1]["share"]) for name in CASES[given.case]["ask"]}


def assayed_asked(contents):
    return check_of("uniformity", contents=[f"{decimal(one)} %" for one in contents])


def ten_tablets_assayed_asked(given):
    found = assayed_asked([100 * one.value / given["label"].value for one in given.sample("x")])
    return {
        "mean_pct": read(found["mean"]),
        "s_pct": root_read(found["standard_deviation"]),
        "M": read(found["reference_value"]),
        "av": root_read(found["acceptance_value"]),
        "verdict": found["verdict"],
    }


def ten_scattered_asked(given):
    """What fails with ten units asks for twenty more."""
    found = assayed_asked([one.value for one in given.sample("x")])
    verdict = {"assay 20 more": "fail"}.get(found["verdict"], found["verdict"])
    return {"mean": read(found["mean"]), "av": root_read(found["acceptance_value"]), "verdict": verdict}


def rising_doses_asked(given):
    naltrexone = {"drug": "naltrexone", "source": {"strength": "50 mg"}}
    answer = titration_of(given, rising_steps(given), **naltrexone)
    one, each = answer["ways"]
    assert read(one["drug_needed"]) == read(each["drug_needed"])
    assert [line["capsules_a_dose"] for line in one["calendar"]] == [given.whole(name) for name in ("a", "b", "cc")]
    dose, capsules = read(answer["schedule"][-1]["dose"]), Fraction(one["capsules"])
    return {"dose_end": dose, "capsules": capsules, "mg_total": read(one["drug_needed"])}


def drug_asked(given, name):
    """Drug of a schedule of one step, as each way needs it."""
    one, each = titration_of(given, [(given["d"], given.days(name))])["ways"]
    assert one["drug_needed"] == each["drug_needed"]
    return read(one["drug_needed"])


def falling_doses_asked(given):
    one, _ = titration_of(given, falling_steps(given))["ways"]
    return {"tablets": Fraction(one["capsules"])}


ASKED = {
    "MWQ-01": one_least_weighable_asked,
    "MWQ-08": one_least_weighable_asked,
    "MWQ-09": two_least_weighable_asked,
    "MWQ-10": least_by_repeatability_asked,
    "CFT-01": capsules_from_four_tablets_asked,
    "CFT-13": drug_in_batch_asked,
    "CFT-14": drug_in_batch_asked,
    "OV-01": with_allowance_asked,
    "OV-02": with_one_extra_asked,
    "OV-04": with_surcharge_asked,
    "BUD-04": beyond_use_asked,
    "BUD-09": beyond_use_asked,
    "BUD-E01": lambda given: beyond_use_asked(given, expiry=given.raw["comp"]["value"]),
    "WV-10": parts_of_the_mean_asked,
    "WV-E04": parts_of_the_mean_asked,
    "AV-01": ten_tablets_assayed_asked,
    "AV-04": ten_scattered_asked,
    "UC-14": tablets_for_a_dose_asked,
    "TI-01": rising_doses_asked,
    "TI-04": lambda given: {"total": drug_asked(given, "n")},
    "TI-06": lambda given: {"three": drug_asked(given, "n0"), "five": drug_asked(given, "n1")},
    "TI-E01": falling_doses_asked,
}


# How an answer of ours is held against one of the file.


def number_or_text(written):
    """A number as the file writes it ("120", "25/6", "11.5/29") as a fraction; anything else as it stands.

    A root stands there with twelve decimals ("~2.836272984825"), of which the last three are not always right.
    """
    if written.startswith("~"):
        return Fraction(fixed(Fraction(written[1:]), ROOT_DECIMALS))
    if not re.fullmatch(r"-?[0-9.]+(/[0-9.]+)?", written):
        return written
    above, _, below = written.partition("/")
    return Fraction(above) / Fraction(below or "1")


def as_asked(found, unit):
    """What we found, in the unit of the file: a fraction, or a text where it is a date or a word."""
    match found:
        case date():
            return found.isoformat()
        case Root():
            return (found.to(PERCENT) if unit == "%" and found.unit is RATIO else found).rounded(ROOT_DECIMALS)
        case Figure(unit=known, value=value) if known in (CAPSULE, TABLET):
            return value
        case Figure(unit=known, value=value) if known in (MG_PER_CAPSULE, MG_PER_TABLET):
            return value if unit == "1" else Figure(value, MG).to(UNITS[unit]).value
        case Figure(unit=known, value=value) if known is ML_PER_CAPSULE:
            return Figure(value, ML).to(UNITS[unit]).value
        case Figure():
            return found.to(UNITS[unit]).value
    return found


def answers_of(case, functions):
    found = functions[case["id"]](Given(case))
    return {name: as_asked(figure, case["answer"][name]["unit"]) for name, figure in found.items()}


def orders_of(name):
    """The orders that the endpoint is asked for one case."""
    before = len(SENT)
    answers_of(CASES[name], ASKED)
    return SENT[before:]


def exact_of(case, names):
    return {name: number_or_text(case["answer"][name]["exact"]) for name in names}


def shortened(source):
    """The beginning of a source, to tell tests apart by: mostly the site and the page."""
    first = re.sub(r"https?://(www\.)?", "", source)
    return re.sub(r"[^\w./-]+", "_", re.split(r"[,;?]| and | \(", first, maxsplit=1)[0], flags=re.ASCII)[:48].strip("_")


def each(ids):
    return [pytest.param(CASES[name], id=f"{name}-{shortened(CASES[name]['source'])}") for name in ids]


@pytest.mark.parametrize("case", each(COMPUTED))
def test_the_formulas_give_the_exact_answer(case):
    found = answers_of(case, COMPUTED)
    assert found == exact_of(case, found)
    assert found.keys() | NOT_YET.get(case["id"], (set(),))[0] == case["answer"].keys()


@pytest.mark.parametrize("case", each(ASKED))
def test_the_endpoint_gives_the_exact_answer(case):
    found = answers_of(case, ASKED)
    assert found
    assert found == exact_of(case, found)


def only_rounded(answer):
    """Whether what was printed is right, with fewer decimals."""
    exact, printed = number_or_text(answer["exact"]), answer["published"]
    return isinstance(exact, Fraction) and fixed(exact, len(printed.partition(".")[2])) == printed


#: Half a tablet rounded up to a whole one.
ROUNDING_IS_THE_ERROR = {"SUS-E02"}


@pytest.mark.parametrize("case", each(name for name in COMPUTED if CASES[name]["kind"] == "published_error"))
def test_we_do_not_repeat_what_was_published_wrong(case):
    traps = 0
    for functions in (COMPUTED, ASKED):
        for name, ours in answers_of(case, functions).items() if case["id"] in functions else ():
            printed = case["answer"][name]["published"]
            if printed is None or number_or_text(printed) == number_or_text(case["answer"][name]["exact"]):
                continue
            rounded_away = case["id"] in ROUNDING_IS_THE_ERROR
            if only_rounded(case["answer"][name]) and not rounded_away:
                continue
            traps += 1
            assert ours != number_or_text(printed)
            if not rounded_away and isinstance(ours, Fraction) and isinstance(number_or_text(printed), Fraction):
                assert fixed(ours, len(printed.partition(".")[2])) != printed, "as printed it looks the same"
    assert traps


def test_a_least_weighable_quantity_is_rounded_up_and_never_down():
    given, answer = Given(CASES["MWQ-06"]), CASES["MWQ-06"]["answer"]["mwq"]
    exact = figure(number_or_text(answer["exact"]), MG)
    asked = one_least_weighable_asked(given)["mwq"]
    assert asked == up_to_step(exact, figure(1, MG))
    assert weighing.weighing_error(given["SR"], asked) <= given["err"]
    assert weighing.weighing_error(given["SR"], figure(answer["published"], MG)) > given["err"]


@pytest.mark.parametrize(
    ("case", "name", "days"),
    [
        ("BUD-03", "n", LIBRARY.beyond_use["oral_liquid_nonaqueous"].days),
        ("BUD-04", "n", LIBRARY.beyond_use[limits.CAPSULE_CLASS].days),
        *(
            ("BUD-08", name, next(study.days for study in LIBRARY.drugs["naltrexone"].studies if study.key == key))
            for name, key in (("rt", "fawcett_1997_25c"), ("cold", "fawcett_1997_4c"))
        ),
    ],
)
def test_the_days_of_the_tables_are_those_of_the_cases(case, name, days):
    assert Given(CASES[case]).days(name) == days


def test_each_case_is_computed_or_left_out_with_a_reason():
    assert len(CASES) == 142
    assert COMPUTED.keys() | LEFT_OUT.keys() == CASES.keys()
    assert not COMPUTED.keys() & LEFT_OUT.keys()
    assert ASKED.keys() <= COMPUTED.keys()
    assert NOT_YET.keys() <= COMPUTED.keys()
    assert all(reason.strip() for reason in LEFT_OUT.values())
    assert all(names and reason for names, reason in NOT_YET.values())
