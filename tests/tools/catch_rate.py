"""How many slips of the typing hand the program stops or flags, by kind of slip, and how often it cries wolf.

Into every clean order one slip is put, in one figure at a time. An alarm is a fault, a stop, or a notice that names
something implausible; defaults, blanks, cautions and what only says how the work is done are no alarms. An
acknowledged stop of the clean order is not counted again: its code must be new, or stand where none stood.
"""

import copy
import re
from collections import defaultdict
from fractions import Fraction

from calc.faults import Refused
from calc.library import load
from calc.service.preparations import preparation_in
from tests.casebook.compare import cases
from tests.casebook.test_published_problems import ASKED, orders_of
from tests.support.orders import GOOD, changed, value_at
from tests.tools.clean_liquids import clean_liquids

LIBRARY = load()
#: Notices that say that something typed is implausible; the others explain the work or what is not known.
PLAUSIBILITY = {
    *(
        "dose_below_usual_notice",
        "quantity_unusual",
        "dose_unlike_strength",
        "fill_unlikely",
        "packing_unlikely",
        "shell_unlikely",
        "more_tablets_than_needed",
        "more_weighed_than_made",
        "no_reserve",
    ),
    *("crushing_loss_high", "diluent_below_least_weighable", "capsule_below_least_weighable", "no_diluent_needed"),
    *("dose_volume_unusual", "days_unusual", "outlasts_use"),
}
#: How the author of the case book says that a case lies on a bound.
ON_A_BOUND = re.compile(r"\b(?:exactly|above|below|barely|equal|smaller|allowed|not too many)\b")
MASSES = (
    *("dose", "source.strength", "source.total_mass", "source.recovered_mass", "capsule.shell_mass"),
    *("capsule.fill_mass", "diluent.packing_statistic", "tablet_powder.packing_statistic", "strength", "volume"),
)
COUNTS = ("quantity", "source.tablets_weighed")
OTHER_UNITS = {"mg": ("g", "mcg"), "g": ("mg",), "mcg": ("mg",), "ug": ("mg",), "mL": ("L",), "L": ("mL",)}


def answered(tree):
    """What the program says to an order: its kind, and the codes of its alarms."""
    try:
        preparation = preparation_in(tree)
        made = preparation.plan(preparation.order.read(tree, LIBRARY), LIBRARY)
    except Refused as refused:
        hard = any(stop.severity == "hard" for stop in refused.stops)
        codes = {fault.code.value for fault in refused.faults} | {stop.code.value for stop in refused.stops}
        return ("fault" if refused.faults else "hard" if hard else "soft"), codes
    return "plan", {notice.code.value for notice in made.notices} & PLAUSIBILITY


def is_usual(tree):
    """Whether the dose is usual: for naltrexone 0.5 to 6 mg, by the rules; of other drugs nothing is known."""
    number, unit = tree["dose"].split()
    mg = Fraction(number) * {"g": 1000, "mg": 1, "mcg": Fraction(1, 1000), "ug": Fraction(1, 1000)}[unit]
    return tree.get("drug", "naltrexone") != "naltrexone" or Fraction(1, 2) <= mg <= 6


def clean_orders():
    """Orders that nobody need question: ordinary ones of the case book, and more of the like.

    Which cases of the book are ordinary is read from the words and the key of its author, who had not seen the program:
    no stop let pass, no notice of something implausible, a quantity as it is dispensed, and not made to lie on a bound.
    """
    trees = [
        case["order"]
        for case in cases()
        if case["expect"]["status"] == 200
        and not case["order"].get("acknowledgements")
        and not set(case["expect"].get("notices", ())) & PLAUSIBILITY
        and case["order"]["quantity"] >= 10
        and is_usual(case["order"])
        and not ON_A_BOUND.search(f"{case['title']} {case['why']}")
    ]
    trees += [GOOD, changed(GOOD, {"capsule.shell_mass": "48 mg", "source.recovered_mass": "0.475 g"})]
    for dose, quantity, tablets, mass in (
        *(("1.5 mg", 30, 1, "0.161 g"), ("3 mg", 60, 4, "0.636 g"), ("2 mg", 90, 4, "0.652 g")),
        *(("4.5 mg", 100, 10, "1.610 g"), ("6 mg", 28, 4, "0.640 g"), ("0.5 mg", 90, 1, "0.158 g")),
        *(("3.5 mg", 42, 4, "0.628 g"), ("5 mg", 56, 6, "0.966 g"), ("2.25 mg", 30, 2, "0.322 g")),
    ):
        order = {"dose": dose, "quantity": quantity, "source.tablets_weighed": tablets, "source.total_mass": mass}
        trees.append(changed(GOOD, order))
    for dose, strength, quantity, tablets, mass, fill in (  # drugs without a file; the first is the textbook's twin
        ("4 mg", "25 mg", 25, 4, "280 mg", "120 mg"),
        ("5 mg", "20 mg", 60, 16, "2.400 g", "140 mg"),
        ("2.5 mg", "10 mg", 30, 8, "1.280 g", "130 mg"),
        ("12.5 mg", "50 mg", 28, 8, "1.360 g", "150 mg"),
        ("1 mg", "5 mg", 90, 19, "1.900 g", "125 mg"),
    ):
        trees.append(
            {
                "drug": {"name": "Example drug"},
                "dose": dose,
                "quantity": quantity,
                "source": {"strength": strength, "tablets_weighed": tablets, "total_mass": mass},
                "capsule": {"size": "3", "fill_mass": fill},
            }
        )
    for tree in trees:
        tree = copy.deepcopy(tree)
        tree.setdefault("prepared_on", "2026-11-23")
        yield tree


#: The case asks how many tablets one dose takes: it is asked here as one capsule, and no order was published.
NO_ORDER = {"UC-14"}


def published_orders():
    """The published problems that go through the endpoint, as orders; what a source leaves open is ordinary."""
    for name in ASKED:
        if name not in NO_ORDER:
            yield from orders_of(name)


def false_alarms(orders):
    """How many of these orders raise an alarm, how many are refused for good, and how many there are."""
    answers = [answered(tree) for tree in orders]
    hard = sum(kind in ("hard", "fault") for kind, _ in answers)
    return sum(bool(codes) for _, codes in answers), hard, len(answers)


def typed(number):
    """A number within the grammar of the wire, or None where it has too many digits."""
    places = 0
    while number * 10**places % 1 and places < 7:
        places += 1
    whole = number * 10**places
    if places > 6 or whole.denominator != 1 or not 0 < number < 10**7:
        return None
    text = f"{whole.numerator:0{places + 1}}"
    return f"{text[:-places]}.{text[-places:]}" if places else text


def at(tree, path):
    """What stands at a path, or None."""
    try:
        return value_at(tree, path)
    except (KeyError, TypeError):
        return None


def slips(tree):
    """Every slip that can be made in an order: (kind, where, the order with it)."""
    for path in MASSES:
        given = at(tree, path)
        if not isinstance(given, str):
            continue
        for kind, wrong in slips_of_quantity(given):
            yield kind, path, changed(tree, {path: wrong})
    for path in COUNTS:
        given = at(tree, path)
        if isinstance(given, int):
            yield "x10", path, changed(tree, {path: given * 10})
            if given % 10 == 0:
                yield "/10", path, changed(tree, {path: given // 10})
    yield from swapped_fields(tree)
    yield from slips_of_bodies(tree)
    if at(tree, "source.total_mass"):
        number, unit = tree["source"]["total_mass"].split()
        for factor in (Fraction(13, 20), Fraction(3, 2)):  # of another lot, with tablets of another size
            if (text := typed(Fraction(number) * factor)) is not None:
                yield "mass of another lot", "source.total_mass", changed(tree, {"source.total_mass": f"{text} {unit}"})


#: The table's shell of each size, in mg, as it stands in the brochure.
SHELLS = {"000": 163, "00": 118, "0": 96, "1": 76, "2": 61, "3": 48, "4": 38, "5": 28}


def slips_of_bodies(tree):
    """The mass of ten bodies typed for that of one, and the shell left in, in both powders as one makes them."""
    paths = ("diluent.packing_statistic", "tablet_powder.packing_statistic")
    masses = [at(tree, path) for path in paths]
    if None in masses or not all(mass.endswith(" mg") for mass in masses):
        return
    numbers = [Fraction(mass.split()[0]) for mass in masses]
    shell = SHELLS.get(at(tree, "capsule.size") or "3")
    wrong = [("ten bodies not divided", [10 * number for number in numbers])]
    wrong += [("shell left in", [number + shell for number in numbers])] if shell else []
    for kind, slipped in wrong:
        yield kind, paths[0], changed(tree, {p: f"{typed(n)} mg" for p, n in zip(paths, slipped, strict=True)})


def slips_of_quantity(given):
    """Every slip that can be made in one number with its unit: (kind, what is typed)."""
    number, unit = given.split()
    for kind, factor in (("x10", 10), ("/10", Fraction(1, 10)), ("x1000", 1000), ("/1000", Fraction(1, 1000))):
        if (text := typed(Fraction(number) * factor)) is not None:
            yield kind, f"{text} {unit}"
    for other in OTHER_UNITS[unit]:
        yield "unit swap", f"{number} {other}"
    if "." in number:
        yield "lost point", f"{number.replace('.', '').lstrip('0')} {unit}"
    for index in range(len(number) - 1):
        pair = number[index : index + 2]
        if pair.isdigit() and pair[0] != pair[1]:
            other = number[:index] + pair[::-1] + number[index + 2 :]
            if not other.startswith("0") or other.startswith("0."):
                yield "digit swap", f"{other} {unit}"


def swapped_fields(tree):
    """Dose and strength, or tablets and quantity, in each other's place."""
    dose, strength = at(tree, "dose"), at(tree, "source.strength") or "50 mg"
    if dose != strength and at(tree, "source.kind") != "powder":
        yield "dose and strength swapped", "dose", changed(tree, {"dose": strength, "source.strength": dose})
    tablets = at(tree, "source.tablets_weighed")
    if at(tree, "preparation") == "liquid":
        yield from swapped_in_a_liquid(tree)
    elif tablets is not None and tablets != tree["quantity"]:
        swap = {"quantity": tablets, "source.tablets_weighed": tree["quantity"]}
        yield "tablets and quantity swapped", "quantity", changed(tree, swap)


def swapped_in_a_liquid(tree):
    """Dose and drug in 1 mL in each other's place, and what the bottle holds typed for what 1 mL holds."""
    dose, strength = tree["dose"], tree["strength"]
    if dose != strength:
        yield "dose and drug in 1 mL swapped", "strength", changed(tree, {"dose": strength, "strength": dose})
    number, unit = strength.split()
    whole = typed(Fraction(number) * Fraction(tree["volume"].split()[0]))
    yield "drug of the bottle for that of 1 mL", "strength", changed(tree, {"strength": f"{whole} {unit}"})


def measure(orders=clean_orders):
    """(caught, all) by kind, and by kind and field; clean orders with an alarm and with a hard stop; their number."""
    by_kind, by_field = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    alarmed = hard = number = 0
    for tree in orders():
        kind, before = answered(tree)
        number += 1
        hard += kind in ("hard", "fault")
        alarmed += bool(before)
        for slip, path, wrong in slips(tree):
            kind, after = answered(wrong)
            caught = kind in ("hard", "fault") or bool(after - before) or (kind == "soft")
            named = isinstance(tree.get("drug"), dict)
            for table, key in ((by_kind, slip), (by_field, (slip, path, "named" if named else "file"))):
                table[key][0] += caught
                table[key][1] += 1
    return by_kind, by_field, alarmed, hard, number


def main():
    """Print the shares."""
    for name, orders in (("capsules", clean_orders), ("liquids", clean_liquids)):
        print(f"{name}:")
        report(*measure(orders))
    print("published orders: {} with an alarm, {} with a hard stop, of {}".format(*false_alarms(published_orders())))


def report(by_kind, by_field, alarmed, hard, number):
    """Print the shares of one preparation."""
    for kind, (caught, everything) in sorted(by_kind.items()):
        print(f"{kind:30} {caught:5} of {everything:5}  {100 * caught / everything:5.1f} %")
    for key, (caught, everything) in sorted(by_field.items()):
        if caught < everything:
            print("   missed", *key, everything - caught, "of", everything)
    print(
        f"clean orders with an alarm: {alarmed} of {number} ({100 * alarmed / number:.1f} %), with a hard stop: {hard}"
    )


if __name__ == "__main__":
    main()
