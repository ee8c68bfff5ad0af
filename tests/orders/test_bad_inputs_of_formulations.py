"""Bad inputs for the names that came with formulations: each once, at the endpoint, on the page and in a file.

For every name a value of a wrong type (of JSON alone), one that cannot be read or chosen, and one out of its bounds;
and beside each group a name that nothing has. The codes are those of the contract.
"""

import csv
import io
import json

import pytest

from calc.__main__ import main
from calc.service.preparations import PREPARATIONS
from tests.support.client import ask_page, make_client
from tests.support.orders import changed
from tests.support.pages import assert_no_result_page, page_faults, read_page, says_fault
from tests.support.queries import as_query

CAPSULES = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-23", "capsule": {"fill_mass": "150 mg"}}
LIQUID = {
    "preparation": "liquid",
    "dose": "4.5 mg",
    "strength": "1 mg",
    "volume": "100 mL",
    "prepared_on": "2026-11-23",
    "vehicle": {"name": "syrup"},
}
PARTS = {"vehicle": {"parts": [{"name": "syrup", "volume": "60 mL"}, {"name": "water", "to_volume": "yes"}]}}
STUDY = {"beyond_use": {"studies": [{"days": 30, "storage": "refrigerator", "reference": "J Pharm 2018"}]}}
OPENED = {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": "50 mg"}
WEIGHED = {**OPENED, "capsules_weighed": 5, "full_mass": "1 g", "shells_mass": "0.3 g"}
ITEM = {"ingredients": [{"name": "silica", "amount": "30 mg"}]}
NAMED = {"drug": {"name": "examplol"}, "source": {"strength": "50 mg"}}
MOLAR = {"dose": "base", "source": "salt", "dose_molar_mass": "250 g/mol", "source_molar_mass": "300 g/mol"}
EQUAL = {"dose": "base", "source": "salt", "dose_equals": "1 mg", "source_equals": "1.25 mg"}
COMMON = {"tablets_weighed": 3, "total_mass": "0.48 g", "tablets_crushed": 3, "common_powder": "yes"}
#: The orders that hold the names.
BASES = {
    "study": {**CAPSULES, **STUDY},
    "hours": changed({**CAPSULES, **STUDY}, {"beyond_use.studies.0.days": None, "beyond_use.studies.0.hours": 48}),
    "parts": {**LIQUID, **PARTS},
    "shares": {**LIQUID, "vehicle": {"parts": [{"name": name, "share": 1} for name in ("syrup", "water")]}},
    "item": {**CAPSULES, **ITEM},
    "liquid item": {**LIQUID, **ITEM},
    "liquid": LIQUID,
    "used": changed(LIQUID, {"strength": None, "source.tablets_used": 2}),
    "capsules used": changed(LIQUID, {"strength": None, "source": {**OPENED, "capsules_used": 2}}),
    "opened": {**CAPSULES, "source": WEIGHED},
    "dilution": {**CAPSULES, "source": {"kind": "dilution", "drug_in_gram": "10 mg"}},
    "molar": {**CAPSULES, **NAMED, "forms": MOLAR},
    "equal": {**CAPSULES, **NAMED, "forms": EQUAL},
    "capsules": CAPSULES,
    "common": {**CAPSULES, "source": COMMON},
}
#: What is wrong of each kind of field: a value that cannot be read, and its code.
UNREADABLE = {
    "quantity": ("1O mg", "number_format"),
    "molar mass": ("1O g/mol", "number_format"),
    "count": ("2.5", "not_whole"),
    "choice": ("nothing", "unknown_choice"),
    "text": ("x" * 121, "text_too_long"),
    "date": ("someday", "date_format"),
}
#: Order; name; kind; a value out of bounds.
NAMES = [
    ("study", "beyond_use.studies.0.days", "count", "3651"),
    ("hours", "beyond_use.studies.0.hours", "count", "241"),
    *[("study", f"beyond_use.studies.0.{name}", "choice", None)
      for name in ("storage", "kind", "stability_indicating", "microbial")],
    *[("study", f"beyond_use.studies.0.{name}", "text", None) for name in ("container", "reference")],
    ("study", "beyond_use.storage", "choice", None),
    ("capsules", "formulation", "formulation", None),
    *[("parts", f"vehicle.parts.0.{name}", "text", None) for name in ("name", "lot")],
    ("shares", "vehicle.parts.0.share", "count", "21"),
    ("parts", "vehicle.parts.0.volume", "quantity", "1901 mL"),
    *[("parts", f"vehicle.parts.{at}", "choice", None) for at in ("1.to_volume", "0.aqueous", "0.preserved")],
    ("parts", "vehicle.parts.0.expiry", "date", "2101-01-01"),
    *[("item", f"ingredients.0.{name}", "text", None) for name in ("name", "lot")],
    ("item", "ingredients.0.amount", "quantity", "1001 g"),
    ("liquid item", "ingredients.0.amount", "quantity", "1001 mL"),
    ("item", "ingredients.0.packing_statistic", "quantity", "6 g"),
    *[("item", f"ingredients.0.{name}", "choice", None) for name in ("per", "role")],
    ("item", "ingredients.0.expiry", "date", "2101-01-01"),
    ("liquid", "strength", "quantity", "2 g/mL"),
    ("liquid", "dose", "quantity", "2001 mL"),
    ("used", "source.tablets_used", "count", "1001"),
    ("capsules used", "source.capsules_used", "count", "1001"),
    *[("opened", f"source.{name}", "choice", None) for name in ("contents", "release")],
    ("opened", "source.capsules_weighed", "count", "1001"),
    ("opened", "source.full_mass", "quantity", "1001 g"),
    ("opened", "source.shells_mass", "quantity", "501 g"),
    ("dilution", "source.drug_in_gram", "quantity", "101 mg"),
    ("dilution", "source.discard_after", "date", "2101-01-01"),
    *[("molar", f"forms.{name}", "text", None) for name in ("dose", "source")],
    *[("molar", f"forms.{name}_molar_mass", "molar mass", "10001 g/mol") for name in ("dose", "source")],
    *[("equal", f"forms.{name}_equals", "quantity", "11 g") for name in ("dose", "source")],
    ("common", "source.common_powder", "choice", None),
]  # fmt: skip
GROUPS = [
    *[("study", "beyond_use"), ("study", "beyond_use.studies.0"), ("parts", "vehicle.parts.0")],
    *[("item", "ingredients.0"), ("opened", "source"), ("dilution", "source"), ("molar", "forms")],
]


def cases():
    """Each name with a value that is text at every door, and the code of its fault."""
    for base, path, kind, outside in NAMES:
        value, code = UNREADABLE.get(kind, ("pub:nothing", "unknown_formulation"))
        yield base, path, value, code
        if outside is not None:
            yield base, path, outside, "out_of_range"


def value_of(path, value, in_json):
    """The value as it is typed at a door: a count in JSON is a number."""
    return int(value) if in_json and value.isdecimal() and "formulation" not in path else value


@pytest.fixture(scope="module")
def client():
    return make_client()


def answers_of(client, trees):
    sent = client.post("/api/v1/plans", data="\n".join(map(json.dumps, trees)), content_type="application/x-ndjson")
    return [json.loads(line) for line in sent.text.splitlines()]


def told(answer):
    return {(fault["code"], fault["field"]) for fault in answer.get("faults", ())}


def test_every_base_is_a_good_order_and_every_new_name_is_tried(client):
    assert [told(answer) for answer in answers_of(client, BASES.values())] == [set()] * len(BASES)
    tried = {path for _, path, _, _ in NAMES} | {"source.maker", "source.ndc"}
    names = {name.replace("-", ".") for each in PREPARATIONS.values() for name in each.query.names}
    new = ("beyond_use.studies.0", "vehicle.parts.0", "ingredients.0", "forms", "formulation", "source.tablets_used")
    new += ("source.capsules", "source.full", "source.sh", "source.contents", "source.drug_in", "source.discard")
    untried = {name for name in names if name.startswith((*new, "source.common"))} - tried
    assert untried == {"vehicle.parts.0.to_volume"}  # it is tried of the other part


def test_the_endpoint_tells_each_at_its_field(client):
    wanted, trees = [], []
    for base, path, value, code in cases():
        if code == "not_whole":  # 2.5 is a number of JSON, and no count
            code = "wrong_type"
        trees.append(changed(BASES[base], {path: value_of(path, value, in_json=True)}))
        wanted.append((code, path))
    for base, path, *_ in NAMES:
        trees += [changed(BASES[base], {path: wrong}) for wrong in (True, [])]
        wanted += [("wrong_type", path)] * 2
    for base, group in GROUPS:
        trees.append(changed(BASES[base], {f"{group}.nothing": "x"}))
        wanted.append(("unknown_field", f"{group}.nothing"))
    answers = answers_of(client, trees)
    pairs = zip(wanted, answers, strict=True)
    assert [(*fault, told(answer)) for fault, answer in pairs if fault not in told(answer)] == []
    assert not any("plan" in answer for answer in answers)


def test_the_page_tells_each_at_its_field(client):
    asked = [(changed(BASES[base], {path: value}), code, path) for base, path, value, code in cases()]
    asked += [
        (changed(BASES[base], {f"{group}.nothing": "x"}), "unknown_field", f"{group}.nothing") for base, group in GROUPS
    ]
    for tree, code, path in asked:
        answer = ask_page(client, as_query(tree))
        assert answer.status_code == 422, (code, path)
        assert_no_result_page(answer)
        summary = page_faults(read_page(answer, {"summary"}))
        assert any(says_fault(text, code, path) for _, text in summary), (code, path, summary)


def leaves(tree, prefix=""):
    for name, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        if isinstance(value, dict | list):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def run(capsysbinary, tmp_path, rows):
    """The lines that the command line writes of a file with these rows, each a dict of texts by path."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = io.StringIO()
    writer = csv.DictWriter(table, names)
    writer.writeheader()
    writer.writerows(rows)
    file = tmp_path / "orders.csv"
    file.write_text(table.getvalue(), encoding="utf-8")
    code = main(["plan", str(file), "--to", "ndjson"])
    out, said = capsysbinary.readouterr()
    return code, [json.loads(line) for line in out.decode().splitlines()], said.decode()


def test_a_file_of_the_command_line_tells_each_at_its_field(capsysbinary, tmp_path):
    wanted = list(cases())
    rows = [{**dict(leaves(BASES[base])), path: value} for base, path, value, _ in wanted]
    code, answers, _ = run(capsysbinary, tmp_path, rows)
    assert code == 3
    missed = [
        (code, path, told(answer))
        for (_, path, _, code), answer in zip(wanted, answers, strict=True)
        if (code, path) not in told(answer)
    ]
    assert missed == []
    for base, group in GROUPS:
        code, answers, said = run(capsysbinary, tmp_path, [{**dict(leaves(BASES[base])), f"{group}.nothing": "x"}])
        assert (code, answers) == (1, [])
        assert f"{group}.nothing" in said
