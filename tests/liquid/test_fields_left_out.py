"""What is missing from an order of a liquid is never made up: each field and pair of fields left out, null or blank.

As `tests/orders/test_fields_left_out.py` does it for capsules: four whole orders hold every field that an order of a
liquid has. Whatever is taken out, the answer is a refusal at the very fields, without a figure, or a plan in which the
figures that need what is missing are null, and no others, and in which nothing changes that does not depend on it.
"""

import json

import pytest

from calc.liquid.contract import LiquidPlanShown
from calc.liquid.order import LiquidOrder
from tests.orders.test_fields_left_out import (
    BLANK,
    DAY,
    GONE,
    KINDS,
    NULL,
    OF_OTHER_ORDERS,
    QUESTIONS_ON_A_DRUG,
    apart,
    at,
    fields_of,
    fields_of_an_order,
    figures_of,
    is_nothing,
    is_right_kind,
    is_said,
    named,
    pairs_in,
    paths_of,
    typed_in,
    with_all,
)
from tests.support.client import ask_api, ask_page, make_client
from tests.support.pages import assert_no_result_json, assert_no_result_page, page_faults, plain_text, read_page
from tests.support.queries import as_query

#: A portion of weighed tablets; every field with a default holds something else than that, where there is a choice.
PORTION = {
    "preparation": "liquid",
    "drug": "naltrexone",
    "dose": "4.3 mg",
    "strength": "1.1 mg",
    "volume": "135 mL",
    "doses_per_day": 2,
    "dose_basis": "base",
    "prepared_on": DAY,
    "internal_number": "A17",
    "crushing_loss": "2 %",
    "source": {
        "kind": "tablet",
        "strength": "50 mg",
        "release": "immediate",
        "tablets_weighed": 4,
        "total_mass": "0.640 g",
        "recovered_mass": "0.610 g",
        "crushed_mass": "0.641 g",
        "least_tablets": 2,
        "weighed_on": DAY,
        "maker": "a maker",
        "ndc": "16729-081-10",
        "lot": "T5",
        "expiry": "2024-03-30",
    },
    "balance": {"readability": "0.2 mg", "sensitivity": "0.6 mg", "tolerated_error": "4 %"},
    "vehicle": {
        "name": "suspending vehicle",
        "aqueous": "yes",
        "preserved": "yes",
        "storage": "room temperature",
        "lot": "V5",
        "expiry": "2024-03-28",
    },
    "syringes": [{"capacity": "5 mL", "graduation": "0.25 mL"}, {"capacity": "6 mL", "graduation": "0.3 mL"}],
    "beyond_use": {"counting": "day 0"},
    "screening": {"opioids": "no", "liver_disease": "no"},
}
#: Two whole tablets, not weighed, and a soft stop that a reason lets pass.
TABLETS = {
    "preparation": "liquid",
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "doses_per_day": 2,
    "prepared_on": DAY,
    "source": {"strength": "50 mg", "maker": "a maker"},
    "vehicle": {"name": "suspending vehicle", "aqueous": "no"},
    "screening": {"opioids": "yes", "liver_disease": "no"},
    "acknowledgements": [{"code": "opioids_yes", "value": "yes", "reason": "prescriber_confirmed"}],
}
#: A drug without a file, on a balance known by its repeatability.
NAMED = {
    "preparation": "liquid",
    "drug": {"name": "another drug"},
    "dose": "4 mg",
    "strength": "1.1 mg",
    "volume": "470 mL",
    "prepared_on": DAY,
    "source": {
        "strength": "50 mg",
        "tablets_weighed": 11,
        "total_mass": "1.727 g",
        "weighed_on": DAY,
        "least_tablets": 12,
    },
    "balance": {"readability": "0.01 mg", "repeatability": "0.012 mg"},
    "vehicle": {"name": "suspending vehicle"},
    "beyond_use": {"studies": [{"days": 9, "storage": "refrigerator", "reference": "J Pharm 2018"}]},
    "assessment": {"may_be_crushed": "yes", "hazardous": "yes", "narrow_index": "no", "stability_supported": "no"},
}
#: Bulk powder by its certificate, on a balance known by its minimum weight.
BULK = {
    "preparation": "liquid",
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "prepared_on": DAY,
    "source": {"kind": "powder", "basis": "base", "assay": "98.5 %", "assay_basis": "dried", "water": "4 %"},
    "balance": {"minimum": "30 mg"},
    "vehicle": {"name": "suspending vehicle"},
    "beyond_use": {
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
#: A dilution by the drug in a gram of it.
DILUTED = {
    **{name: BULK[name] for name in BULK if name != "source"},
    "source": {
        "kind": "dilution",
        "drug_in_gram": "50 mg",
        "basis": "base",
        "lot": "D1",
        "expiry": "2024-03-30",
        "discard_after": "2024-03-28",
    },
}
#: Six tablets where four would do, not weighed.
SIX = {
    "preparation": "liquid",
    "dose": "4.4 mg",
    "strength": "1.1 mg",
    "volume": "135 mL",
    "prepared_on": DAY,
    "source": {"tablets_crushed": 6},
    "vehicle": {"name": "suspending vehicle"},
}
#: Ten tablets used whole, whose strength follows, and a dose in mL.
USED = {
    "preparation": "liquid",
    "drug": {"name": "another drug"},
    "dose": "1.3 mL",
    "volume": "150 mL",
    "prepared_on": DAY,
    "source": {"strength": "50 mg", "tablets_used": 10},
    "vehicle": {"name": "suspending vehicle"},
}
#: A vehicle of two parts by shares, and one of a part that is measured and one to volume.
MIXED = {**{name: SIX[name] for name in SIX if name != "vehicle"}, "vehicle": {"parts": [
    {"name": name, "share": 1, "aqueous": "yes", "preserved": "yes", "lot": "P1", "expiry": expiry}
    for name, expiry in (("one part", "2024-03-29"), ("another", "2024-03-30"))
]}}  # fmt: skip
POURED = {**{name: SIX[name] for name in SIX if name != "vehicle"}, "vehicle": {"parts": [
    {"name": "one part", "volume": "60 mL"}, {"name": "another", "to_volume": "yes"}
]}}  # fmt: skip
WHOLE = {
    "portion": PORTION,
    "tablets": TABLETS,
    "named": NAMED,
    "bulk": BULK,
    "six": SIX,
    "mixed": MIXED,
    "poured": POURED,
    "used": USED,
    "diluted": DILUTED,
}
#: Without these an order is another one: of capsules, or from tablets, whose fields are not the same.
TURNS = ("preparation", "source.kind")


@pytest.fixture(scope="module")
def client():
    return make_client()


@pytest.fixture(scope="module")
def plans(client):
    """The plan of each whole order."""
    answers = {name: ask_api(client, order) for name, order in WHOLE.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(WHOLE, 200)
    return {name: answer.get_json()["plan"] for name, answer in answers.items()}


# Table 1, from the contract: what is required, and what goes together.

ALWAYS = ("dose", "volume")
TOGETHER = (("source.tablets_weighed", "source.total_mass"), ("balance.sensitivity", "balance.tolerated_error"))


def bulk(tree):
    return at(tree, "source.kind") in ("powder", "dilution")


#: The lists of an order, each with the fields that every item needs.
LISTS = {
    "syringes": ("capacity", "graduation"),
    "acknowledgements": ("code", "value", "reason"),
    "beyond_use.studies": ("storage", "reference"),
    "vehicle.parts": ("name",),
}
AMOUNTS = ("share", "volume", "to_volume")


def faults_without(tree):
    """The faults of an order whose fields are whole or missing: code and field."""
    parts = at(tree, "vehicle.parts") or ()
    required = [*ALWAYS, *(() if parts else ["vehicle.name"])]
    required += ["drug.name", "source.strength"] if named(tree) else []
    required += ["source.assay"] if at(tree, "source.kind") == "powder" else []
    required += ["source.drug_in_gram"] if at(tree, "source.kind") == "dilution" else []
    required += ["strength"] if at(tree, "source.tablets_used") is None else []
    for part, names in LISTS.items():
        required += [f"{part}.{n}.{name}" for n in range(len(at(tree, part) or ())) for name in names]
    for n, item in enumerate(at(tree, "beyond_use.studies") or ()):
        required += [] if (item or {}).get("hours") is not None else [f"beyond_use.studies.{n}.days"]
    faults = {("required", path) for path in required if at(tree, path) is None}
    said = [{name for name in AMOUNTS if (part or {}).get(name) is not None} for part in parts]
    faults |= {("required", f"vehicle.parts.{n}.share") for n, amounts in enumerate(said) if not amounts}
    if {"volume"} in said and {"to_volume"} not in said:
        faults.add(("pair_incomplete", f"vehicle.parts.{len(parts) - 1}.to_volume"))
    if at(tree, "syringes") == []:
        faults.add(("required", "syringes"))
    # A sensitivity alone goes with 5 %; a tolerated error alone says nothing.
    for one, other in (*TOGETHER, TOGETHER[0][::-1]):
        if at(tree, one) is None and at(tree, other) is not None:
            faults.add(("pair_incomplete", one))
    if at(tree, "source.recovered_mass") is not None:
        faults |= {("pair_incomplete", path) for path in TOGETHER[0] if at(tree, path) is None}
    if at(tree, "source.crushed_mass") is not None and at(tree, "source.total_mass") is None:
        faults.add(("pair_incomplete", "source.total_mass"))
    if at(tree, "source.assay_basis") == "dried" and at(tree, "source.water") is None:
        faults.add(("pair_incomplete", "source.water"))
    if not faults and at(tree, "acknowledgements") and at(tree, "screening.opioids") != "yes":
        faults = {("acknowledgement_unused", "acknowledgements.0")}
    return faults


def stops_without(tree):
    """The stops of an order without faults: no reason for an answer, a lot out of date."""
    stops = set()
    if at(tree, "screening.opioids") == "yes" and not at(tree, "acknowledgements"):
        stops.add(("opioids_yes", "screening.opioids"))
    if at(tree, "prepared_on") is None:  # then it is made today, long after
        paths = (
            "source.expiry",
            "source.discard_after",
            "vehicle.expiry",
            *(f"vehicle.parts.{n}.expiry" for n in range(2)),
        )
        expiries = [path for path in paths if at(tree, path) is not None]
        stops |= {("expired", path) for path in expiries}
    return stops


# Table 2, from the contract: what is null while the tablets that a portion is taken of are not weighed.


def unknown_figures(tree, name):
    """The figures that must be null, or not there, in the plan of an order."""
    if bulk(tree):
        return {"tablets_exact", "tablets_to_crush", "portion_share", "drug_left_over"}
    # Of powder nothing is left where its source is; 100 mg are two whole tablets then.
    if name in {"tablets", "bulk", "used", "diluted"}:
        return {"portion"}
    day = at(tree, "prepared_on")
    weighed = at(tree, "source.total_mass") is not None and day == (at(tree, "source.weighed_on") or day)
    return set() if weighed else {"portion", "weighings.tablets", "weighings.portion", "reverse_check"}


#: The figures that table 2 speaks of; every other figure is always known.
MAY_BE_NULL = {
    *("portion", "weighings.tablets", "weighings.portion", "reverse_check"),
    *("tablets_exact", "tablets_to_crush", "portion_share", "drug_left_over"),
}
#: Lists that may be empty, with nothing unknown.
MAY_BE_EMPTY = {
    *("other_strengths", "notices", "cautions", "acknowledged", "weighings", "whole_tablet_volumes"),
    "nearly_whole_tablets",
    "ingredients",
    "formulation",
}

# Table 3, from the contract: what may change where a field is left out, because it depends on it.

MASSES = ("portion", "weighings.tablets", "weighings.portion", "reverse_check")
PORTIONS = ("portion", "weighings.portion", "reverse_check")
CRUSHED = ("tablets_to_crush", "portion_share", "drug_left_over")
DEPENDS = {
    "drug": ("cautions", "notices"),
    "doses_per_day": ("cautions", "days", "notices", "whole_tablet_volumes"),
    "dose_basis": ("drug_needed", "tablets_exact", *CRUSHED[1:], *PORTIONS, "whole_tablet_volumes"),
    "prepared_on": ("beyond_use", "notices", *CRUSHED, *MASSES),
    "source.kind": (
        "drug_needed",
        "tablets_exact",
        "whole_tablet_volumes",
        *CRUSHED,
        *MASSES,
        "notices",
        "all_of_the_powder",
    ),
    "source.basis": ("drug_needed", *PORTIONS),
    "source.assay_basis": (*PORTIONS, "notices"),  # as is, the water is not used, and a notice says so
    "source.water": PORTIONS,
    "source.tablets_weighed": (*CRUSHED, *MASSES, "notices"),
    "source.total_mass": (*CRUSHED, *MASSES, "notices"),
    "source.recovered_mass": ("notices",),
    "source.tablets_crushed": (*CRUSHED, "notices"),
    "source.least_tablets": ("notices",),
    "source.crushed_mass": ("notices",),
    "source.expiry": ("beyond_use",),
    "source.discard_after": ("beyond_use",),
    "balance.readability": ("least", *MASSES),
    "balance.sensitivity": ("least",),
    "balance.tolerated_error": ("least",),
    "balance.repeatability": ("least",),
    "balance.minimum": ("least",),
    "vehicle.aqueous": ("beyond_use",),
    "vehicle.preserved": ("beyond_use", "notices"),
    "vehicle.storage": ("beyond_use",),
    "vehicle.expiry": ("beyond_use",),
    **{f"vehicle.parts.{n}.preserved": ("beyond_use", "notices") for n in range(2)},
    "vehicle.parts.0.expiry": ("beyond_use", "notices"),
    "vehicle.parts.1.expiry": ("beyond_use",),
    "syringes": ("syringe", "other_strengths", "notices"),
    "beyond_use.counting": ("beyond_use",),
    "beyond_use.studies": ("beyond_use", "notices"),
    # Four questions on a drug without a file: one that is open is a notice.
    **{f"assessment.{code}": ("notices",) for code in QUESTIONS_ON_A_DRUG},
    "acknowledgements": ("acknowledged",),
}


def may_change(order, missing):
    """The figures that may differ from the whole order's where these fields are missing."""
    fields = {path for path in paths_of(order) if any(not apart(path, one) for one in missing)}
    return {"steps", "bench", *(name for path in fields for name in DEPENDS.get(path, ()))}


# What must hold of every answer.

#: All that is typed anywhere in this module: a refusal may say it again.
TYPED = json.dumps(list(WHOLE.values()))


def shown_in(plan):
    """The printed figures within a plan that nobody types."""
    if isinstance(plan, dict):
        found = {plan["text"]} if {"text", "exact"} <= plan.keys() else set()
        return found.union(*(shown_in(value) for name, value in plan.items() if name != "steps"))
    return set().union(*map(shown_in, plan)) if isinstance(plan, list) else set()


def own_texts(plan):
    """Those of them that are long enough to be nobody else's: a single digit may stand in any sentence."""
    return {text for text in shown_in(plan) if text not in TYPED and sum(map(str.isdigit, text)) > 2}


def assert_no_figure(answer, whole):
    assert answer.status_code == 422
    assert_no_result_json(answer)
    assert [figure for figure in own_texts(whole) if is_said(figure, answer.text)] == []


def check(answer, tree, missing, name, whole):
    """An order with missing fields is refused, or planned, as the three tables say."""
    faults = faults_without(tree)
    stops = set() if faults else stops_without(tree)
    if faults or stops:
        assert_no_figure(answer, whole)
        body = answer.get_json()
        assert {(fault["code"], fault["field"]) for fault in body.get("faults", ())} == faults
        assert {(stop["code"], stop["field"]) for stop in body.get("stops", ())} == stops
        return
    assert answer.status_code == 200, answer.text
    plan = answer.get_json()["plan"]
    figures, before = figures_of(plan), figures_of(whole)
    null = unknown_figures(tree, name)
    assert {figure for figure in figures if is_nothing(figures[figure])} - MAY_BE_EMPTY == null
    changed = {figure for figure in figures if figures[figure] != before[figure]}
    assert changed <= may_change(WHOLE[name], missing), missing
    said = [step["result"] for step in plan["steps"]] + [notice["text"] for notice in plan["notices"]]
    lost = {figure["text"] for figure in map(before.get, null) if isinstance(figure, dict) and "text" in figure}
    assert [text for text in lost - typed_in(tree) if any(is_said(text, words) for words in said)] == []


def is_item(path):
    """Whether a path is that of a list's item: a list that holds null is not a list that holds less."""
    return path.rpartition(".")[2].isdigit()


def try_all(client, name, paths, whole):
    """Ask with fields left out, with null in their place, which must come to the same, and with them blank."""
    order = WHOLE[name]
    blank = ask_api(client, with_all(order, dict.fromkeys(paths, BLANK)))
    assert_no_figure(blank, whole)
    assert set(paths) <= fields_of(blank) or set(paths) & set(TURNS)
    if any(map(is_item, paths)):
        return
    tree = with_all(order, dict.fromkeys(paths, GONE))
    left_out, null = ask_api(client, tree), ask_api(client, with_all(order, dict.fromkeys(paths, NULL)))
    assert null.status_code == left_out.status_code
    if turned(order, paths):  # a name that the other kind does not have is a fault even where it holds null
        for answer in (left_out, null):
            assert_no_figure(answer, whole)
        assert set() != fields_of(left_out) <= fields_of(null)
        return
    if null.status_code == 200:
        assert null.get_json() == left_out.get_json()
    else:
        assert fields_of(null) == fields_of(left_out)
    check(left_out, tree, paths, name, whole)


def turned(order, paths):
    """Whether an order without these fields is of another kind, whose fields are not those that it has."""
    return "preparation" in paths or (bulk(order) and "source.kind" in paths)


@pytest.mark.parametrize("name", WHOLE)
def test_one_field_left_out_blank_or_null(client, plans, name):
    for path in paths_of(WHOLE[name]):
        try_all(client, name, [path], plans[name])


@pytest.mark.parametrize("name", WHOLE)
def test_two_fields_left_out_blank_or_null(client, plans, name):
    for pair in pairs_in(WHOLE[name]):
        try_all(client, name, pair, plans[name])


# The wrong kind of value is no value either.


@pytest.mark.parametrize("name", WHOLE)
def test_one_field_of_the_wrong_kind(client, plans, name):
    order = WHOLE[name]
    for path in paths_of(order):
        value = at(order, path)
        for kind in KINDS:
            if is_right_kind(value, kind) and (not isinstance(value, dict | list) or not kind):
                continue  # a text for a text, a count for a count, and a part that is left out whole
            if path in TURNS or (path == "drug" and isinstance(kind, dict | str)):
                continue  # another kind of order, and a drug by its name or key
            answer = ask_api(client, with_all(order, {path: kind}))
            assert_no_figure(answer, plans[name])
            faults = {fault["field"]: fault["code"] for fault in answer.get_json()["faults"]}
            if path == "screening" and isinstance(kind, dict):  # any name may be that of a question
                assert faults[f"{path}.amount"] in {"unknown_choice", "wrong_type"}
            elif isinstance(kind, dict) and isinstance(value, dict):
                assert faults[f"{path}.amount"] == "unknown_field"
            elif isinstance(kind, list) and isinstance(value, list):
                assert faults[f"{path}.0"] == "wrong_type"
            else:
                assert faults[path] == "wrong_type", (path, kind, faults)


@pytest.mark.parametrize("kind", KINDS, ids=repr)
@pytest.mark.parametrize("path", TURNS)
def test_what_turns_an_order_into_another_is_one_of_its_own_words(client, plans, path, kind):
    for name, order in WHOLE.items():
        if at(order, path) is not None:
            answer = ask_api(client, with_all(order, {path: kind}))
            assert_no_figure(answer, plans[name])
            assert (
                {"wrong_type", "unknown_choice"} & {fault["code"] for fault in answer.get_json()["faults"]}
            ) != set()


@pytest.mark.parametrize("value", [NULL, BLANK, 7, {}], ids=repr)
@pytest.mark.parametrize("part", ["", "source.", "balance.", "vehicle.", "syringes.0.", "beyond_use."])
def test_a_name_that_a_liquid_does_not_have_is_a_fault_even_where_it_holds_nothing(client, plans, part, value):
    answer = ask_api(client, with_all(PORTION, {f"{part}amount": value}))
    assert_no_figure(answer, plans["portion"])
    faults = [(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]]
    assert faults == [("unknown_field", f"{part}amount")]


# The page, where blank is left out.


def typed_apart(tree):
    """Each field that is typed by itself; without what turns an order into another, and without the lists."""
    return [path for path in paths_of(tree) if isinstance(at(tree, path), str | int) and path not in TURNS]


@pytest.mark.parametrize("name", ["portion", "named", "bulk"])
def test_what_is_missing_on_the_page_is_missing_there_as_well(client, plans, name):
    order, whole = WHOLE[name], plans[name]
    for index, path in enumerate(typed_apart(order)):
        tree = with_all(order, {path: GONE})
        answer = ask_page(client, as_query(tree if index % 2 else with_all(order, {path: BLANK})))
        if path == "drug.name":  # the page cannot name a drug without a name: then it is naltrexone
            tree = with_all(order, {"drug": GONE})
        faults = faults_without(tree)
        if faults:
            assert answer.status_code == 422
            assert_no_result_page(answer)
            assert [figure for figure in own_texts(whole) if is_said(figure, plain_text(answer))] == []
            summary = page_faults(read_page(answer, {"summary"}))
            assert {target for target, _ in summary} == {path.replace(".", "-") for _, path in faults}
        elif stops_without(tree):
            assert answer.status_code == 422
            assert_no_result_page(answer, figures=False)
        else:
            assert answer.status_code == 200
            portion = ask_api(client, tree).get_json()["plan"]["portion"]
            assert (portion is None) == ("portion" in unknown_figures(tree, name))
            text = whole["portion"]["text"] if portion is None else portion["text"]
            assert (text in plain_text(answer)) == (portion is not None)


# No field and no figure goes untested, and the tables are no wider than what happens.


def test_each_field_of_a_liquid_is_in_one_of_the_whole_orders():
    held = {
        path.replace("syringes.1", "syringes.0").replace("parts.1", "parts.0")
        for order in WHOLE.values()
        for path in paths_of(order)
    }
    # Ingredients and opened capsules are tried apart: `tests/planning/test_opened_capsules.py` leaves those out.
    apart_from = ("ingredients", "source.contents", "source.capsules", "source.full_mass", "source.shells_mass")
    fields = {path for path in fields_of_an_order(LiquidOrder) if not path.startswith(apart_from)}
    assert fields | {"preparation"} == held


def test_each_figure_of_a_plan_is_looked_at(plans):
    names = {name.partition(".")[0] for name in figures_of(plans["portion"])} - {"least"}
    assert names | {"weighings", *OF_OTHER_ORDERS} == LiquidPlanShown.__annotations__.keys()
    assert not [name for name in MAY_BE_NULL if is_nothing(figures_of(plans["portion"])[name])]
    assert unknown_figures({"source": {"total_mass": None}}, "portion") | unknown_figures(BULK, "bulk") == MAY_BE_NULL


#: What has to go with a field, so that an order without both can be planned.
PARTNERS = {
    "prepared_on": (
        *("source.expiry", "source.discard_after", "vehicle.expiry"),
        *("vehicle.parts.0.expiry", "vehicle.parts.1.expiry"),
    ),
    "source.total_mass": ("source.recovered_mass", "source.crushed_mass"),
    "source.tablets_weighed": ("source.recovered_mass", "source.crushed_mass"),
    "source.kind": ("source",),
    "source.water": ("source.assay_basis",),
    "vehicle.preserved": ("vehicle.storage",),
    "acknowledgements": ("screening.opioids",),
}


@pytest.mark.parametrize("field", DEPENDS)
def test_the_table_of_what_may_change_is_no_wider_than_what_does(client, plans, field):
    changed = set()
    for name, order in WHOLE.items():
        if at(order, field) is None:
            continue
        partners = [*PARTNERS.get(field, ()), *(pair[1 - pair.index(field)] for pair in TOGETHER if field in pair)]
        paths = ["source"] if "source" in partners else [field, *partners]
        gone = dict.fromkeys((path for path in paths if at(order, path) is not None), GONE)
        answer = ask_api(client, with_all(order, gone))
        assert answer.status_code == 200, answer.text
        after, before = figures_of(answer.get_json()["plan"]), figures_of(plans[name])
        changed |= {figure for figure in before.keys() | after.keys() if after.get(figure) != before.get(figure)}
    assert set(DEPENDS[field]) - changed == set()
