"""What holds of every result: figures with their unit, the order back, nothing printed as zero, the same everywhere."""

import ast
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

import calc
from tests.casebook.compare import cases as casebook
from tests.support.bad_inputs import PLAIN, figures_of, in_mg
from tests.support.client import ask_api, ask_page, make_app, make_client
from tests.support.orders import GOOD, NUMBER_PATHS, changed, holding
from tests.support.pages import page_faults, plain_text, read_page, text_of
from tests.support.places import ROOT
from tests.support.queries import as_query


@pytest.fixture(scope="module")
def client():
    return make_client()


def test_threads_answer_alike():
    app = make_app()

    def answers(_):
        client = make_client(app)
        return ask_api(client, GOOD).data, ask_page(client, as_query(GOOD)).data

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(answers, range(32))) == {answers(0)}


def golden():
    """Every order of the casebook that has a plan."""
    return [case for case in casebook() if case["expect"]["status"] == 200]


@pytest.mark.parametrize("case", golden(), ids=lambda case: case["id"])
def test_every_figure_of_a_result_is_text_with_its_unit(client, case):
    answer = ask_api(client, case["order"])
    body = json.loads(answer.text, parse_float=pytest.fail, parse_constant=pytest.fail)
    shown = list(figures_of(body["plan"]))
    assert len(shown) > 8
    for figure in shown:
        assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", figure["value"])
        assert re.fullmatch(r"-?\d+(\.\d+|/\d+)?|sqrt\(\d+(/\d+)?\)", figure["exact"])
        counts = {"{tablet}", "{capsule}", "1", "d"}
        assert figure["unit"] in {"mg", "g", "ug", "mL", "mg/{capsule}", "mg/{tablet}", *counts}
    assert body["version"]
    assert all(step["formula"] and step["reference"] for step in body["plan"]["steps"])


@pytest.mark.parametrize("path", NUMBER_PATHS)
def test_the_address_adds_nothing_to_the_body(client, path):
    tree = holding(path)
    plain = ask_api(client, tree)
    assert plain.status_code == 200
    name = path.replace(".", "-")
    assert ask_api(client, tree, query_string=f"{name}=50&{name}_unit=mg&dose=50%20mg").data == plain.data


@pytest.mark.parametrize("case", golden(), ids=lambda case: case["id"])
def test_the_result_gives_the_order_back(client, case):
    order = case["order"]
    answer = ask_api(client, order).get_json()
    plan, understood = answer["plan"], answer["order"]
    assert ask_api(client, understood).get_json()["fingerprint"] == answer["fingerprint"]
    strength = in_mg(understood["source"]["strength"])
    drug = Fraction(plan["portion_share"]["exact"]) * plan["tablets_to_crush"] * strength
    assert drug == Fraction(plan["drug_needed"]["exact"])
    if understood["dose_basis"] in {None, "hydrochloride"}:
        assert drug / plan["batch"] == in_mg(understood["dose"])
    if plan["portion"] is not None:
        total = in_mg(understood["source"]["total_mass"])
        portion = Fraction(plan["portion"]["exact"]) * 1000
        assert portion / total * understood["source"]["tablets_weighed"] * strength == drug


def test_the_page_gives_the_order_back(client):
    """What the filled-in form would send again is the order that it was made from."""
    page = read_page(ask_page(client, as_query(GOOD)))
    sent = []
    for field in page.find(id="form").find_all(["input", "select"]):
        if not field.has_attr("name"):  # such a field is not sent: the browser's own bench
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            sent.append((field["name"], chosen.get("value", chosen.text)))
        elif field.get("type") != "radio" or field.has_attr("checked"):
            sent.append((field["name"], field["value"]))
    answer = ask_page(client, sent)
    assert answer.status_code == 200, page_faults(read_page(answer))
    again = read_page(answer)
    assert text_of(again.select_one("#answer")) == text_of(page.select_one("#answer"))
    assert text_of(again.select_one("dl.figures")) == text_of(page.select_one("dl.figures"))


DOUBLED = {"quantity": 60, "source.tablets_weighed": 6, "source.total_mass": "0.960 g"}
AMOUNTS = ("drug_needed", "tablets_exact", "portion", "diluent", "drug_left_over")
THE_SAME = ("portion_share", "powder_per_capsule", "share_of_body", "diluent_per_capsule", "fill_mass")


def test_double_the_batch_doubles_every_amount(client):
    once, twice = ask_api(client, GOOD), ask_api(client, changed(GOOD, DOUBLED))
    one, two = once.get_json()["plan"], twice.get_json()["plan"]
    for name in AMOUNTS:
        assert Fraction(two[name]["exact"]) == 2 * Fraction(one[name]["exact"])
    for name in THE_SAME:
        assert two[name]["exact"] == one[name]["exact"]
    page = plain_text(ask_page(client, as_query(changed(GOOD, DOUBLED))))
    assert "weigh 0.864 g of the powder, add 7.393 g of diluent: 60 capsules, about 137.6 mg each" in page


TINY = (
    {"dose": "0.001 mg"},
    {"dose": "0.001 mg", "quantity": 1},
    {"dose": "0.11 mg", "quantity": 7, "allowance": "1 %"},
    {"drug": {"name": "x"}, "dose": "0.001 mcg", "source": {"strength": "1.2 g"}},
    {"drug": {"name": "x"}, "dose": "0.001 mcg", "quantity": 1, "source": {"strength": "1 g"}},
)
WHY = [{"code": "dose_below_usual", "value": "0.001 mg", "reason": "prescriber_confirmed"}]


@pytest.mark.parametrize("number", range(len(TINY)))
def test_nothing_that_is_not_zero_prints_as_zero(client, number):
    tree = changed(PLAIN, TINY[number])
    if tree["dose"] == "0.001 mg":
        tree["acknowledgements"] = WHY
    answer = ask_api(client, tree)
    assert answer.status_code == 200, answer.text
    for figure in figures_of(answer.get_json()["plan"]):
        if re.search("[1-9]", figure["exact"].partition("/")[0]):
            assert Fraction(figure["value"]) != 0, figure
            assert re.search("[1-9]", figure["text"]), figure
    page = read_page(ask_page(client, as_query(tree)))
    for cell in page.select("dl.figures dd"):
        if cell.find_previous("dt").text != "Drug left over":
            assert not re.match(r"0(\.0+)?( |$)", text_of(cell)), text_of(cell)


PROBE = """
import hashlib, sys
from tests.support.orders import GOOD, changed
from tests.support.queries import as_query
from tests.support.client import ask_api, ask_page, make_client
client = make_client()
for changes in ({}, {"dose": "4,5 mg"}, {"dose": "4.5 g"}, {"source.release": "extended"}, {"quantity": 0}, {"x": "1"}):
    tree = changed(GOOD, changes)
    for answer in (ask_api(client, tree), ask_page(client, as_query(tree))):
        print(answer.status_code, hashlib.sha256(answer.data).hexdigest())
print("asserts", __debug__, file=sys.stderr)
"""


def test_the_same_answers_in_another_process():
    said = set()
    for flags, settings in (
        ((), {"PYTHONHASHSEED": "0"}),
        (("-O",), {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE"}),
    ):
        process = subprocess.run(
            [sys.executable, *flags, "-c", PROBE],
            cwd=ROOT,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"asserts {not flags}" in process.stderr
        said.add(process.stdout)
    assert len(said) == 1
    assert [line[:3] for line in said.pop().split("\n")[:-1]] == ["200"] * 2 + ["422"] * 10


def test_no_guard_is_an_assert():
    for path in Path(calc.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)], path
