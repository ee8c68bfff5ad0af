"""Random orders and checks with their JSON answers and what is drawn of them; places as they are written."""

import random
import re
from contextlib import suppress
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache

from calc.capsule.answer import plan_shown
from calc.checks.answer import uniformity_shown, weights_shown
from calc.checks.assayed import UniformityAsked
from calc.checks.from_order import read_weights
from calc.checks.plot import plot_contents, plot_weights
from calc.checks.uncertainty_sheet import drawn
from calc.checks.uniformity import check_uniformity
from calc.checks.weights import check_weights
from calc.faults import Refused
from calc.pictures import pictures
from tests.second_engine.parts import TODAY
from tests.support.orders import GOOD, changed
from tests.support.papers import library, planned
from tests.tools.compare_engines import KINDS

ROOT = re.compile(r"sqrt\((.+)\)")


def at(place, decimals=3):
    """A place as it is written: so many decimals, half up, no zeros behind them."""
    up = Fraction(place) * 10**decimals + Fraction(1, 2)
    text = str(Decimal(up.numerator // up.denominator).scaleb(-decimals))
    return text.rstrip("0").rstrip(".") if "." in text else text


def answered(number, kind, answer):
    """What so many random orders or checks come to, one by one; what is refused is left out."""
    rng = random.Random(f"pictures {kind}")
    for _ in range(number):
        with suppress(Refused):
            yield answer(KINDS[kind].random(rng))


def plan_of(tree):
    plan = planned(tree | {"prepared_on": tree.get("prepared_on") or TODAY.isoformat()})
    return plan, plan_shown(plan)


def weighed(tree):
    checked = check_weights(*read_weights(tree, library(), TODAY))
    return checked, weights_shown(checked)


def assayed(tree):
    checked = check_uniformity(UniformityAsked.read(tree))
    return checked, uniformity_shown(checked)


@cache
def orders():
    """Random plans with their JSON answers."""
    little = changed(
        GOOD, {"diluent": None, "tablet_powder": None, "capsule.fill_mass": "14.5 mg", "balance": {"minimum": "100 mg"}}
    )
    return *answered(120, "capsules", plan_of), plan_of(little)


@cache
def checks():
    """Random checks with their JSON answers: by weight, by content."""
    return tuple(answered(30, "weights", weighed)), tuple(answered(40, "uniformity", assayed))


def plans():
    """Each plan with its JSON answer and its pictures."""
    return ((plan, shown, pictures(plan)) for plan, shown in orders())


def plots():
    """Each check with its JSON answer and its plot."""
    by_weight, by_content = checks()
    yield from ((checked, shown, plot_weights(checked, shown)) for checked, shown in by_weight)
    yield from ((checked, shown, plot_contents(checked, shown)) for checked, shown in by_content)


def of_capsules():
    """Each check by weight that tells how sure a dose is: its JSON answer, and what is drawn of it."""
    for checked, shown in checks()[0]:
        if shown["spread"] is not None:
            yield shown["spread"], drawn(checked.dose)


def exact(shown):
    return Fraction(shown["exact"])


def in_g(shown):
    """A mass in g."""
    return exact(shown) / {"g": 1, "mg": 1000, "mg/{capsule}": 1000}[shown["unit"]]


def root_of(shown):
    """The root that an answer shows exactly, to many digits."""
    square = Fraction(ROOT.search(shown["exact"])[1])
    with localcontext() as context:
        context.prec = 40
        return Fraction((Decimal(square.numerator) / square.denominator).sqrt())


def near(value, text):
    """Whether a number is written in full, or to four digits."""
    return abs(Fraction(text) - value) <= value / 2000
