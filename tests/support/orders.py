"""Orders to bring to any door, as JSON trees: the worked case, and how it is changed."""

import copy

from calc.service.preparations import CAPSULES

#: The names of an order of capsules that are a quantity, and those that are a count.
QUANTITIES, COUNTS = frozenset(CAPSULES.query.quantities), CAPSULES.query.counts

#: The worked case: 0.432 g of powder, with every figure that a plan can have.
GOOD = {
    "dose": "4.5 mg",
    "quantity": 30,
    "prepared_on": "2026-11-23",
    "source": {"strength": "50 mg", "tablets_weighed": 3, "total_mass": "0.480 g", "weighed_on": "2026-11-23"},
    "capsule": {"size": "3"},
    "diluent": {"packing_statistic": "135 mg"},
    "tablet_powder": {"packing_statistic": "165 mg"},
}


def dated(tree):
    """The order with an expiry of each component, so late that it ends nothing: before, no label is printed."""
    parts = ("source", "vehicle") if tree.get("preparation") == "liquid" else ("source", "diluent", "capsule")
    given = {part: {"expiry": "2029-01", **typed} for part in parts if isinstance(typed := tree.get(part) or {}, dict)}
    mixture = given.get("vehicle", {}).get("parts")
    if isinstance(mixture, list) and all(isinstance(part, dict) for part in mixture) and mixture:
        given["vehicle"] |= {"expiry": None, "parts": [{"expiry": "2029-01", **part} for part in mixture]}
    return {**tree, **given}


#: Figures of its plan that nobody types: none of them may stand in a refusal.
FIGURES = ("0.432", "432 mg", "14.4", "123.2", "3.697", "3,697", "137.6", "4.499", "2027-05-21")
#: Of the published dates the days of the first stand for all: without hours the days are asked for, which
#: `tests/planning/test_dates_by_studies.py` tries.
#: Ingredients have tests of their own: `tests/capsule/test_ingredients.py`.
#: So have two forms of a drug: `tests/planning/test_two_forms.py`.
#: So have a dilution and what opened capsules weigh, which stands together: `tests/planning/test_dilutions.py` and
#: `tests/planning/test_opened_capsules.py`.
TRIED_APART = {"source.drug_in_gram", "source.capsules_weighed", "source.full_mass", "source.shells_mass"}
NUMBER_PATHS = tuple(
    path
    for path in sorted(name.replace("-", ".") for name in QUANTITIES | COUNTS if "ingredients-" not in name)
    if path not in TRIED_APART
    and not path.startswith("forms.")
    and (not path.startswith("beyond_use.studies.") or path == "beyond_use.studies.0.days")
)
UNIT_PATHS = tuple(
    sorted(name.replace("-", ".") for name in QUANTITIES if not name.startswith(("ingredients-", "forms-")))
)
COUNT_PATHS = frozenset(name.replace("-", ".") for name in COUNTS)
TEXT_PATHS = (
    *("internal_number", "source.maker", "source.ndc", "source.lot", "capsule.brand", "capsule.lot", "diluent.lot"),
    "drug.name",
)
#: The same order from bulk powder: nothing of tablets stands in it.
OF_BULK = {
    "source": {
        "kind": "powder",
        "assay": "98.5 %",
        "assay_basis": "dried",
        "water": "4 %",
        "packing_statistic": "150 mg",
    },
    "tablet_powder": None,
}
#: The same order from capsules that are opened, a strength that the drug's file does not list.
OPENED = {
    "source": {
        "kind": "capsule",
        "contents": "powder",
        "release": "immediate",
        "strength": "50 mg",
        "capsules_weighed": 3,
        "full_mass": "0.63 g",
        "shells_mass": "0.15 g",
    },
    "acknowledgements": [{"code": "strength_not_in_drug_file", "value": "50 mg", "reason": "label_checked"}],
}
TEN_SHELLS = {"number": 10, "total": "500 mg"}
#: The same powders, weighed in several bodies at once.
PACKED = {
    "diluent": {
        "diluent.packing_statistic": None,
        "diluent.packing": {"bodies": 10, "total": "1.85 g", "shells": "500 mg"},
    },
    "tablet_powder": {
        "tablet_powder.packing_statistic": None,
        "tablet_powder.packing": {"bodies": 3, "total": "645 mg", "shells": "150 mg"},
    },
    "source": {
        **OF_BULK,
        "source.packing_statistic": None,
        "source.packing": {"bodies": 10, "total": "2 g", "shells": "500 mg"},
    },
}
#: What makes the good order hold each of its other fields: a valid value, and what goes with it (None: goes out).
HOLDING = {
    **{f"{part}.packing.{name}": of for part, of in PACKED.items() for name in ("bodies", "total", "shells")},
    **{f"capsule.shells.{name}": {"capsule.shells": TEN_SHELLS} for name in TEN_SHELLS},
    "allowance": {"allowance": "10 %"},
    "extra_capsules": {"extra_capsules": 3},
    "crushing_loss": {"crushing_loss": "3 %"},
    "source.recovered_mass": {"source.recovered_mass": "0.475 g"},
    "source.tablets_crushed": {"source.tablets_crushed": 3},
    "source.crushed_mass": {"source.crushed_mass": "0.481 g"},
    "source.least_tablets": {"source.least_tablets": 2},
    "source.assay": OF_BULK,
    "source.water": OF_BULK,
    "source.packing_statistic": OF_BULK,
    **{f"source.{name}": OPENED for name in ("capsules_weighed", "full_mass", "shells_mass")},
    "source.drug_in_gram": {
        "source": {"kind": "dilution", "drug_in_gram": "50 mg", "packing_statistic": "150 mg"},
        "tablet_powder": None,
    },
    "beyond_use.studies.0.days": {
        "beyond_use.studies": [{"days": 170, "storage": "room temperature", "reference": "J Pharm 2018"}],
    },
    "beyond_use.studies.0.hours": {
        "beyond_use.studies": [{"hours": 170, "storage": "room temperature", "reference": "J Pharm 2018"}],
    },
    "balance.readability": {"balance.readability": "1 mg"},
    "balance.sensitivity": {"balance.sensitivity": "6 mg", "balance.tolerated_error": "5 %"},
    "balance.tolerated_error": {"balance.sensitivity": "6 mg", "balance.tolerated_error": "5 %"},
    "balance.repeatability": {"balance.repeatability": "0.01 mg", "balance.readability": "0.01 mg"},
    "balance.minimum": {"balance.minimum": "20 mg"},
    "capsule.shell_mass": {"capsule.shell_mass": "48 mg"},
    "capsule.fill_mass": {
        "capsule.fill_mass": "120 mg",
        "diluent.packing_statistic": None,
        "tablet_powder.packing_statistic": None,
    },
}


def changed(tree, changes):
    """A copy of an order with values put at dotted paths; None takes a path out."""
    new = copy.deepcopy(tree)
    for path, value in changes.items():
        *parts, name = path.split(".")
        group = new
        for part, inner in zip(parts, [*parts, name][1:], strict=True):
            group = _inside(group, part, [] if inner.isdecimal() else {})
        if value is None:
            group.pop(name, None)
        else:
            group[name] = copy.deepcopy(value)
    return new


def _inside(group, part, empty):
    """The group at one part of a path; what is no group, as a drug's key, gives way to one."""
    if part.isdecimal():
        group += [{}] * (int(part) + 1 - len(group))
        return group[int(part)]
    if not isinstance(group.get(part), type(empty)):
        group[part] = empty
    return group[part]


def value_at(tree, path):
    for name in path.split("."):
        tree = tree[int(name) if isinstance(tree, list) else name]
    return tree


def holding(path):
    """The good order with a valid value in the field at `path`."""
    return changed(GOOD, HOLDING.get(path, {}))


def unit_at(tree, path):
    """The unit of the quantity at `path`; none for a count."""
    return "" if path in COUNT_PATHS else value_at(tree, path).rpartition(" ")[2]
