"""Bad inputs at both doors: every case of data/bad_inputs.json, refused at its field, with no result, and kept."""

import ast
import gzip
import io
import itertools
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from urllib.parse import urlencode

import pytest

import calc
from tests.casebook.compare import cases as casebook
from tests.doors import (
    COUNT_PATHS,
    GOOD,
    NUMBER_PATHS,
    PLAN,
    PROBLEM,
    TEXT_PATHS,
    UNIT_PATHS,
    as_query,
    ask_api,
    ask_page,
    assert_no_result_json,
    assert_no_result_page,
    assert_still_good,
    changed,
    error_at,
    holding,
    make_client,
    page_faults,
    plain_text,
    read_page,
    says_fault,
    text_of,
    typed_at,
    unit_at,
    value_at,
)
from tests.schemas import validate

BOOK = json.loads((Path(__file__).parent / "data" / "bad_inputs.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in BOOK["cases"]}
SHARED_IDS = {
    "N": "001 003 004 007 011 013 014 015 017 018 019 021 022 027 029 031 032 033 034 035 036 037 038 039 041 043 044 "
    "045 046 047 048 049 053 055 057 060 061 062 064 065",
    "U": "001 002 003 004 005 008 009 010 011 012 013 014 017 018 019 022",
    "J": "001 002 003 004 005 006 007 008 010 012 013 014 015 018 020 021 022 025 029 030",
    "D": "001 002 004 005 006 010 012 013 014 017 020 021 022 024",
    "P": "001 003 004 006 007 009 011 013 014 015 016 017 019 020",
    "W": "001 003 007 008 010 011 012 013 014 015 016 017 018 021 022 024 025 027 028 029 030 031 032 034 037",
    "O": "001 003 004 005 006 008 009 010 011 012",
    "S": "001 003 004 006 007 008 009 011 012 013 014 015 016 017 019 021 022",
}
PLAIN = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-23"}
ROOMY = changed(PLAIN, {"drug.name": "another drug", "source.strength": "50 mg"})
KINDS = {"{NUM}": NUMBER_PATHS, "{UNIT}": UNIT_PATHS}
DOORS = ("json", "page")
#: The other files of the suite that hold cases.
OTHER_TESTS = [
    Path(__file__).parent / f"test_{name}.py"
    for name in ("papers", "paper_codes", "ocr", "operations", "serving", "command")
]


@pytest.fixture(scope="module")
def client():
    return make_client()


def field_cases():
    """Each case of a field, at each door, for each field of its kind."""
    for key, case in CASES.items():
        given = case["input"]
        for path, door in itertools.product(KINDS.get(given.get("field") or given.get("omit_field"), ()), DOORS):
            yield pytest.param(key, door, path, id=f"{key}-{door}-{path}")


def ordered(case, door, path):
    """The order of a case with its value in the field at `path`, and that value as typed."""
    given = case["input"]
    if "omit_field" in given:
        return changed(holding(path), {path: None}), None
    value = given["value"] if "value" in given else given["repeat"][0] * given["repeat"][1]
    if given["field"] == "{UNIT}":
        tree = holding(path)
        number = value_at(tree, path).rpartition(" ")[0]
        return changed(tree, {path: f"{number} {value}"}), (number, value)
    if "orders" in case:
        room = case["orders"][path]
        tree, unit = changed(ROOMY, room["with"]), room["unit"]
    else:
        tree, unit = holding(path), unit_at(holding(path), path)
    if path in COUNT_PATHS:
        is_count = door == "json" and value in {"0", "1000"}
        return changed(tree, {path: int(value) if is_count else value}), (value, None)
    text = "" if door == "json" and value == "" else f"{value} {unit}"
    return changed(tree, {path: text}), (value, unit)


def wanted(case, door, path, tree):
    """The code that a case must be refused with at a door and a field; None where it is taken."""
    exceptions = {**case.get("except", {}).get("both", {}), **case.get("except", {}).get(door, {})}
    if door == "json" and path in COUNT_PATHS and "field" in case["input"] and isinstance(value_at(tree, path), str):
        return "wrong_type"
    return exceptions.get(path, case["check"].get("code"))


def refused(client, door, tree, faults, typed=None):
    """Bring an order to a door, and see exactly these faults at their fields, no result, and what was typed."""
    if door == "json":
        answer = ask_api(client, tree)
        assert answer.status_code == 422, answer.text
        assert_no_result_json(answer)
        body = answer.get_json()
        validate("problem.schema.json", body)
        assert sorted([fault["code"], fault["field"]] for fault in body["faults"]) == sorted(map(list, faults))
        return [fault["text"] for fault in body["faults"]]
    answer = ask_page(client, as_query(tree))
    assert answer.status_code == 422, plain_text(answer)
    assert_no_result_page(answer)
    names = {path.replace(".", "-") for _, path in faults}
    page = read_page(answer, {"summary", *names, *(f"{name}{part}" for name in names for part in ("-error", "_unit"))})
    summary = page_faults(page)
    assert len(summary) == len(faults), summary
    for code, path in faults:
        name = path.replace(".", "-")
        if page.find(id=name) is None:
            assert any(target == "form" and says_fault(text, code, path) for target, text in summary)
            continue
        text = error_at(page, path)
        assert says_fault(text, code, path), (code, path, text)
        assert (name, text) in summary
        wrong = page.find(attrs={"aria-invalid": "true"})
        assert f"{name}-error" in wrong["aria-describedby"].split()
        if typed is not None and typed[0].strip(" "):
            assert typed_at(page, path) == (
                typed[0],
                typed[1] or (page_unit(page, path) if path in UNIT_PATHS else None),
            )
    return [text for _, text in summary]


def page_unit(page, path):
    """The unit that the page offers first, chosen where none was typed."""
    return page.find(id=f"{path.replace('.', '-')}_unit").find("option").text


@pytest.mark.parametrize(("key", "door", "path"), list(field_cases()))
def test_a_field(client, key, door, path):
    case = CASES[key]
    tree, typed = ordered(case, door, path)
    if "status_page" in case:
        answer = ask_api(client, tree) if door == "json" else ask_page(client, as_query(tree))
        assert answer.status_code == (case["check"]["status"][0] if door == "json" else case["status_page"])
        assert_no_result_json(answer) if door == "json" else assert_no_result_page(answer)
    elif (code := wanted(case, door, path, tree)) is not None:
        texts = refused(client, door, tree, [(code, path)], typed if "value" in case["input"] else None)
        if key.startswith("U"):
            units = "%" if value_at(holding(path), path).endswith("%") else "g mg mcg"
            assert texts[0].endswith((f"use one of {units}.", f"({units})."))
    else:
        taken(client, door, tree, path, typed, case)
    if "refused_value" in case and path not in COUNT_PATHS:
        value, unit = case["refused_value"], typed[1]
        refused(client, door, changed(tree, {path: f"{value} {unit}"}), [(case["refused_code"], path)], (value, unit))
    if path == NUMBER_PATHS[-1]:
        assert_still_good(client)


def taken(client, door, tree, path, typed, case):
    """Bring an order to a door that takes it as it is: exactly the value typed, shown as people read it."""
    if door == "json":
        answer = ask_api(client, tree)
        assert answer.status_code == 200, answer.text
        body = answer.get_json()
        assert (path in body["defaults"]) <= (typed is None)
        if typed is not None:
            assert in_mg(value_at(body["order"], path)) == in_mg(f"{typed[0].strip(' ')} {typed[1] or ''}")
        texts = " ".join(step["substituted"] + " " + step["result"] for step in body["plan"]["steps"])
    else:
        answer = ask_page(client, as_query(tree))
        page = read_page(answer)
        assert answer.status_code == 200, page_faults(page)
        assert page.select_one(".plan") is not None
        if typed is not None and typed[0].strip(" "):
            assert typed_at(page, path)[0] == typed[0]
        texts = text_of(page.select_one(".answer")) + " " + text_of(page.select_one(".plan"))
    assert not re.search(r"(?<![\w.])\.\d", texts)
    if case["check"].get("shown") == "1,000":
        assert not re.search(r"(?<![\w,.-])1000(?!\d)", texts)


def in_mg(text):
    """A quantity or count, exact, masses in mg."""
    number, _, unit = str(text).strip().partition(" ")
    return Fraction(number) * {"g": 1000, "mcg": Fraction(1, 1000)}.get(unit.strip(), 1)


@pytest.mark.parametrize("path", NUMBER_PATHS)
@pytest.mark.parametrize("door", DOORS)
def test_every_field_is_tried_in_an_order_that_is_good_without_it(client, door, path):
    tree = holding(path)
    assert ask_api(client, tree).status_code == 200 == ask_page(client, as_query(tree)).status_code


@pytest.mark.parametrize(("key", "shown"), [("N060", "0.5 mg"), ("N061", "1,000 mg"), ("N053", "5 mg")])
def test_a_number_is_printed_as_people_read_it(client, key, shown):
    tree, _ = ordered(CASES[key], "page", "source.strength")
    assert shown in text_of(read_page(ask_page(client, as_query(tree))))
    assert shown in ask_api(client, tree).text


def range_cases():
    for path, (below, least, most, above) in CASES["D004"]["ranges"].items():
        for name, value in (("below", below), ("least", least), ("most", most), ("above", above)):
            if value is not None:
                for door in DOORS:
                    code = "out_of_range" if name in {"below", "above"} else None
                    yield pytest.param(path, value, code, door, id=f"D004-{door}-{path}-{name}")


@pytest.mark.parametrize(("path", "value", "code", "door"), list(range_cases()))
def test_a_range_ends_at_its_written_bound(client, path, value, code, door):
    tree = changed(holding(path), {path: value})
    if path == "source.total_mass":
        tree["source"].pop("recovered_mass", None)
    if path == "source.recovered_mass":  # so much came back that the tablets must have weighed more
        tree = changed(tree, {"source.total_mass": "1000 g"})
    if code == "out_of_range":
        refused(client, door, tree, [(zero_or(code, value, path, door), path)])
        return
    answer = ask_api(client, tree) if door == "json" else ask_page(client, as_query(tree))
    if door == "json":
        assert "faults" not in answer.get_json(), answer.get_json()
    else:
        assert read_page(answer).select_one(".plan, .stops, .way") is not None
    assert_still_good(client)


def zero_or(code, value, path, door):
    """A count below nothing has a sign on the page, and none of nothing is a zero."""
    if value == 0:
        return "zero_not_allowed"
    return "sign_not_allowed" if door == "page" and path in COUNT_PATHS and value < 0 else code


def try_cases():
    for key, case in CASES.items():
        for number, attempt in enumerate(case.get("tries", ()), start=1):
            for door in DOORS:
                if attempt.get("door", door) == door:
                    yield pytest.param(attempt, door, id=f"{key}-{door}-{number}")


def at(tree, path):
    for name in path.split("."):
        tree = tree[int(name)] if isinstance(tree, list) else tree[name]
    return tree


@pytest.mark.parametrize(("attempt", "door"), list(try_cases()))
def test_an_order(client, attempt, door):
    tree = changed(PLAIN if attempt.get("from") == "plain" else GOOD, attempt["set"])
    faults = attempt.get(f"{door}_faults", attempt.get("faults"))
    answer = ask_api(client, tree) if door == "json" else ask_page(client, as_query(tree))
    assert answer.status_code == attempt["status"], answer.text if door == "json" else plain_text(answer)
    if door == "json":
        text = json.dumps(answer.get_json(), ensure_ascii=False)
        body = answer.get_json()
        if "stops" in attempt:
            assert_no_result_json(answer, figures=False)
            raised = sorted((stop["code"], stop["severity"]) for stop in body["stops"])
            assert raised == sorted(attempt["stops"].items())
        elif attempt["status"] == 200:
            assert_plan(body, attempt)
    else:
        page = read_page(answer)
        text = text_of(page)
        if "stops" in attempt:
            assert_no_result_page(answer, figures=False)
            assert len(page_faults(page)) == len(attempt["stops"])
            asked = {code["value"] for code in page.select('.reason input[name$="-code"]')}
            soft = {code for code, severity in attempt["stops"].items() if severity == "soft"}
            # Beside a hard stop a reason would let nothing pass: none is asked for until it is gone.
            assert asked == (soft if "hard" not in attempt["stops"].values() else set())
            assert text.count("No reason lets this pass.") == list(attempt["stops"].values()).count("hard")
        elif attempt["status"] == 200:
            assert page.select_one(".plan") is not None
            assert page.select_one(".answer") is not None
    if faults is not None:
        refused(client, door, tree, faults)
    elif "fields" in attempt:
        found = [f["field"] for f in body["faults"]] if door == "json" else [t for t, _ in page_faults(page)]
        assert found == (attempt["fields"] if door == "json" else [on_page(p) for p in attempt["fields"]])
    for said in (*attempt.get("says", ()), *attempt.get(f"{door}_says", ())):
        assert said in text
    for said in (*attempt.get("lacks", ()), *attempt.get(f"{door}_lacks", ())):
        assert said not in text
    assert_still_good(client)


def on_page(path):
    return "-".join(path.split(".")[:2]) if path.startswith("acknowledgements.") else path.replace(".", "-")


def assert_plan(body, attempt):
    plan = body["plan"]
    for path, value in attempt.get("plan", {}).items():
        got = at(plan, path)
        if path.endswith(".exact"):
            assert Fraction(got) == Fraction(*map(Fraction, value.split("/"))), path
        else:
            assert got == value, path
    assert [name for name in attempt.get("null", ()) if plan[name] is not None] == []
    codes = {notice["code"] for notice in plan["notices"]}
    assert set(attempt.get("notices", ())) <= codes
    assert not set(attempt.get("no_notices", ())) & codes
    assert set(attempt.get("defaults", ())) <= set(body["defaults"])


def raw_cases():
    for key, case in CASES.items():
        if "raws" in case:
            for number, raw in enumerate(case["raws"], start=1):
                yield pytest.param(case, raw, id=f"{key}-{number}")
        elif "raw" in case["input"] and "test" not in case:
            yield pytest.param(case, case["input"]["raw"], id=key)


def body_of(raw):
    if isinstance(raw, str):
        return raw.encode()
    if "repeat" in raw:
        return "".join(text * times for text, times in (raw["repeat"], raw.get("then", ("", 0)))).encode()
    return bytes.fromhex(raw["hex"]) if "hex" in raw else raw["text"].encode(raw.get("encoding", "utf-8"))


@pytest.mark.parametrize(("case", "raw"), list(raw_cases()))
def test_a_raw_body(client, case, raw):
    kind = case["input"].get("content_type", "application/json")
    answer = client.post(PLAN, data=body_of(raw), content_type=kind)
    assert answer.status_code in case["check"]["status"]
    assert_no_result_json(answer)
    body = answer.get_json()
    validate("problem.schema.json", body)
    if isinstance(raw, dict) and "fault" in raw:
        assert [(f["code"], f["field"]) for f in body["faults"]] == [(case["check"]["code"], raw["fault"])]
    elif "faults" in case:
        assert [[f["code"], f["field"]] for f in body["faults"]] == case["faults"]
    elif "code" in case["check"]:
        assert body["code"] == case["check"]["code"]
    assert_still_good(client)


def test_every_case_is_held_or_left_out_with_a_reason():
    holders = set(globals())
    for path in OTHER_TESTS:
        holders |= {part.name for part in ast.parse(path.read_text()).body if isinstance(part, ast.FunctionDef)}
    ids = {f"{group}{number}" for group, numbers in SHARED_IDS.items() for number in numbers.split()}
    assert len(BOOK["cases"]) == len(CASES)
    assert CASES.keys() | BOOK["left_out"].keys() == ids
    assert not CASES.keys() & BOOK["left_out"].keys()
    assert all(BOOK["left_out"].values())
    for case in CASES.values():
        held = [name for name in ("tries", "raws", "ranges") if name in case]
        given = case["input"]
        assert held or {given.get("field"), given.get("omit_field")} & KINDS.keys() or "raw" in given or "test" in case
        assert case.get("test", "test_a_field") in holders
        assert case["why"]
        assert case.get("changed", "why")


def test_threads_answer_alike():
    app = make_client().application

    def answers(_):
        client = app.test_client()
        return ask_api(client, GOOD).data, ask_page(client, as_query(GOOD)).data

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(answers, range(32))) == {answers(0)}


def test_a_body_without_a_length_is_cut_off(client):
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            Endless.taken += len(buffer)
            assert Endless.taken < 1 << 20
            buffer[:] = b"1" * len(buffer)
            return len(buffer)

    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    given = {**chunked, "wsgi.input": Endless()}
    answer = client.post(PLAN, content_type="application/json", environ_overrides=given)
    assert answer.status_code == 413
    assert Endless.taken > 0
    assert_no_result_json(answer)
    assert_still_good(client)


def test_a_compressed_body_is_not_taken(client):
    for body in (gzip.compress(b"0" * 10_000_000), gzip.compress(json.dumps(GOOD).encode())):
        answer = client.post(PLAN, data=body, content_type="application/json", headers={"Content-Encoding": "gzip"})
        assert answer.status_code == 415
        assert_no_result_json(answer)
    assert_still_good(client)


@pytest.mark.parametrize("method", [*CASES["J022"]["input"]["methods"], "GET"])
def test_only_the_methods_offered(client, method):
    answer = client.open(PLAN, method=method, json=GOOD)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    assert_no_result_json(answer)
    assert client.open("/", method=method if method != "GET" else "POST").status_code == 405


def figures_of(part):
    """Every shown figure of an answer, wherever it stands."""
    if isinstance(part, dict):
        if "exact" in part:
            yield part
        else:
            for value in part.values():
                yield from figures_of(value)
    elif isinstance(part, list):
        for value in part:
            yield from figures_of(value)


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
        assert re.fullmatch(r"-?\d+(\.\d+|/\d+)?", figure["exact"])
        assert figure["unit"] in {"mg", "g", "ug", "mL", "{tablet}", "mg/{capsule}", "mg/{tablet}", "1", "d"}
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
        assert portion / total * plan["tablets_to_crush"] * strength == drug


def test_the_page_gives_the_order_back(client):
    """What the filled-in form would send again is the order that it was made from."""
    page = read_page(ask_page(client, as_query(GOOD)))
    sent = []
    for field in page.find(id="form").find_all(["input", "select"]):
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            sent.append((field["name"], chosen.get("value", chosen.text)))
        elif field.get("type") != "radio" or field.has_attr("checked"):
            sent.append((field["name"], field["value"]))
    answer = ask_page(client, sent)
    assert answer.status_code == 200, page_faults(read_page(answer))
    again = read_page(answer)
    assert text_of(again.select_one(".answer")) == text_of(page.select_one(".answer"))
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
    {"drug": {"name": "x"}, "dose": "0.001 mcg", "source": {"strength": "10 g"}},
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
        if Fraction(figure["exact"]) != 0:
            assert Fraction(figure["value"]) != 0, figure
            assert re.search("[1-9]", figure["text"]), figure
    page = read_page(ask_page(client, as_query(tree)))
    for cell in page.select("dl.figures dd"):
        if cell.find_previous("dt").text != "Drug left over":
            assert not re.match(r"0(\.0+)?( |$)", text_of(cell)), text_of(cell)


PROBE = """
import hashlib, sys
from tests.doors import GOOD, as_query, ask_api, ask_page, changed, make_client
client = make_client()
for changes in ({}, {"dose": "4,5 mg"}, {"dose": "4.5 g"}, {"source.release": "extended"}, {"quantity": 0}, {"x": "1"}):
    tree = changed(GOOD, changes)
    for answer in (ask_api(client, tree), ask_page(client, as_query(tree))):
        print(answer.status_code, hashlib.sha256(answer.data).hexdigest())
print("asserts", __debug__, file=sys.stderr)
"""


def test_the_same_answers_in_another_process():
    root = Path(__file__).resolve().parent.parent
    said = set()
    for flags, settings in (
        ((), {"PYTHONHASHSEED": "0"}),
        (("-O",), {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE"}),
    ):
        process = subprocess.run(
            [sys.executable, *flags, "-c", PROBE],
            cwd=root,
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


def test_a_name_given_twice_is_refused(client):
    for path in (*NUMBER_PATHS, "prepared_on", "capsule.size"):
        pairs = as_query(holding(path))
        name = path.replace(".", "-")
        for twice in ((name, "50"), *([(f"{name}_unit", "g")] if path in UNIT_PATHS else ())):
            # The form sends its empty fields too: they are left out still, and no fault of their own.
            empty = [(blank, "") for blank in ("internal_number", "source-lot")]
            answer = ask_page(client, [*pairs, twice, *empty])
            assert answer.status_code == 422
            assert_no_result_page(answer)
            page = read_page(answer, {"summary", f"{name}-error"})
            assert says_fault(error_at(page, path), "duplicate_field", path)
            assert [target for target, _ in page_faults(page)] == [name]
    assert_still_good(client)


HOSTILE = CASES["W003"]["input"]["text"]
MARKUP = ("<script>alert(1)</script>", "</select><b id=x>", "{{7*7}} {% raw %} &amp;lt;")


@pytest.mark.parametrize("text", [HOSTILE, *MARKUP])
@pytest.mark.parametrize("path", [*TEXT_PATHS, *NUMBER_PATHS, "capsule.size", "screening.opioids", "acknowledgements"])
def test_what_is_typed_is_only_ever_text(client, path, text):
    name = path.replace(".", "-")
    tree = changed(holding(path), {path: text})
    pairs = as_query(tree)
    if path in UNIT_PATHS:
        pairs = [(n, text if n in {name, f"{name}_unit"} else v) for n, v in as_query(holding(path))]
    elif path == "acknowledgements":
        pairs = [*as_query(GOOD), *((f"{path}-0-{part}", text) for part in ("code", "value", "reason"))]
    answer = ask_page(client, pairs)
    assert answer.status_code == (200 if path in TEXT_PATHS else 422)
    page = read_page(answer)
    assert not page.find_all(["script", "style", "b"])
    for element in page.find_all(True):
        assert not [given for given in element.attrs if given.startswith("on") or given == "x"]
        assert not element.has_attr("autofocus") or element["id"] == "summary"
    if path in {*TEXT_PATHS, *NUMBER_PATHS}:
        assert page.find(id=name)["value"] == text
    assert "49" not in text_of(page.find("h1"))


def test_another_host_is_not_answered(client):
    for host in ("evil.example", "evil.example:80", "localhost.evil.example", "localhost@evil.example", "", "[::2]"):
        for answer in (
            client.get("/", headers={"Host": host}),
            client.get("/?dose=4.5&dose_unit=mg&allowance=", headers={"Host": host}),
        ):
            assert answer.status_code == 400
            assert_no_result_page(answer)
            assert not host or host not in answer.text
        answer = ask_api(client, GOOD, headers={"Host": host})
        assert answer.status_code == 400
        assert_no_result_json(answer)
    assert_still_good(client)


def test_forwarded_headers_are_not_believed(client):
    forged = {**CASES["W018"]["input"]["headers"], "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    forged |= {"X-Forwarded-Prefix": "/evil", "X-Original-URL": "/evil", "X-Rewrite-URL": "/evil"}
    query = urlencode([*as_query(GOOD), ("allowance", "")])
    for address in ("/", f"/?{query}", "/nothing"):
        plain, answer = client.get(address), client.get(address, headers=forged)
        assert (answer.status_code, answer.data) == (plain.status_code, plain.data)
        assert answer.headers.get("Location") == plain.headers.get("Location")
    assert client.get(f"/?{query}").headers["Location"].startswith("/?")
    assert ask_api(client, GOOD, headers=forged).data == ask_api(client, GOOD).data


def test_figures_are_not_translated(client):
    plain = ask_page(client, as_query(GOOD))
    assert ask_page(client, as_query(GOOD), headers={"Accept-Language": "de"}).data == plain.data
    refusal = as_query(changed(GOOD, {"dose": "4,5 mg"}))
    for answer in (plain, ask_page(client, refusal), client.get("/")):
        page = read_page(answer)
        assert page.html["lang"] == "en"
        kept = page.select(
            "h1, .line, dl.figures, ul.formulas, .formula.numbers, .formula.result, td.number, input[type=text]"
        )
        for element in kept:
            spared = [element, *element.parents]
            is_figure = element.name != "td" or re.search(r"\d.* (mg|g|mcg)\b", text_of(element))
            assert not is_figure or any(part.get("translate") == "no" for part in spared), element


def test_nothing_is_filled_in_by_the_browser(client):
    for answer in (client.get("/"), ask_page(client, as_query(GOOD))):
        page = read_page(answer)
        assert page.find(id="form")["autocomplete"] == "off"
        for field in page.find_all("input", type="text"):
            assert field["autocomplete"] == "off"
    assert not [field["id"] for field in read_page(client.get("/")).find_all("input", type="text") if field["value"]]


def test_every_answer_carries_the_policy(client):
    answers = [
        client.get("/"),
        client.get("/", query_string=[*as_query(GOOD), ("allowance", "")]),
        ask_page(client, as_query(GOOD)),
        ask_page(client, as_query(changed(GOOD, {"dose": "4,5 mg"}))),
        ask_page(client, as_query(changed(GOOD, {"dose": "4.5 g"}))),
        ask_page(client, [("dose", "9" * 9000)]),
        client.get("/nothing"),
        client.post("/"),
        client.get("/", headers={"Host": "evil.example"}),
        client.get("/static/style.css"),
        ask_api(client, GOOD),
        ask_api(client, {}),
        client.get(PLAN),
        client.get("/api/nothing"),
        client.post(PLAN, data="x" * 70_000, content_type="application/json"),
        client.post(PLAN, data="x", content_type="text/plain"),
    ]
    assert [a.status_code for a in answers] == [
        200,
        303,
        200,
        422,
        422,
        414,
        404,
        405,
        400,
        200,
        200,
        422,
        405,
        404,
        413,
        415,
    ]
    for answer in answers:
        answer.close()
        policy = dict(rule.split(maxsplit=1) for rule in answer.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["style-src"] == policy["form-action"] == "'self'"
        assert not {"script-src", "script-src-elem", "script-src-attr"} & policy.keys()
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        if answer.mimetype == "text/html" and answer.status_code != 303:
            page = read_page(answer)
            assert not page.find_all(["script", "style", "iframe", "object", "embed", "base"])
            for element in page.find_all(True):
                assert not [name for name in element.attrs if name == "style" or name.startswith("on")]
                assert not element.get("src")
                assert not element.get("href", "").startswith(("http", "//", "javascript"))


MARK = CASES["S006"]["input"]["text"]


@pytest.mark.parametrize("path", [*TEXT_PATHS, *NUMBER_PATHS, "capsule.size", "prepared_on", "source.expiry"])
@pytest.mark.parametrize("door", DOORS)
def test_a_mark_of_direction_is_refused(client, door, path):
    tree = changed(holding(path), {path: MARK})
    if path in COUNT_PATHS and door == "json":
        refused(client, door, tree, [("wrong_type", path)])
    else:
        number, _, unit = MARK.rpartition(" ")
        typed = (number, unit) if path in UNIT_PATHS else (MARK, None)
        refused(client, door, tree, [("hidden_character", path)], None if path == "capsule.size" else typed)


@pytest.mark.parametrize("path", TEXT_PATHS)
def test_a_text_without_end_is_refused(client, path):
    for length in (41, 7_000):
        tree = changed(GOOD, {path: "a" * length})
        refused(client, "json", tree, [("text_too_long", path)])
        refused(client, "page", tree, [("text_too_long", path)], ("a" * length, None))
    tree = changed(GOOD, {path: "a" * 200_000})
    answer = ask_api(client, tree)
    assert answer.status_code == 413
    assert answer.content_type == PROBLEM
    assert_no_result_json(answer)
    answer = ask_page(client, as_query(tree))
    assert answer.status_code == 414
    assert_no_result_page(answer)
    assert_still_good(client)
