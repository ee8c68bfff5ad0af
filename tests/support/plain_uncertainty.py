"""The dose of a batch from its weighings, worked out anew in plain numbers: what a little more of each mass does to it.

It knows the answer of the endpoint and nothing of how the program works out a spread.
"""

from fractions import Fraction
from math import sqrt


def root(shown):
    """The number of a root as the endpoint writes one."""
    above, below = shown["exact"].removeprefix("sqrt(").removesuffix(")").split("/")
    return sqrt(Fraction(int(above), int(below)))


def mg(shown):
    """A mass as it is printed, in mg."""
    return float(Fraction(shown["value"]) * {"g": 1000, "mg": 1, "mg/{capsule}": 1}[shown["unit"]])


def uncertainty(term):
    """The standard uncertainty of a weighing, in mg: of a rectangle from -a to a it is a / root of 3."""
    return mg(term["error"]) / (sqrt(3) if term["kind"] == "bound" else 1)


def masses_of(plan, *, whole):
    """What is weighed for a batch in the order of work, with names, in mg; `whole`: all powder goes on unweighed."""
    found = [("tablets", w["mass"]) for w in plan["weighings"] if w["name"] == "tablets"]
    if not whole:
        first = (
            ("trituration", plan["triturations"][0]["weigh"]) if plan["triturations"] else ("portion", plan["portion"])
        )
        found.append(first)
    for step in plan["triturations"]:
        found += [("diluent", step["diluent"]), ("aliquot", step["take"])]
    found += [("diluent", plan["diluent"])] if mg(plan["diluent"]) else []
    return [(name, mg(mass)) for name, mass in found]


def dose_of(weighed):
    """Drug in one part of the blend of the capsules, in tablets or parts of bulk powder, from what was weighed."""
    rest = list(weighed)
    strength, powder = 1.0, None
    if rest[0][0] == "tablets":
        powder = rest.pop(0)[1]
        strength = 1 / powder
    for name, mass in rest:
        if name == "diluent":
            strength *= powder / (powder + mass)
        else:
            powder = mass
    return strength
