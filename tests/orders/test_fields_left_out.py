"""What is missing from an order is never made up: each field, and each pair of fields, left out, blank or null.

Seven whole orders hold every field that an order has. Whatever is taken out of them, the answer is a refusal at the
very fields, without a figure, or a plan in which the figures that need what is missing are null, and no others, and in
which nothing changes that does not depend on it. Three tables, from the contract and the rules of the pharmacy, say
which that is: what is required or goes together, what each figure can be known by, and what depends on each field.
"""

import copy
import json
import re
from itertools import combinations

import pytest

from calc.capsule.contract import PlanShown
from calc.capsule.order import Order
from tests.support.client import PLAN, ask_api, ask_page, make_client
from tests.support.pages import assert_no_result_json, assert_no_result_page, page_faults, plain_text, read_page
from tests.support.queries import as_query

#: Long ago, so that the server's own date is another day.
DAY = "2024-03-04"
BLANK, NULL, GONE = "", None, object()
QUESTIONS_ON_A_DRUG = ("may_be_crushed", "hazardous", "narrow_index", "stability_supported")
#: What is asked on naltrexone.
QUESTIONS = ("opioids", "liver_disease")

#: By measured packing statistics; every field with a default holds something else than that, where there is a choice.
PACKED = {
    "drug": "naltrexone",
    "dose": "4.5 mg",
    "quantity": 30,
    "dose_basis": "base",
    "allowance": "10 %",
    "prepared_on": DAY,
    "internal_number": "A17",
    "crushing_loss": "2 %",
    "source": {
        "kind": "tablet",
        "strength": "50 mg",
        "release": "immediate",
        "tablets_weighed": 4,
        "total_mass": "0.640 g",
        "weighed_on": DAY,
        "tablets_crushed": 5,
        "least_tablets": 2,
        "maker": "a maker",
        "ndc": "16729-081-10",
        "lot": "T5",
        "expiry": "2099-08",
    },
    "balance": {"readability": "0.2 mg", "sensitivity": "0.6 mg", "tolerated_error": "4 %"},
    "capsule": {"size": "2", "brand": "ACG", "shell_mass": "60 mg", "lot": "S5", "expiry": "2099-07-31"},
    "diluent": {"name": "mannitol powder", "packing_statistic": "180 mg", "lot": "D5", "expiry": "2099-06"},
    "tablet_powder": {"packing_statistic": "200 mg"},
    "beyond_use": {"counting": "day 0"},
    "screening": {"opioids": "no", "liver_disease": "no"},
}
#: The same with the powder weighed again after crushing, and with a soft stop that a reason lets pass.
ACKNOWLEDGED = {
    **PACKED,
    "source": {**PACKED["source"], "recovered_mass": "0.600 g"},
    "screening": {"opioids": "yes", "liver_disease": "no"},
    "acknowledgements": [{"code": "opioids_yes", "value": "yes", "reason": "prescriber_confirmed"}],
}
#: A drug without a file, filled to a mass that the pharmacy gives.
GIVEN = {
    "drug": {"name": "another drug"},
    "dose": "4 mg",
    "quantity": 25,
    "extra_capsules": 3,
    "prepared_on": DAY,
    "crushing_loss": "2 %",
    "source": {
        "strength": "50 mg",
        "tablets_weighed": 3,
        "total_mass": "1.471 g",
        "weighed_on": DAY,
        "least_tablets": 4,
    },
    "balance": {"readability": "0.01 mg", "repeatability": "0.12 mg"},
    "capsule": {"size": "2", "brand": "Coni-Snap", "shell_mass": "60 mg", "fill_mass": "120 mg"},
    "diluent": {"name": "lactose anhydrous DuraLac H"},
    "beyond_use": {
        "counting": "day 0",
        "studies": [{"days": 33, "storage": "room temperature", "reference": "J Pharm 2018"}],
    },
    "assessment": {"may_be_crushed": "yes", "hazardous": "yes", "narrow_index": "no", "stability_supported": "no"},
}
#: By an estimate alone, of a diluent and a shell that the tables know.
ESTIMATED = {
    "drug": "naltrexone",
    "dose": "4.5 mg",
    "quantity": 30,
    "prepared_on": DAY,
    "source": {"tablets_weighed": 4, "total_mass": "0.640 g", "weighed_on": DAY},
    "balance": {"minimum": "30 mg"},
    "capsule": {"size": "2", "brand": "ACG", "shell_mass": "60 mg"},
    "diluent": {"name": "mannitol powder"},
    "beyond_use": {
        "storage": "refrigerator",
        "studies": [
            {
                "hours": 200,
                "storage": "refrigerator",
                "container": "amber glass",
                "kind": "recipe",
                "stability_indicating": "yes",
                "microbial": "no",
                "reference": "J Pharm 2018",
            }
        ],
    },
}
#: Before the tablets are weighed: only a fill mass given is known of what goes into a capsule.
UNWEIGHED = {
    "dose": "4.5 mg",
    "quantity": 30,
    "dose_basis": "base",
    "extra_capsules": 7,
    "prepared_on": DAY,
    "crushing_loss": "10 %",
    "capsule": {"brand": "ACG", "shell_mass": "60 mg", "fill_mass": "120 mg"},
}
#: A drug without a file, by packing statistics: they say nothing without the size that they were measured in.
MEASURED = {
    "drug": {"name": "another drug"},
    "dose": "4 mg",
    "quantity": 25,
    "prepared_on": DAY,
    "source": {"strength": "50 mg", "tablets_weighed": 3, "total_mass": "0.471 g", "crushed_mass": "0.470 g"},
    "capsule": {"size": "2"},
    "diluent": {"packing_statistic": "180 mg"},
    "tablet_powder": {"packing_statistic": "200 mg"},
}
#: Bodies and shells weighed together instead of their means.
BODIES = {
    "dose": "4.5 mg",
    "quantity": 30,
    "prepared_on": DAY,
    "source": {"tablets_weighed": 4, "total_mass": "0.640 g"},
    "capsule": {"size": "2", "brand": "ACG", "shells": {"number": 10, "total": "600 mg"}},
    "diluent": {"name": "mannitol powder", "packing": {"bodies": 10, "total": "2.4 g", "shells": "605 mg"}},
    "tablet_powder": {"packing": {"bodies": 3, "total": "781 mg", "shells": "180 mg"}},
}
#: On a bench that crushes no fewer than six.
SIX = {"dose": "4.5 mg", "quantity": 30, "prepared_on": DAY, "source": {"least_tablets": 6}}
WHOLE = {
    "packed": PACKED,
    "acknowledged": ACKNOWLEDGED,
    "given": GIVEN,
    "estimated": ESTIMATED,
    "unweighed": UNWEIGHED,
    "measured": MEASURED,
    "six": SIX,
    "bodies": BODIES,
}


@pytest.fixture(scope="module")
def client():
    return make_client()


@pytest.fixture(scope="module")
def plans(client):
    """The plan of each whole order."""
    answers = {name: ask_api(client, order) for name, order in WHOLE.items()}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {name: answer.get_json()["plan"] for name, answer in answers.items()}


# Orders as trees: what they hold, and what is put in its place.


def paths_of(tree, prefix=""):
    """Every path of a tree, its parts and the items of its lists included."""
    found = []
    for name, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        path = f"{prefix}{name}"
        found.append(path)
        if isinstance(value, dict | list):
            found += paths_of(value, f"{path}.")
    return found


def step_into(group, name):
    return group[int(name) if isinstance(group, list) else name]


def put(tree, path, value):
    """Put a value at a path of a tree, or take out what is there."""
    *parts, name = path.split(".")
    for part in parts:
        tree = step_into(tree, part)
    key = int(name) if isinstance(tree, list) else name
    if value is GONE:
        del tree[key]
    else:
        tree[key] = value


def with_all(order, values):
    """A copy of an order with these values at their paths."""
    tree = copy.deepcopy(order)
    for path, value in values.items():
        put(tree, path, copy.deepcopy(value) if isinstance(value, dict | list) else value)
    return tree


def at(tree, path):
    """What a tree holds at a path; None where it holds nothing."""
    for name in path.split("."):
        if isinstance(tree, list):
            tree = tree[int(name)] if int(name) < len(tree) else None
        else:
            tree = tree.get(name) if isinstance(tree, dict) else None
    return tree


def apart(one, other):
    """Whether neither path lies inside the other."""
    return not f"{one}.".startswith(f"{other}.") and not f"{other}.".startswith(f"{one}.")


def fields_in(order):
    """The paths of an order that hold a value, and those that hold a part of it."""
    paths = paths_of(order)
    parts = [path for path in paths if isinstance(at(order, path), dict | list)]
    return [path for path in paths if path not in parts], parts


def pairs_in(order):
    """All pairs of fields, and all pairs of parts."""
    return [pair for paths in fields_in(order) for pair in combinations(paths, 2) if apart(*pair)]


# Table 1, from the contract: what is required, what goes together, what says something only beside something else.

ALWAYS = ("dose", "quantity")
TOGETHER = (("source.tablets_weighed", "source.total_mass"),)
#: The two powders, each by its mean or by bodies weighed together.
POWDERS = ("diluent", "tablet_powder")
#: What is weighed together has a number and a mass.
BOTH = {"diluent.packing": "bodies", "tablet_powder.packing": "bodies", "capsule.shells": "number"}
#: A sensitivity alone goes with 5 %; a tolerated error alone says nothing.
BESIDE = {
    "balance.tolerated_error": ("balance.sensitivity",),
    "source.recovered_mass": ("source.total_mass", "source.tablets_weighed"),
    "source.crushed_mass": ("source.total_mass",),
    **{f"{part}.{name}": ("capsule.size",) for part in POWDERS for name in ("packing_statistic", "packing")},
}


def is_weighed(tree):
    """Whether the tablets were weighed on the day of making."""
    day = at(tree, "prepared_on")
    return not is_missing(tree, "source.total_mass") and day == (at(tree, "source.weighed_on") or day)


def is_packed(tree, part):
    """Whether an order says how a powder packs."""
    return not is_missing(tree, f"{part}.packing_statistic") or not is_missing(tree, f"{part}.packing")


def named(tree):
    """Whether an order is for a drug without a file; without a drug it is for naltrexone."""
    return isinstance(at(tree, "drug"), dict)


def size_of(tree):
    """The size of the capsules: naltrexone has a default one, a drug without a file has none."""
    return at(tree, "capsule.size") or (None if named(tree) else "3")


def is_missing(tree, path):
    return (size_of(tree) if path == "capsule.size" else at(tree, path)) is None


def faults_without(tree):
    """The faults of an order whose fields are whole or missing: code and field."""
    faults = {("required", path) for path in ALWAYS if is_missing(tree, path)}
    if named(tree):
        faults |= {("required", path) for path in ("drug.name", "source.strength") if is_missing(tree, path)}
    for index, item in enumerate(at(tree, "acknowledgements") or ()):
        names = {name for name in ("code", "value", "reason") if item is None or item.get(name) is None}
        faults |= {("required", f"acknowledgements.{index}.{name}") for name in names}
    for item in at(tree, "beyond_use.studies") or ():
        said = {name for name in ("storage", "reference", "days", "hours") if (item or {}).get(name) is not None}
        names = {"storage", "reference", *([] if "hours" in said else ["days"])} - said
        faults |= {("required", f"beyond_use.studies.0.{name}") for name in names}
    for one, other in (*TOGETHER, *(pair[::-1] for pair in TOGETHER)):
        if is_missing(tree, one) and not is_missing(tree, other):
            faults.add(("pair_incomplete", one))
    stands = not is_missing(tree, "source.total_mass") and is_packed(tree, "diluent")
    faults |= {
        ("pair_incomplete", f"{part}.packing_statistic")
        for part in POWDERS
        if not is_packed(tree, part) and any(is_packed(tree, other) for other in POWDERS) and not stands
    }
    for path, number in BOTH.items():
        names = (number, "total") if not is_missing(tree, path) else ()
        faults |= {("required", f"{path}.{name}") for name in names if is_missing(tree, f"{path}.{name}")}
    for path, others in BESIDE.items():
        if not is_missing(tree, path):
            faults |= {("pair_incomplete", other) for other in others if is_missing(tree, other)}
    if not faults and is_packed(tree, "diluent") and not is_packed(tree, "tablet_powder") and not is_weighed(tree):
        faults = {("pair_incomplete", "tablet_powder.packing_statistic")}  # what they take of the body is not known
    opioids, reason = at(tree, "screening.opioids") == "yes", at(tree, "acknowledgements")
    if not faults and reason and not opioids:
        faults = {("acknowledgement_unused", "acknowledgements.0")}
    return faults


def stops_without(tree):
    """The stops of an order without faults: the only one here is the answer that needs a reason."""
    stands = at(tree, "screening.opioids") == "yes" and not at(tree, "acknowledgements")
    return {("opioids_yes", "screening.opioids")} if stands else set()


# Table 2, from the rules: by what each figure can be known; where none of its ways is open it is null.

WAYS = {
    # Rule 4: no mass that depends on the tablets' until they are weighed on the day of making.
    "portion": ("weighed",),
    "powder_per_capsule": ("weighed",),
    "weighings.tablets": ("weighed",),
    "weighings.portion": ("weighed",),
    # Rule 9: measured packing statistics, else a fill mass given, else an estimate. Only a body has a share.
    "share_of_body": ("weighed packing", "weighed estimate"),
    "diluent_per_capsule": ("weighed packing", "weighed given", "weighed estimate"),
    "diluent": ("weighed packing", "weighed given", "weighed estimate"),
    "fill_mass": ("weighed packing", "given", "weighed estimate"),
    # An estimate is for choosing a size only: nothing is weighed, blended or checked by it.
    "weighings.diluent": ("weighed packing", "weighed given"),
    "weighings.capsule": ("weighed packing shell", "given shell"),
    "ladder": ("weighed packing", "weighed given"),
    "gross_band": ("weighed packing shell", "given shell"),
    "reverse_check": ("weighed packing", "weighed given"),
    # Section 8 of the rules: null where a mass is not known, or only estimated.
    "spread": ("weighed packing", "weighed given"),
    # Rule 10: unknown while the powder of one capsule is unknown; without a size no sizes.
    "sizes": ("weighed packing size", "weighed given size", "weighed estimate size"),
}
#: What is known whatever is missing, once an order can be read.
ALWAYS_KNOWN = (
    *("batch", "drug_needed", "tablets_exact", "tablets_to_crush", "portion_share", "drug_left_over", "offers"),
    *("steps", "beyond_use", "least", "estimated", "cautions", "notices", "acknowledged", "triturations"),
    *("all_of_the_powder", "ten_tablets", "content_of_tablets", "bench", "ingredients"),
)
#: No drug here is a controlled substance, as in `tests/paper/test_overrides_and_closures.py`, and no order names a
#: formulation, as in `tests/formulations`.
OF_OTHER_ORDERS = {"controlled_schedule", "formulation"}
#: The fields of bulk powder, which `tests/capsule/test_bulk_powder.py` leaves out in the same ways.
OF_BULK = {f"source.{name}" for name in ("basis", "assay", "assay_basis", "water", "packing_statistic", "packing")}
OF_BULK |= {"source.drug_in_gram", "source.discard_after"}
OF_BULK |= {"source.contents", "source.capsules_weighed", "source.full_mass", "source.shells_mass"}
OF_BULK |= {"source.common_powder"}  # of a schedule: `tests/titration/test_common_powder.py`
OF_BULK |= {f"source.packing.{name}" for name in ("bodies", "total", "shells")}


def known(tree):
    """What an order lets us know, of the facts that the ways of table 2 are made of."""
    facts = {"weighed"} if is_weighed(tree) else set()
    if is_packed(tree, "diluent"):
        facts.add("packing")
    elif not is_missing(tree, "capsule.fill_mass"):
        facts.add("given")
    elif size_of(tree):  # the tables give a volume for each brand and size here, and a density for each diluent
        facts.add("estimate")
    if size_of(tree):
        facts.add("size")
    # The table has a mass for the shells of the brand that is meant where none is named, and none for ACG's.
    shells = [path for path in ("capsule.shell_mass", "capsule.shells") if not is_missing(tree, path)]
    if shells or (size_of(tree) and at(tree, "capsule.brand") != "ACG"):
        facts.add("shell")
    return facts


def unknown_figures(tree):
    """The figures that must be null in the plan of an order."""
    facts = known(tree)
    return {name for name, ways in WAYS.items() if not any(facts >= set(way.split()) for way in ways)}


#: The steps of shown work, each beside the figure that it leads to: a step says its result.
STEPS = {
    "mass_of_one_tablet": "portion",
    "mass_of_crushed": "portion",
    "crushed_deviation": "portion",
    "loss_in_crushing": "portion",
    "portion": "portion",
    "rounding_effect": "portion",
    "weighing_error": "portion",
    "powder_per_capsule": "powder_per_capsule",
    "share_of_body": "share_of_body",
    "diluent_per_capsule": "weighings.diluent",
    "fill_mass": "weighings.diluent",
    "diluent": "weighings.diluent",
    "band_low": "gross_band",
    "band_high": "gross_band",
    "dose_computed_back": "reverse_check",
    "dose_deviation": "reverse_check",
}


def figures_of(plan):
    """The figures of a plan by their names, those of the weighings each by its own."""
    found = {name: value for name, value in plan.items() if name not in {"weighings", *OF_OTHER_ORDERS}}
    for weighing in plan["weighings"]:
        found[f"weighings.{weighing['name']}"] = weighing["mass"]
        found["least"] = weighing["least"]
        assert (weighing["mass"] is None) == (weighing["ok"] is None)
    return found


def is_nothing(figure):
    return figure is None or figure == []


# Table 3, from the rules: what may change where a field is left out, because it depends on it.

POWDER = ("portion", "powder_per_capsule", "weighings.portion")
WEIGHED = ("weighings.tablets", *POWDER)
SHARE = ("share_of_body",)
FILL = ("diluent_per_capsule", "diluent", "fill_mass", "weighings.diluent", "ladder", "sizes")
CHECKS = ("gross_band", "weighings.capsule", "reverse_check", "spread")
TABLETS = ("tablets_to_crush", "portion_share", "drug_left_over", "offers", "content_of_tablets")
#: How the fill is known decides what is weighed and checked; shares and notices say so.
HOW_IT_FILLS = (*SHARE, *FILL, *CHECKS, "estimated", "notices")
#: The allowance scales drug and diluent together: what one capsule holds stays as it is.
BATCH = (
    *("batch", "drug_needed", "tablets_exact", *TABLETS, "ten_tablets", "notices", "portion", "weighings.portion"),
    "diluent",
    *("weighings.diluent", "ladder", "sizes", "reverse_check", "spread"),
)
SHELLS = ("gross_band", "weighings.capsule", "estimated", "notices")
DEPENDS = {
    # Another drug has other cautions and other studies; what was weighed stays what it was.
    "drug": ("cautions", "notices", "beyond_use"),
    "dose_basis": (
        *("drug_needed", "tablets_exact", *TABLETS, "ten_tablets", *POWDER, *SHARE, *FILL, *CHECKS, "notices"),
        "cautions",
    ),
    "allowance": BATCH,
    "extra_capsules": BATCH,
    "prepared_on": ("beyond_use", *TABLETS, *WEIGHED, *HOW_IT_FILLS, "triturations"),
    "crushing_loss": (*TABLETS, "notices"),
    "source.tablets_weighed": (*TABLETS, *WEIGHED, *HOW_IT_FILLS, "triturations"),
    "source.total_mass": (*TABLETS, *WEIGHED, *HOW_IT_FILLS, "triturations"),
    # The number crushed, and with it what is left over; what is weighed follows from the mean of those weighed.
    "source.tablets_crushed": (*TABLETS, "notices"),
    "source.least_tablets": (*TABLETS, "notices"),
    "source.recovered_mass": ("notices",),
    "source.expiry": ("beyond_use", "notices"),
    # What the balance shows: printed masses, and what is worked out from printed masses.
    "balance.readability": ("least", "notices", *WEIGHED, *FILL, *CHECKS),
    # Below the least weighable quantity the diluent and a filled capsule are a notice; the rule gives the error, too.
    "balance.sensitivity": ("least", "notices", "spread"),
    "balance.tolerated_error": ("least", "notices", "spread"),
    "balance.repeatability": ("least", "notices", "spread"),
    "balance.minimum": ("least", "notices", "spread"),
    # Measured packing and a fill mass given are what they are in any size; an estimate is not.
    "capsule.size": ("sizes", "notices"),
    "capsule.brand": ("sizes",),
    "capsule.shell_mass": SHELLS,
    "capsule.fill_mass": HOW_IT_FILLS,
    "capsule.expiry": ("beyond_use", "notices"),
    "diluent.name": ("beyond_use", "notices"),
    **dict.fromkeys((f"capsule.shells.{name}" for name in ("number", "total")), SHELLS),
    "capsule.shells": SHELLS,
    **{path: HOW_IT_FILLS for path in paths_of(BODIES) if "packing" in path},
    "diluent.packing_statistic": HOW_IT_FILLS,
    "diluent.expiry": ("beyond_use", "notices"),
    "tablet_powder.packing_statistic": HOW_IT_FILLS,
    "beyond_use.counting": ("beyond_use",),
    "beyond_use.storage": ("beyond_use",),
    "beyond_use.studies": ("beyond_use",),
    # Four questions on a drug without a file: one that is open is a notice.
    **{f"assessment.{code}": ("notices",) for code in QUESTIONS_ON_A_DRUG},
    "acknowledgements": ("acknowledged",),
}
#: Nothing is worked out from these; or the order held just what they mean where they are left out.
NOTHING = {
    *("internal_number", "source.kind", "source.strength", "source.release", "source.weighed_on", "source.maker"),
    # Those crushed weigh what the mean says.
    "source.crushed_mass",
    *("source.ndc", "source.lot", "capsule.lot", "diluent.lot", "screening.opioids", "screening.liver_disease"),
}
#: Where the fill is an estimate it follows from the size, the shells' brand and the diluent as well.
BY_ESTIMATE = ("capsule.size", "capsule.brand", "diluent.name")


def may_change(tree, order, missing):
    """The figures that may differ from the whole order's where these fields are missing."""
    fields = {path for path in paths_of(order) if is_missing(tree, path) or any(not apart(path, m) for m in missing)}
    names = {name for path in fields for name in DEPENDS.get(path, ())}
    if "estimate" in known(tree) and fields & set(BY_ESTIMATE):
        names |= {*SHARE, *FILL}
    weighed = [path for path in ("capsule.shell_mass", "capsule.shells") if not is_missing(tree, path)]
    if not weighed and fields & {"capsule.size", "capsule.brand"}:
        names |= {*DEPENDS["capsule.shell_mass"]}
    return names | {"steps", "bench"} if names or fields & HELPS_A_STEP else names


#: A step may show more than the plan holds: the error of the weighing by this sensitivity, the loss in the mortar.
HELPS_A_STEP = {"balance.sensitivity", "balance.tolerated_error", "source.recovered_mass", "source.crushed_mass"}


# What must hold of every answer.


def assert_refused(answer, faults, stops, whole):
    assert answer.status_code == 422
    assert_no_result_json(answer)
    body = answer.get_json()
    assert {(fault["code"], fault["field"]) for fault in body.get("faults", ())} == faults
    assert {(stop["code"], stop["field"]) for stop in body.get("stops", ())} == stops
    assert_no_figure(answer.text, whole)


#: All that is typed anywhere in this module: a refusal may say it again.
TYPED = json.dumps([*WHOLE.values(), "4.5 mg"])


def own_texts(plan):
    """Figures of a plan that nobody types, as they are printed."""
    shown = [plan[name] for name in ("portion", "powder_per_capsule", "diluent_per_capsule", "diluent", "fill_mass")]
    shown += [plan["drug_needed"], plan["tablets_exact"], plan["drug_left_over"]]
    shown += [*(plan["gross_band"] or {}).values(), *((plan["reverse_check"] or {}).values())]
    texts = {figure["text"] for figure in shown if figure is not None}
    return {text for text in texts if text not in TYPED}


def is_said(figure, text):
    """Whether a printed figure stands in a text, and not as the end of a longer number."""
    return re.search(rf"(?<![\d.,]){re.escape(figure)}", text) is not None


def assert_no_figure(text, plan):
    assert [figure for figure in own_texts(plan) if is_said(figure, text)] == []


def assert_planned(answer, tree, order, missing, whole):
    assert answer.status_code == 200, answer.text
    plan = answer.get_json()["plan"]
    figures, before = figures_of(plan), figures_of(whole)
    null = unknown_figures(tree)
    assert {name for name in WAYS if is_nothing(figures[name])} == null
    assert all(figures[name] is not None for name in ALWAYS_KNOWN)
    changed = {name for name, figure in figures.items() if figure != before[name]}
    assert changed <= may_change(tree, order, missing)
    assert [step["code"] for step in plan["steps"] if STEPS.get(step["code"]) in null] == []
    # What is not known is not named as estimated, and not hidden in a sentence either.
    assert [name for name in plan["estimated"] if is_nothing(figures[name])] == []
    said = [step["result"] for step in plan["steps"]] + [notice["text"] for notice in plan["notices"]]
    lost = {figure["text"] for figure in map(before.get, null) if isinstance(figure, dict) and "text" in figure}
    assert [text for text in lost - typed_in(tree) if any(is_said(text, words) for words in said)] == []


def typed_in(tree):
    """Every text of an order."""
    return {at(tree, path) for path in paths_of(tree) if isinstance(at(tree, path), str)}


def check(answer, tree, order, missing, whole):
    """An order with missing fields is refused, or planned, as the three tables say."""
    faults = faults_without(tree)
    stops = set() if faults else stops_without(tree)
    if faults or stops:
        assert_refused(answer, faults, stops, whole)
    else:
        assert_planned(answer, tree, order, missing, whole)


def try_missing(client, order, paths, whole):
    """Ask with fields left out, then with null in their place: it is refused at the same fields, or planned alike."""
    tree = with_all(order, dict.fromkeys(paths, GONE))
    left_out, null = ask_api(client, tree), ask_api(client, with_all(order, dict.fromkeys(paths, NULL)))
    check(left_out, tree, order, paths, whole)
    assert null.status_code == left_out.status_code
    if null.status_code == 200:
        assert null.get_json() == left_out.get_json()
    else:
        assert_no_result_json(null)
        assert_no_figure(null.text, whole)
        assert fields_of(null) == fields_of(left_out)


def fields_of(answer):
    body = answer.get_json()
    return {trouble["field"] for trouble in (*body.get("faults", ()), *body.get("stops", ()))}


def try_blank(client, order, paths, whole):
    """Ask with blank fields: each is a fault itself; what depends on it may be one too, and nothing else."""
    answer = ask_api(client, with_all(order, dict.fromkeys(paths, BLANK)))
    assert answer.status_code == 422
    assert_no_result_json(answer)
    assert_no_figure(answer.text, whole)
    assert set(paths) <= fields_of(answer)
    depend = {field for _, field in faults_without(with_all(order, dict.fromkeys(paths, GONE)))}
    others = {field for field in fields_of(answer) - depend if all(apart(field, path) for path in paths)}
    assert others == set()
    codes = {fault["code"] for fault in answer.get_json()["faults"] if fault["field"] in paths}
    assert codes <= {"required", "wrong_type"}


def is_item(path):
    """Whether a path is that of a list's item: a list that holds null is not a list that holds less."""
    return re.fullmatch(r"(acknowledgements|beyond_use\.studies)\.\d+", path) is not None


@pytest.mark.parametrize("name", WHOLE)
def test_one_field_left_out_blank_or_null(client, plans, name):
    order = WHOLE[name]
    for path in paths_of(order):
        if not is_item(path):
            try_missing(client, order, [path], plans[name])
        try_blank(client, order, [path], plans[name])


#: What the order with an acknowledgement alone holds, and what goes with that; other pairs are tried without it.
ONLY_ACKNOWLEDGED = {
    *("source.tablets_weighed", "source.total_mass"),
    *("screening.opioids", "source.recovered_mass", "acknowledgements", "acknowledgements.0"),
    *(f"acknowledgements.0.{name}" for name in ("code", "value", "reason")),
}


@pytest.mark.parametrize("name", WHOLE)
def test_two_fields_left_out_blank_or_null(client, plans, name):
    order = WHOLE[name]
    for pair in pairs_in(order):
        if name == "acknowledged" and not set(pair) & ONLY_ACKNOWLEDGED:
            continue
        if not any(map(is_item, pair)):
            try_missing(client, order, pair, plans[name])
        try_blank(client, order, pair, plans[name])


@pytest.mark.parametrize("name", WHOLE)
def test_null_is_left_out_for_an_optional_field_and_required_for_a_required_one(client, name):
    order = WHOLE[name]
    unlike = []
    for path in paths_of(order):
        null = ask_api(client, with_all(order, {path: NULL})).get_json()
        if not is_item(path) and null != ask_api(client, with_all(order, {path: GONE})).get_json():
            unlike.append((path, null))
    assert unlike == []


# The wrong kind of value is no value either.

KINDS = (
    7,
    4.5,
    True,
    False,
    "4.5 mg",
    [],
    ["4.5 mg"],
    [[]],
    {},
    {"amount": "4.5 mg"},
    {"amount": {"amount": ["4.5 mg"]}},
)


def is_right_kind(value, kind):
    """Whether JSON writes both alike: a part may be empty and a list too, so only their contents can be wrong."""
    return type(value) is type(kind)


def try_wrong_kind(client, order, path, kind, whole):
    tree = with_all(order, {path: kind})
    answer = ask_api(client, tree)
    if is_right_kind(at(order, path), kind) and not kind:  # an empty part or list: all that it held is left out
        check(answer, tree, order, [path], whole)
        return
    assert answer.status_code == 422
    assert_no_result_json(answer)
    assert_no_figure(answer.text, whole)
    faults = {fault["field"]: fault["code"] for fault in answer.get_json()["faults"]}
    depend = {field for _, field in faults_without(with_all(order, {path: GONE}))}
    if path == "drug" and isinstance(kind, dict):  # a drug by its name has no strength and no questions of its own
        depend |= {field for _, field in faults_without(tree)} | {f"screening.{code}" for code in QUESTIONS}
    assert {field for field in faults.keys() - depend if apart(field, path)} == set()
    if path == "screening" and isinstance(kind, dict):  # any name may be that of a question; its answer is none
        assert faults["screening.amount"] == ("unknown_choice" if isinstance(kind["amount"], str) else "wrong_type")
    elif isinstance(kind, dict) and (path == "drug" or isinstance(at(order, path), dict)):
        assert faults[f"{path}.amount" if kind else "drug.name"] == ("unknown_field" if kind else "required")
    elif path == "drug" and isinstance(kind, str):
        assert faults[path] == "unknown_choice"
    elif isinstance(kind, list) and isinstance(at(order, path), list):
        assert faults[f"{path}.0"] == "wrong_type"
    else:
        assert faults[path] == "wrong_type"


@pytest.mark.parametrize("name", WHOLE)
def test_one_field_of_the_wrong_kind(client, plans, name):
    order, names = WHOLE[name], list(WHOLE)
    before = {path for other in names[: names.index(name)] for path in paths_of(WHOLE[other])}
    for path in paths_of(order):
        value = at(order, path)
        for kind in KINDS if path not in before or path == "drug" else ():
            if not is_right_kind(value, kind) or isinstance(value, dict | list):
                try_wrong_kind(client, order, path, kind, plans[name])


@pytest.mark.parametrize("value", [NULL, BLANK, 7, {}], ids=repr)
def test_a_name_that_an_order_does_not_have_is_a_fault_even_where_it_holds_nothing(client, plans, value):
    for part in ["", *(f"{name}." for name, held in PACKED.items() if isinstance(held, dict) and name != "screening")]:
        answer = ask_api(client, with_all(PACKED, {f"{part}amount": value}))
        assert_refused(answer, {("unknown_field", f"{part}amount")}, set(), plans["packed"])


@pytest.mark.parametrize("body", [None, True, 7, "4.5 mg", [], [PACKED]], ids=repr)
def test_an_order_that_is_no_object(client, plans, body):
    answer = client.post(PLAN, data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 422
    assert [(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]] == [("wrong_type", "")]
    assert_no_figure(answer.text, plans["packed"])


# The page, where blank is left out: a sample, as each answer is a whole page.


def sampled(order, every):
    """Each field that something depends on alone, and every so many of all pairs."""
    fields, _ = fields_in(order)
    alone = [[path] for path in fields if path in DEPENDS or path in ALWAYS or path == "drug.name"]
    return alone + list(combinations(fields, 2))[::every]


@pytest.mark.parametrize(("name", "every"), [("packed", 60), ("given", 20)])
def test_what_is_missing_on_the_page_is_missing_there_as_well(client, plans, name, every):
    order, whole = WHOLE[name], plans[name]
    for index, paths in enumerate(sampled(order, every)):
        tree = with_all(order, dict.fromkeys(paths, GONE))
        typed = tree if index % 2 else with_all(order, dict.fromkeys(paths, BLANK))
        answer = ask_page(client, as_query(typed))
        tree = read_by_the_page(tree)
        faults = faults_without(tree)
        text = plain_text(answer)
        if faults:
            assert answer.status_code == 422
            assert_no_result_page(answer)
            assert_no_figure(text, whole)
            page = read_page(answer, {"summary"})
            assert {target for target, _ in page_faults(page)} == {path.replace(".", "-") for _, path in faults}
        else:
            assert answer.status_code == 200
            portion = ask_api(client, tree).get_json()["plan"]["portion"]
            assert (portion is None) == ("portion" in unknown_figures(tree))
            if portion is None:
                assert whole["portion"]["text"] not in text
            else:
                assert portion["text"] in text


def read_by_the_page(tree):
    """The page has no way to name a drug without a name: then it is naltrexone, as where nothing is said."""
    return with_all(tree, {"drug": GONE}) if at(tree, "drug") == {} else tree


# No field, no figure and no line of the tables goes untested.


def fields_of_an_order(kind_of_order=Order):
    """Every field that an order may have, by the schema of what may be sent."""
    schema = kind_of_order.input_schema()

    def below(part, prefix):
        for name, kind in part["properties"].items():
            yield f"{prefix}{name}"
            yield from inside(kind, f"{prefix}{name}.")

    def inside(kind, prefix):
        for choice in (*kind.get("anyOf", ()), *kind.get("oneOf", ())):
            yield from inside(choice, prefix)
        if "$ref" in kind:
            yield from below(schema["$defs"][kind["$ref"].rpartition("/")[2]], prefix)
        if "items" in kind:
            yield f"{prefix}0"
            yield from inside(kind["items"], f"{prefix}0.")

    # `tests/liquid/test_casebook.py` leaves the preparation out: it is never written.
    # The names of questions are data of the drug's file.
    # Ingredients are tried by themselves: `tests/capsule/test_ingredients.py`.
    fields = {path for path in below(schema, "") if kind_of_order is not Order or not path.startswith("ingredients")}
    # So is the name of a published formula: `tests/formulations/test_named.py`.
    # So are two forms of a drug: `tests/planning/test_two_forms.py`.
    fields = {path for path in fields if not path.startswith("forms")}
    return fields - {"preparation", "formulation"} | {f"screening.{code}" for code in QUESTIONS}


def test_each_field_of_an_order_is_in_one_of_the_whole_orders():
    assert fields_of_an_order() - OF_BULK == {path for order in WHOLE.values() for path in paths_of(order)}


def test_each_field_either_changes_figures_or_changes_nothing():
    parts = {path.rpartition(".")[0] for path in fields_of_an_order()} - {"", "drug"}
    lists = ("acknowledgements", "beyond_use.studies")
    inside = {path for path in fields_of_an_order() if path.startswith(lists)}
    assert not DEPENDS.keys() & NOTHING
    assert DEPENDS.keys() | NOTHING | {"drug.name"} | set(ALWAYS) == fields_of_an_order() - OF_BULK - parts - inside | {
        *lists,
        *BOTH,
    }


def test_each_figure_of_a_plan_is_known_in_some_way_or_always(plans):
    assert WAYS.keys() & set(ALWAYS_KNOWN) == set()
    names = WAYS.keys() | set(ALWAYS_KNOWN)
    assert {name.partition(".")[0] for name in names} - {"least"} == PlanShown.__annotations__.keys() - OF_OTHER_ORDERS
    assert names == figures_of(plans["packed"]).keys()
    assert set(STEPS.values()) <= WAYS.keys()


def test_each_figure_is_null_somewhere_and_known_somewhere(plans):
    for name in WAYS:
        assert any(not is_nothing(figures_of(plan)[name]) for plan in plans.values())
    assert unknown_figures({"dose": "4.5 mg", "quantity": 30}) == WAYS.keys()


def partners(path):
    """A field and what has to go with it, so that an order without both can be planned."""
    balance = ("balance.sensitivity", "balance.tolerated_error")
    pairs = (*TOGETHER, balance, ("acknowledgements", "screening.opioids"))
    return [path, *(other for pair in pairs if path == pair[0] or path in pair[:2] for other in pair if other != path)]


def changes_without(client, plans, path):
    """The figures that change in any of the whole orders where a field is left out."""
    changed = set()
    for name, order in WHOLE.items():
        gone = dict.fromkeys((one for one in partners(path) if at(order, one) is not None), GONE)
        answer = ask_api(client, with_all(order, gone))
        if at(order, path) is not None and answer.status_code == 200:
            after, before = figures_of(answer.get_json()["plan"]), figures_of(plans[name])
            changed |= {figure for figure in after if after[figure] != before[figure]}
    return changed


@pytest.mark.parametrize("row", dict.fromkeys(DEPENDS.values()), ids=lambda row: "-".join(sorted(row)))
def test_the_table_of_what_may_change_is_no_wider_than_what_does(client, plans, row):
    fields = [path for path in DEPENDS if DEPENDS[path] == row]
    assert set(row) - set().union(*(changes_without(client, plans, path) for path in fields)) == set()


@pytest.mark.parametrize("within", [{}, {"drug": "naltrexone"}, {"prepared_on": DAY, "allowance": "10 %"}, [], "x"])
def test_a_name_of_nothing_is_an_unknown_field_and_takes_no_default_from_the_order(within):
    answer = make_client().post(PLAN, json={"dose": "4.5 mg", "quantity": 30, "": within})
    assert answer.status_code == 422
    assert [(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]] == [("unknown_field", "")]
