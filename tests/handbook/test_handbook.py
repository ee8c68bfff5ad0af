"""The pages that lay the program open: nothing that runs is missing on them, and every number was computed."""

import ast
import re
import tomllib
from copy import copy
from fractions import Fraction
from functools import cache
from urllib.parse import urlencode

import pytest

from calc import limits
from calc.arithmetic import units
from calc.arithmetic.formula import FORMULAS
from calc.arithmetic.units import MG, figure
from calc.handbook import evidence
from calc.handbook.drugs import drug_page
from calc.handbook.evidence import blocks
from calc.handbook.example import NoExample, example_of
from calc.handbook.methods import subjects
from calc.library import BadFile, load
from calc.references import REFERENCES
from calc.wording import handbook as words_of
from tests.support.checked_client import soup, words
from tests.support.client import make_client
from tests.support.notation import faults_of
from tests.support.orders import GOOD, OF_BULK, changed
from tests.support.places import ROOT
from tests.support.queries import as_query
from tests.web.test_check_pages import CONTENT, WEIGHT
from tests.wording.test_notation import names_in, text_of_page

CLIENT = make_client()
PAGES = ("/methods", "/limits", "/drugs/naltrexone", "/evidence")
METHODS = {method.anchor: method for subject in subjects() for method in subject.methods}
UNIT_NAMES = sorted({name for unit in units.ALL_UNITS for name in (unit.one, unit.many) if name}, key=len, reverse=True)


def declared():
    """Every function under `@formula` in the files of the rules, and every other public one."""
    formulas, others = set(), set()
    for path in sorted((ROOT / "calc/rules").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                by = [ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list]
                (formulas if "formula" in by else others).add(node.name)
    return formulas, {name for name in others if not name.startswith("_")}


@cache
def page(path):
    """A page that is there, read; whoever changes it takes a copy."""
    answer = CLIENT.get(path)
    assert answer.status_code == 200
    return soup(answer)


def test_every_formula_and_every_other_rule_stands_on_the_page():
    formulas, others = declared()
    read = page("/methods")
    assert len(formulas) >= 71
    assert {entry["id"] for entry in read.find_all("li", id=True)} == formulas == set(METHODS) <= set(FORMULAS)
    said = {item.strong.get_text() for item in read.find_all("li", id=False) if item.strong and not item.h3}
    assert said == {f"{name.replace('_', ' ').capitalize()}." for name in others}


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_formula_is_shown_with_its_units_its_proof_and_an_example_that_is_right(name):
    """The example is worked again from what the page prints; the units stand where the names stood."""
    method = METHODS[name]
    entry = page("/methods").find(id=name)
    shown = {term.dt.get_text(): words(term.dd) for term in entry.find_all("div")}
    left, equation = words(entry.find(class_="equation")).split(" = ")
    assert left == name.replace("_", " ")
    by_units = equation
    for argument in sorted(method.arguments, key=lambda argument: -len(argument.name)):
        assert f"{argument.name}: {argument.unit}" in shown["Units"]
        by_units = re.sub(rf"(?<![\w<]){argument.name}(?![\w>])", f"<{argument.unit}>", by_units)
    plain = lambda text: re.sub(r"[<>()]", "", text)  # noqa: E731
    assert plain(shown["Proof"]) == f"{plain(by_units)} = {method.result}"
    assert shown["Units"].endswith(f"result: {method.result}")
    worked, result = shown["Example"].split(" = ")
    exact = "..." not in shown["Example"]
    assert abs(value(worked) / value(result) - 1) <= (0 if exact else Fraction(1, 1000))
    assert shown["By pint"] == result
    assert method.says[0]
    assert method.reference


def value(text):
    """A printed expression without its units, worked out exactly."""
    for unit in UNIT_NAMES:
        text = re.sub(rf"(?<=[\d.]) {re.escape(unit)}(?![\w/])", "", text)
    text = text.replace("...", "").replace(",", "").replace("\u00d7", "*").replace("\u2212", "-")
    return eval(re.sub(r"\d+(?:\.\d+)?", lambda number: f"Fraction('{number[0]}')", text), {"Fraction": Fraction})


def test_an_example_in_a_form_that_is_not_known_is_refused():
    class Shown:
        name = "half"
        doc = ">>> half(figure(4, MG)).value\n2"

    assert example_of(Shown) == (figure(4, MG),)
    for doc in ("", ">>> whole(4)\n4", ">>> half(open('x'))\n1", ">>> half(unknown)\n1"):
        Shown.doc = doc
        with pytest.raises(NoExample, match="half"):
            example_of(Shown)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", as_query(GOOD)),
        ("/", as_query(changed(GOOD, OF_BULK))),
        ("/", as_query(changed(GOOD, {"dose": "0.3 mg", "dose_basis": "base", "extra_capsules": 2}))),
        ("/", {"dose": "4.5", "dose_unit": "mg", "quantity": "33"}),
        ("/check", WEIGHT),
        ("/check", CONTENT),
    ],
)
def test_each_step_of_shown_work_leads_to_its_formula(path, query):
    read = soup(CLIENT.get(f"{path}?{urlencode(query)}", follow_redirects=True))
    anchors = {entry["id"] for entry in page("/methods").find_all("li", id=True)}
    found = 0
    for step in read.select(".working > li"):
        formula, *_, reference = step.find_all("p")
        link = step.find("a")
        if link is None:
            assert "sum of" in words(formula) or "root of" in words(formula)
            continue
        path, anchor = link["href"].split("#")
        assert (path, anchor in anchors) == ("/methods", True)
        assert METHODS[anchor].equation == f"{anchor.replace('_', ' ')} = {words(formula)}"
        assert METHODS[anchor].reference in words(reference)
        found += 1
    assert found >= 3


def entries():
    """Each entry of the page of limits by its name in the program."""
    return {words(entry.code): words(entry) for entry in page("/limits").select(".entries > li")}


def test_every_bound_and_default_stands_on_the_page_with_its_source():
    shown = entries()
    held = {name: value for name, value in vars(limits).items() if name.isupper()}
    tables = {"RANGES", "CHECK_RANGES", "BENCH_RANGES", "DEFAULTS", "DEFAULTS_BECAUSE", "PRINTABLE"}
    tables |= {"DEFAULTS_SET", "DEFAULTS_OF_SET_1", "ASSESSMENT", "PACKED", "TARED", "PHARMACY_TEXTS", "LABEL_TEXTS"}
    tables |= {
        "VEHICLE_BEFORE_TABLE",
        "LIQUID_RANGES",
        "LIQUID_DEFAULTS",
        "LIQUID_BECAUSE",
        "LIQUID_CLASSES",
        "SYRINGES",
    }
    from_units = {name for name, value in held.items() if getattr(units, name, None) is value}
    by_name = {name for name in held if name not in tables | from_units}
    assert by_name <= set(shown)
    assert {*limits.RANGES, *limits.LIQUID_RANGES, *limits.CHECK_RANGES, *limits.BENCH_RANGES} <= set(shown)
    assert {f"pharmacy.{name}" for name in limits.PHARMACY_TEXTS} <= set(shown)
    assert {f"label.{name}" for name in limits.LABEL_TEXTS} <= set(shown)
    assert set(limits.DEFAULTS) == set(limits.DEFAULTS_BECAUSE) <= set(shown)
    assert {*limits.DEFAULTS, *limits.LIQUID_BECAUSE} >= set(limits.LIQUID_DEFAULTS)
    assert set(limits.LIQUID_BECAUSE) <= set(limits.LIQUID_DEFAULTS) & set(shown)
    for name in by_name:
        if isinstance(held[name], limits.Bound | limits.Series):
            assert REFERENCES[held[name].reference] in shown[name]
            assert held[name].why[1:] in shown[name]


@pytest.mark.parametrize(
    ("code", "value", "source"),
    [
        ("dose", "0.001 mcg to 10 g", "Our own decision"),
        ("LARGE_QUANTITY", "300 capsules", "contract"),
        ("REPEATABILITY_FLOOR", "0.41", "USP <41>"),
        ("ACCEPTANCE_VALUE", "15 %", "USP <905>"),
        ("BATCH_LOSS", "0.03", "German"),
        ("naltrexone.dose.usual_high", "6 mg", "Lancet Rheumatology"),
        ("naltrexone.dose.absolute_high", "50 mg", "strength of the marketed tablet"),
        ("naltrexone.default_strength", "50 mg", "the drug's file"),
        ("other_nonaqueous", "180 days", "USP <795>"),
        ("contents", "0 % to 500 %", "Our own decision"),
        ("SCHEDULE_STEPS", "24", "Our own decision"),
    ],
)
def test_a_limit_is_shown_as_it_is_enforced(code, value, source):
    assert re.search(rf"(?<![\d.]){re.escape(value)}(?![\d.])", entries()[code])
    assert source in entries()[code]


def test_a_default_is_shown_as_an_order_takes_it():
    read = page("/limits")
    shown = {words(entry.code): words(entry.find(class_="value")) for entry in read.select("#defaults ~ .entries > li")}
    assert shown == {path: str(value) for path, value in limits.DEFAULTS.items()}


def strings(part):
    """Every text of a part of a file."""
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list):
        return [text for one in part for text in strings(one)]
    return [part] if isinstance(part, str) else []


def test_all_of_a_drugs_file_stands_on_its_page():
    content = tomllib.loads((ROOT / "calc/drugs/naltrexone.toml").read_text(encoding="utf-8"))
    said = words(page("/drugs/naltrexone").main)
    codes = {"leaflet", "default_size", "cautions_in_short"}  # the cautions stand there in full
    programs = {"code", "severity", "source", "key", "preparation", "molar_mass", "default_basis", "basis"}
    programs |= {"beyond_use_class", "stop"}
    for name, part in content.items():
        if name in codes | programs:
            continue
        for one in part if isinstance(part, list) else [part]:
            kept = {k: v for k, v in one.items() if k not in programs} if isinstance(one, dict) else one
            for text in strings(kept):
                assert not text or text in said or text[0].upper() + text[1:] in said or "molar_mass" in str(part), text
    assert "377.86 g/mol" in said
    assert "341.4 g/mol" in said


def test_a_product_that_is_refused_says_so_and_one_that_may_be_crushed_too():
    parts = {words(part.h3): words(part) for part in page("/drugs/naltrexone").select("#products ~ .entries > li")}
    assert "380 mg, extended release: refused" in parts["Vivitrol (Alkermes)"]
    assert "50 mg, immediate release: may be crushed" in parts["Accord Healthcare"]


@pytest.mark.parametrize("name", ["nobody", "Naltrexone", "naltrexone.toml", "..", "%2e%2e%2fnaltrexone", "naloxone"])
def test_a_drug_without_a_file_has_no_page(name):
    answer = CLIENT.get(f"/drugs/{name}")
    assert answer.status_code == 404
    assert words(soup(answer).h1) == "There is nothing at this address"


def test_the_whole_document_of_evidence_stands_on_its_page():
    read = page("/evidence")
    said = re.sub(r"\s", "", words(read.main))
    document = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    lines = [line for line in document.splitlines() if line and not re.fullmatch(r"[|\- ]+", line)]
    assert len(lines) > 80
    for line in lines:
        for cell in line.strip("|").split("|"):
            assert re.sub(r"^(#+|[-*]) |[`*\s]", "", cell.strip()) in said, cell
    assert len(read.find_all("table")) == len(re.findall(r"^\|[- |]+$", document, re.MULTILINE))
    assert len(read.find_all("h2")) == len(re.findall(r"^## ", document, re.MULTILINE))


def test_markup_in_a_document_stays_text():
    app = CLIENT.application
    text = "# One\n\nA <script>alert(1)</script>, <b>bold</b> [here](javascript:alert(1)) and **strong** `a<b`."
    text += "\n\n1. one\n"
    with app.test_request_context():
        made = app.jinja_env.get_template("handbook/evidence.html").render(blocks=blocks(text), words=words_of)
    assert "<script" not in made
    assert "&lt;script&gt;" in made
    assert "<b>" not in made
    assert 'href="javascript' not in made
    assert "<strong>strong</strong>" in made
    assert "<code>a&lt;b</code>" in made
    assert "<ol><li>one</li></ol>" in made


def test_a_document_that_holds_something_else_is_refused():
    with pytest.raises(BadFile, match="not read here"):
        blocks("#### too deep\n")
    with pytest.raises(BadFile, match="not read here"):
        blocks("- one\n  - within one\n")


def test_markup_let_into_the_document_without_being_read_here_is_refused(monkeypatch):
    monkeypatch.setattr(evidence, "RULES", (*evidence.RULES, "link"))
    with pytest.raises(BadFile, match="link_open is not read here"):
        blocks("[words](https://example.org)\n")


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_write_figures_by_the_rules(path):
    read = copy(page(path))
    for quoted in read.find_all(class_="reference"):
        quoted.decompose()  # titles, addresses and numbers of others
    for code in read.find_all("code"):
        code.decompose()
    assert faults_of(text_of_page(str(read)), names=names_in({})) == []


@pytest.mark.parametrize("path", ["/", *PAGES, "/check", "/titration"])
def test_every_page_leads_to_them(path):
    hrefs = {link["href"] for link in page(path).footer.find_all("a")}
    assert hrefs == {*PAGES, "/formulations", "/api", "/paper"}


@pytest.mark.parametrize(("field", "title"), [("also_called", words_of.ALSO), ("confused_with", words_of.CONFUSED)])
def test_a_page_of_a_drug_leaves_out_the_names_that_its_file_does_not_have(field, title):
    drug = load().drugs["naltrexone"]
    assert title in str(drug_page(drug))
    without = str(drug_page(drug.model_copy(update={field: ()})))
    assert title not in without
    assert ({words_of.ALSO, words_of.CONFUSED} - {title}).pop() in without


def test_a_document_may_begin_with_strong_words():
    (said,) = blocks("**first** of all\n")
    assert "first" in str(said)
