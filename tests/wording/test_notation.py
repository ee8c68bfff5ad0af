"""Every text that a person reads, on page, paper and in answers, writes its figures by the rules; and the lint sees."""

import re
from fractions import Fraction
from html import unescape
from urllib.parse import urlencode

import pytest

from calc.capsule.papers import label_pdf, leaflet_pdf, sheet_pdf
from calc.wording import fault_text, notice_text, stop_text
from tests.casebook.compare import cases
from tests.paper.test_papers import FULL, NAMED, PLAIN, YES
from tests.support.client import PLAN, shared_app
from tests.support.notation import faults_of, shown_figures, zero_faults_of
from tests.support.orders import GOOD, changed, dated
from tests.support.papers import library, planned, text_of_pdf
from tests.support.queries import query_of
from tests.tools.compare_engines import trees
from tests.wording.test_wording import BROKEN, NOTICED, STOPPED, all_faults, refused

CLIENT = shared_app().test_client()  # what every page must hold besides is looked at by the case book's own test
CASES = cases()
PLANNED = [case for case in CASES if case["expect"]["status"] == 200]
#: Orders that the book does not have: other balances, the other form of the drug, many capsules, every text typed.
BESIDES = {
    "balance of 0.01 mg": changed(GOOD, {"balance": {"readability": "0.01 mg", "repeatability": "0.01 mg"}}),
    "balance of 0.25 mg": changed(GOOD, {"balance": {"readability": "0.25 mg", "minimum": "1 mg"}}),
    "balance of 10 mg": changed(GOOD, {"balance": {"readability": "10 mg", "minimum": "100 mg"}}),
    "base": changed(GOOD, {"dose_basis": "base"}),
    "many": changed(GOOD, {"quantity": 300, "source.tablets_weighed": 28, "source.total_mass": "4.480 g"}),
    "weak": {"dose": "0.1 mg", "quantity": 200, "source": {"tablets_weighed": 1, "total_mass": "0.160 g"}},
    "heavy tablets": changed(
        GOOD,
        {
            "source.total_mass": "3.9 g",
            "acknowledgements": [{"code": "heavy_tablet", "value": "1300 mg", "reason": "weighed_again"}],
        },
    ),
    "a thousand": changed(
        GOOD,
        {
            "quantity": 1000,
            "source.tablets_weighed": 93,
            "source.total_mass": "14.880 g",
            "acknowledgements": [{"code": "quantity_large", "value": "1000", "reason": "prescriber_confirmed"}],
        },
    ),
    "a thousand tablets": {
        "drug": {"name": "another drug"},
        "dose": "9.7 mg",
        "quantity": 100,
        "source": {"strength": "1 mg"},
    },
    "full": FULL,
    "named": NAMED,
    "plain": PLAIN,
    "yes": YES,
}
#: Stops beside those that the sentences' own test meets: with figures of four digits.
ALSO_STOPPED = (
    {
        "drug": {"name": "x"},
        "dose": "12 mg",
        "source": {"strength": "1 mg", "tablets_weighed": 400, "total_mass": "480 g"},
        "capsule": {"size": "000", "fill_mass": "2000 mg"},
    },
    {"drug": {"name": "x"}, "dose": "9.8 mg", "quantity": 100, "source": {"strength": "1 mg"}},
    {"quantity": 1000},
    {"source": {"tablets_weighed": 3, "total_mass": "4.5 g"}},
)
#: What a person reads of an answer, and what a program reads; a new name has to be put to one of them.
READ = {"text", "title", "formula", "substituted", "result", "reference", "conditions", "contains"}
FOR_PROGRAMS = {
    *("value", "unit", "exact", "code", "name", "size", "by", "date", "bound_by", "estimated", "reason", "reasons"),
    *("fingerprint", "version", "type", "field", "severity", "defaults", "kind"),
    *("on", "papers", "sugar_free"),
    *("key", "stage", "wants", "times"),
    *("storage", "role", "fills"),
}
#: Texts of an order that may hold anything.
FREE = ("internal_number", "maker", "ndc", "lot", "brand", "name", "reference")
#: Tags within a line of text: what stands on both sides of them is read together.
INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|i|small|strong|sub|sup|span(?! class))\b(?! class)[^>]*>")
READ_ALOUD = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"]*)"')


def by_id(case):
    return case["id"]


def strings(part, name=""):
    """Every text of a JSON tree with the name it has."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from strings(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value, name)
    elif isinstance(part, str):
        yield name, part


def as_typed(tree):
    """What the fields of an order hold, whole and in two parts at their last space."""
    texts = [text.strip(" ") for _, text in strings(tree)]
    return texts + [part for text in texts if " " in text for part in (text.rpartition(" ")[0], text.split()[-1])]


def names_in(tree):
    """Names that are not ours: of the diluents in the table, and what was typed of products and lots."""
    return [*library().diluents, *PRODUCTS, *(text for name, text in strings(tree) if name in FREE and len(text) > 2)]


PRODUCTS = ("Starch 1500", "hypromellose 4000")


READABILITY = re.compile(r" *(\d{1,7}(?:\.\d{1,6})?) +(g|mg|mcg|ug) *")
IN_G = {"g": 1, "mg": Fraction(1, 1000), "mcg": Fraction(1, 1_000_000), "ug": Fraction(1, 1_000_000)}


def decimals_of(tree):
    """How many decimals the balance of an order shows in g; of one that cannot be read, those of 1 mg."""
    balance = tree.get("balance")
    typed = str(balance.get("readability")) if isinstance(balance, dict) else ""
    step = READABILITY.fullmatch(typed) or READABILITY.fullmatch("1 mg")
    grams = Fraction(step[1]) * IN_G[step[2]]
    return next(places for places in range(13) if (grams * 10**places).denominator == 1)


def faults_in(text, tree):
    """What the lint tells of a text made from an order."""
    return faults_of(text, typed=as_typed(tree), names=names_in(tree), decimals=decimals_of(tree))


def faults_in_json(body, tree):
    """What the lint tells of all texts of an answer, and what its figures say of zero."""
    found = []
    for name, text in strings({key: value for key, value in body.items() if key != "order"}):
        assert name in READ | FOR_PROGRAMS, f"is {name} read by people?"
        found += [(name, *fault) for fault in faults_in(text, tree)] if name in READ else []
    return found + [(path, *zero_faults_of(shown)) for path, shown in shown_figures(body) if zero_faults_of(shown)]


def text_of_page(html):
    """What a page says, and what is read aloud of it: words are parted only where the page parts them."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    aloud = " ; ".join(READ_ALOUD.findall(body))
    return unescape(f"{re.sub(r'<[^>]*>', ' ', INLINE.sub('', body))} ; {aloud}")


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_the_answers_to_the_case_book(case):
    answer = CLIENT.post(PLAN, json=case["order"])
    assert answer.status_code == case["expect"]["status"]
    assert faults_in_json(answer.get_json(), case["order"]) == []


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_the_pages_of_the_case_book(case):
    answer = CLIENT.get("/", query_string=query_of(case["order"]), follow_redirects=True)
    assert answer.status_code in {200, 422}
    assert faults_in(text_of_page(answer.text), case["order"]) == []


@pytest.mark.parametrize("case", PLANNED, ids=by_id)
def test_the_sheets_of_the_case_book(case):
    assert faults_in(text_of_pdf(sheet_pdf(planned(case["order"]), "letter")), case["order"]) == []


@pytest.mark.parametrize("case", PLANNED[::4], ids=by_id)
def test_labels_and_leaflets_of_the_case_book(case):
    made = planned(dated(case["order"]))
    papers = [label_pdf(made, "4x2"), *([leaflet_pdf(made, "a4")] if made.drug is not None else [])]
    assert [fault for pdf in papers for fault in faults_in(text_of_pdf(pdf), case["order"])] == []


@pytest.mark.parametrize("name", BESIDES)
def test_answer_page_and_sheet_of_orders_beside_the_book(name):
    tree = BESIDES[name]
    body = CLIENT.post(PLAN, json=tree).get_json()
    assert "plan" in body, body
    assert faults_in_json(body, tree) == []
    page = CLIENT.get("/", query_string=urlencode(query_of(tree)), follow_redirects=True)
    assert faults_in(text_of_page(page.text), tree) == []
    assert faults_in(text_of_pdf(sheet_pdf(planned(tree), "a4")), tree) == []


def test_the_answers_to_random_orders():
    found = []
    for tree in trees(200, 36, new=True):
        found += faults_in_json(CLIENT.post(PLAN, json=tree).get_json(), tree)
    assert found == []


@pytest.mark.parametrize("path", ["/", "/paper", "/nothing", "/paper?plan=4.50mg", "/?source-lot=" + "9" * 9000])
def test_pages_without_an_order(path):
    assert faults_of(text_of_page(CLIENT.get(path).text), names=names_in({}), typed=["4.50mg"]) == []


def test_every_sentence_of_a_fault_a_stop_and_a_notice():
    texts = {fault_text(fault): () for fault in all_faults()}
    texts |= {stop_text(stop): changes for changes in (*STOPPED, *ALSO_STOPPED) for stop in refused(changes).stops}
    texts |= {notice_text(notice): changes for changes in NOTICED for notice in refused(changes).notices}
    typed = as_typed({"typed": [text for text in BROKEN["dose"] if isinstance(text, str)]})
    assert len(texts) > 70
    assert [fault for text in texts for fault in faults_of(text, typed=typed, names=names_in({}), decimals=0)] == []


BAD = [
    ("Weigh 1.0 mg of it", "trailing zero"),
    ("Weigh 1.50 mg of it", "trailing zero"),
    ("2 s / 0.10 %", "trailing zero"),
    ("0.2800 g of powder", "trailing zero"),
    ("0.280 mg of powder", "trailing zero"),
    ("0.280 grains", "trailing zero"),
    ("about 3,697.0", "trailing zero"),
    ("Weigh .5 mg", "bare point"),
    (".5", "bare point"),
    ("(.5 to 1)", "bare point"),
    ("Weigh 5. mg", "bare point"),
    ("Weigh 5.mg", "bare point"),
    ("5.", "bare point"),
    ("0 \u00d7 5./30", "bare point"),
    ("10mg", "run together"),
    ("Weigh 4.5mg.", "run together"),
    ("0.432g", "run together"),
    ("90%", "run together"),
    ("3tablets", "run together"),
    ("at 25\u00b0C", "run together"),
    ("50mg/tablet", "run together"),
    ("in 3mL", "run together"),
    ("3697 mg", "not grouped"),
    ("makes 1000 capsules", "not grouped"),
    ("W \u00d7 1350 / 1500", "not grouped"),
    ("1350/1500", "not grouped"),
    ("2000 mg", "not grouped"),
    ("1728.5", "not grouped"),
    ("31(11): 1291 mg", "not grouped"),
    ("31(11): 1291-1295 mg", "not grouped"),
    ("36,97 mg", "not grouped"),
    ("3,6972 mg", "not grouped"),
    ("1234,567 mg", "not grouped"),
    ("10 U", "abbreviation"),
    ("10U", "abbreviation"),
    ("10 u of insulin", "abbreviation"),
    ("100 IU", "abbreviation"),
    ("one QD", "abbreviation"),
    ("one q.d. by mouth", "abbreviation"),
    ("one QOD", "abbreviation"),
    ("one q.o.d.", "abbreviation"),
    ("50 ug", "abbreviation"),
    ("3 cc", "abbreviation"),
    ("3cc", "abbreviation"),
    ("1E+2 mg", "scientific"),
    ("1.5e-3", "scientific"),
    ("4.5 \u00d7 10\u207b\u00b3 g", "scientific"),
    ("4.5 x 10^3", "scientific"),
    ("0.000... mg", "zero"),
    ("0... mg", "zero"),
]
FINE = [
    "0.280 g",
    "Weigh 0.280\u00a0g, then 1.000 g.",
    "2.78350... mg, on the balance 3 mg",
    "20 mg and 100 tablets, 0.5 mg, 10.05 mg",
    "Crush 3 tablets. 10 spare shells.",
    "1. Gather 2. Identify",
    "It makes 30. Divide all of it into 30.",
    "3,697 mg and 1,234,567 mg, 40,662.5 mg",
    "432; add 432, 864, 1,728, 673",
    "made in 2018, until 2027-05-21, in 2024",
    "NDC 16729-081-01",
    "doi.org/10.1093/ajhp/1997.4000",
    "Fingerprint A2345672345672Q7, Triturate 0.1.10",
    "Plan ID A234 5672 3456 72Q7, Triturate 0.1.10",
    "Fawcett 1997, 54:1234",
    "1997; 31(11): 1291-1295. 60 days",
    "mcg, mL, IUPAC, Ucum, a U-shaped tube, U.S. label",
    "PH-101, K4M, size 0E, 00",
    "20 to 25 \u00b0C",
    "W \u00d7 135 mg / 150 mg",
    "-0.02 %, +1.01 %, below 0.01 %",
]
MU = [
    "\u00b5",
    "\u03bc",
    "\u039c",
    "\u338d",
    "\u3395",
    "\U0001d6cd",
    "\U0001d707",
    "\U0001d741",
    "\U0001d77b",
    "\U0001d7b5",
]


@pytest.mark.parametrize(("text", "kind"), BAD)
def test_the_lint_tells_what_is_written_wrong(text, kind):
    assert kind in {found for found, _ in faults_of(text)}


@pytest.mark.parametrize("text", FINE)
def test_the_lint_lets_pass_what_is_written_right(text):
    assert faults_of(text) == []


@pytest.mark.parametrize("character", MU, ids=lambda character: f"{ord(character):04X}")
def test_the_lint_knows_every_mu(character):
    assert faults_of(f"5 {character}g")[0][0] == "mu"
    assert faults_of("5 mcg of mushroom, M and m") == []


def test_every_kind_has_a_bad_example():
    kinds = {fault for text, _ in BAD for fault, _ in faults_of(text)}
    assert kinds == {kind for _, kind in BAD}


def test_a_mass_has_the_decimals_of_its_own_balance_or_none_at_its_end():
    assert faults_of("0.2800 g", decimals=4) == []
    assert faults_of("0.28 g", decimals=4) == []
    assert faults_of("0.280 g", decimals=4) == [("trailing zero", "0.280 g")]
    assert faults_of("0.0 g", decimals=0) == [("trailing zero", "0.0 g")]


def test_what_was_typed_is_let_pass_in_quotation_marks_and_only_there():
    said = "Dose: \u201c.50mg\u201d is not a number"
    assert faults_of(said, typed=[".50mg"]) == []
    assert {kind for kind, _ in faults_of(said)} == {"bare point", "run together"}
    assert faults_of("Weigh .50 mg", typed=[".50 mg"]) != []
    assert faults_of("Starch 1500", names=["Starch 1500"]) == []


@pytest.mark.parametrize(
    ("value", "text", "exact", "faults"),
    [
        ("0.432", "0.432 g", "0.432", 0),
        ("0", "0 mg", "0", 0),
        ("0.00003", "below 0.01 %", "1/30000", 0),
        ("0", "below 0.01 %", "1/30000", 1),
        ("0.0003", "0.00 mg", "1/3000", 1),
        ("0.000", "0.000 g", "1/3000", 2),
        ("1", "1 mg", "0", 2),
        ("0.0003", "nothing", "1/3000", 1),
    ],
)
def test_zero_is_said_of_zero_alone(value, text, exact, faults):
    assert len(zero_faults_of({"value": value, "unit": "mg", "text": text, "exact": exact})) == faults


def test_a_page_is_read_as_it_is_seen():
    page = '<p title="5mg">Weigh <b>10</b>mg,</p><p>3</p><p>g &#181;g</p><input value="1.0" aria-label="2.0">'
    said = text_of_page(page)
    assert {kind for kind, _ in faults_of(said)} == {"mu", "run together", "trailing zero"}
    assert "10mg" in said
    assert "3  g" in said.replace("   ", "  ")
    assert "1.0" not in said
