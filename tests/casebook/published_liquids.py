"""The published problems of liquids, each worked through the program's own formulas.

Used by `tests/casebook/test_published_problems.py`.

A strength printed in per cent is in g in 100 mL: 1 % is 10 mg/mL, which is written so here and not computed.
"""

from fractions import Fraction

from calc.arithmetic.units import DAY, MG, MG_PER_ML, MG_PER_TABLET, ML, PER_DAY, RATIO, TABLET, figure
from calc.rules import liquids as rules
from calc.rules import tablets


def per_ml(given, name):
    """A strength of a case in mg/mL, whether it stands there in mg/mL or in g in 100 mL."""
    raw = given.raw[name]
    times = {"mg/mL": 1, "g/(100.mL)": 10}[raw["unit"]]
    return figure(Fraction(raw["value"]) * times, MG_PER_ML)


def of_tablets(given, volume):
    """The strength of a liquid from whole tablets."""
    return rules.strength_of_whole_tablets(given.tablets("nt"), given.per_tablet("tab"), volume)


def losartan(given):
    """SUS-04: water and vehicle together are the volume (the tablets' own volume is not counted on the page)."""
    volume = figure(given["w"].value + given["v"].value, ML)
    return {"volume": volume, "strength": of_tablets(given, volume)}


def oseltamivir(given):
    """SUS-05: capsules stand for tablets here, each with its 75 mg."""
    strength, each = per_ml(given, "conc"), figure(given["cap"].value, MG_PER_TABLET)
    found = {}
    for index in range(1, 5):
        found[f"caps{index}"] = tablets.tablets_exact(rules.drug_in_volume(strength, given[f"v{index}"]), each)
        found[f"vol{index}"] = rules.volume_with_drug(given[f"d{index}"], strength)
    return found


def naltrexone_100_ml(given):
    """SUS-08: the tablets; the vehicle's own parts are not computed."""
    needed = rules.drug_in_volume(per_ml(given, "conc"), given["vol"])
    return {"tablets": tablets.tablets_exact(needed, given.per_tablet("tab"))}


def naltrexone_5_mg_per_ml(given):
    """LD-05: tablets for the volume, and the volume of one dose."""
    strength = per_ml(given, "conc")
    needed = rules.drug_in_volume(strength, given["v"])
    return {
        "tablets": tablets.tablets_exact(needed, given.per_tablet("tab")),
        "vol": rules.volume_with_drug(given["dose"], strength),
    }


def half_a_tablet_as_syrup(given):
    """SUS-14: half a tablet twice daily for a week."""
    part = figure(given["frac"].value, TABLET)
    dose = tablets.drug_held(part, given.per_tablet("tab"))
    each = rules.volume_with_drug(dose, per_ml(given, "conc"))
    doses = given.whole("per_day") * given.whole("days")
    return {"dose_ml": each, "total_ml": rules.volume_at_mark(figure(doses, RATIO), each)}


def levothyroxine(given):
    """SUS-E02: micrograms throughout, and the half tablet is weighed, not rounded away."""
    strength = figure(given["a"].to(MG).value / given["b"].value, MG_PER_ML)
    needed = rules.drug_in_volume(strength, given["vol"])
    exact = tablets.tablets_exact(needed, given.per_tablet("tab"))
    eight = tablets.drug_held(figure(8, TABLET), given.per_tablet("tab"))
    return {"tablets": exact, "overdose_if_8": tablets.deviation(eight, needed)}


def novobiocin(given):
    """SA-17: what one dose of a liquid holds."""
    doses = rules.doses_in_volume(given["v"], given["dose"])
    return {"per_dose": rules.drug_per_container(_strength(given["m"], given["v"]), given["v"], doses)}


def _strength(mass, volume):
    """The strength of a liquid that holds so much drug: as if of one tablet that holds it all."""
    whole = figure(mass.to(MG).value, MG_PER_TABLET)
    return rules.strength_of_whole_tablets(figure(1, TABLET), whole, volume)


def powder_for_injection(given):
    """RC-04: diluent and powder together are the volume."""
    strength = _strength(given["m"], figure(given["w"].value + given["dv"].value, ML))
    return {"strength": strength, "dose_ml": rules.volume_with_drug(given["dose"], strength)}


def two_strengths(given):
    """RC-06: drug in 5 mL of the one, the volume of a dose of the other."""
    return {
        "per5": rules.drug_in_volume(_strength(given["a"], given["va"]), figure(5, ML)),
        "dose_ml": rules.volume_with_drug(given["dose"], _strength(given["b"], given["vb"])),
    }


def volumes_and_drug(given):
    """RC-09: what ten days take, and the drug in two volumes."""
    doses = figure(given.whole("per_day") * given.whole("days"), RATIO)
    assert rules.days_of_doses(doses, figure(given.whole("per_day"), PER_DAY)) == figure(given.whole("days"), DAY)
    return {
        "vol": rules.volume_at_mark(doses, given["dose"]),
        "g1": rules.drug_in_volume(per_ml(given, "c1"), given["v1"]),
        "g2": rules.drug_in_volume(per_ml(given, "c2"), given["v2"]),
    }


LIQUIDS = {
    "SUS-04": losartan,
    "SUS-05": oseltamivir,
    "SUS-07": lambda given: {"strength": of_tablets(given, given["vol"])},
    "SUS-08": naltrexone_100_ml,
    "SUS-14": half_a_tablet_as_syrup,
    "SUS-E02": levothyroxine,
    "SUS-E04": lambda given: {"volume": rules.volume_with_drug(given["dose"], per_ml(given, "conc"))},
    "SA-17": novobiocin,
    "RC-04": powder_for_injection,
    "RC-06": two_strengths,
    "RC-09": volumes_and_drug,
    "LD-05": naltrexone_5_mg_per_ml,
}
