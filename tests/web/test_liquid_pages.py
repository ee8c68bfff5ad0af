"""The page of liquids, and its papers: the same plan as the endpoint's, in words and boxes; codes that lead back."""

import json
import re
from urllib.parse import urlencode

import pytest
import zxingcpp

from calc.paper.code import pack, unpack
from calc.service.preparations import LIQUID
from calc.web.forms.query import canonical, tree
from calc.wording.paper import plan_id
from tests.casebook.liquids import CASES
from tests.support.checked_client import soup, words
from tests.support.client import make_client
from tests.support.dates import day_in_words
from tests.support.orders import dated
from tests.support.pages import plain_text
from tests.support.papers import pictures, text_of_pdf
from tests.support.sheets import left_to_the_pharmacist

CLIENT = make_client()
BY_ID = {case["id"]: case for case in CASES}
QUANTITY = re.compile(r"[0-9.]+ (?:mg|g|mcg|mL|L|%)")
#: What a page cannot say: other names, a list that is empty, an empty text.
NOT_ON_THE_PAGE = {"fields-of-capsules", "fields-of-a-liquid-in-capsules", "no-syringe", "another-preparation"}


def query_of(part, prefix=""):
    """The query of an order as a browser would send it."""
    pairs = []
    for name, value in part.items() if isinstance(part, dict) else enumerate(part):
        path = f"{prefix}{name}"
        if isinstance(value, dict | list):
            pairs += query_of(value, f"{path}-")
        elif QUANTITY.fullmatch(str(value)):
            number, _, unit = value.partition(" ")
            pairs += [(path, number), (f"{path}_unit", unit)]
        else:
            pairs.append((path, str(value)))
    return pairs


def of(case_id, **more):
    return urlencode([*query_of(BY_ID[case_id]["order"]), *more.items()])


def of_dated(case_id):
    """The query of a case with every expiry known."""
    return urlencode(query_of(dated(BY_ID[case_id]["order"])))


def ask(path, query):
    return CLIENT.get(f"{path}?{query}", follow_redirects=True)


def on_the_page():
    return [case for case in CASES if case["id"] not in NOT_ON_THE_PAGE]


@pytest.mark.parametrize("case", on_the_page(), ids=lambda case: case["id"])
def test_the_page_and_the_endpoint_agree(case):
    said = CLIENT.post("/api/v1/plan", json=case["order"])
    page = ask("/liquid", urlencode(query_of(case["order"])))
    assert page.status_code == said.status_code
    body = json.loads(said.get_data())
    shown = plain_text(page)
    for trouble in (*body.get("faults", ()), *body.get("stops", ())):
        assert trouble["text"].replace("\u00a0", " ") in shown
    if said.status_code == 200:
        assert plan_id(body["fingerprint"]) in shown
        assert body["plan"]["dose_volume"]["text"].replace("\u00a0", " ") in shown
        until = body["plan"]["beyond_use"]["date"] and day_in_words(body["plan"]["beyond_use"]["date"])
        date = f"general limit: {until}" if left_to_the_pharmacist(body["order"]) else f"Discard after {until}"
        assert (date if until else "No beyond-use date") in shown
    else:
        assert "Plan ID" not in shown


def test_an_empty_page_is_a_form_and_leads_from_every_page():
    page = CLIENT.get("/liquid")
    assert page.status_code == 200
    assert soup(page).find("form")["action"] == "/liquid"
    assert "/liquid" in [link["href"] for link in soup(CLIENT.get("/")).select("header nav a")]


def test_blank_rows_of_syringes_are_passed_over_and_the_rest_numbered_anew():
    pairs = [("preparation", "liquid"), ("syringes-0-capacity", ""), ("syringes-0-capacity_unit", "mL")]
    pairs += [("syringes-2-capacity", "5"), ("syringes-2-capacity_unit", "mL")]
    pairs += [("syringes-2-graduation", "0.1"), ("syringes-2-graduation_unit", "mL")]
    read = tree(canonical(pairs, LIQUID.query), LIQUID.query)
    assert read == {"preparation": "liquid", "syringes": [{"capacity": "5 mL", "graduation": "0.1 mL"}]}


def test_the_work_brings_to_volume_and_never_adds_it():
    page = words(soup(ask("/liquid", of("portion-weighed"))).main)
    assert (
        "Bring the whole to volume with vehicle and read at eye level. Powder and vehicle together are 135 mL" in page
    )
    assert "never add 135 mL of vehicle" in page
    assert page.index("Crush all the tablets") < page.index("Rinse mortar") < page.index("Bring the whole")
    assert "0.432 g" in page
    whole = words(soup(ask("/liquid", of("100-ml-of-1-mg-per-ml"))).main)
    assert "Weigh out the powder" not in whole
    assert "Leave none behind" in whole


def test_a_soft_stop_passes_with_a_reason():
    query = of("opioids")
    assert "You can override it with a reason" in plain_text(ask("/liquid", query))
    reason = {"code": "opioids_yes", "value": "yes", "reason": "prescriber_confirmed"}
    more = urlencode([(f"acknowledgements-0-{name}", value) for name, value in reason.items()])
    page = ask("/liquid", f"{query}&{more}")
    assert page.status_code == 200
    assert "Overridden" in plain_text(page)


PAPERS = [("sheet", "paper=letter"), ("sheet", "paper=a4"), ("leaflet", "paper=letter")]
PAPERS += [("label", f"label={stock}") for stock in ("2.25x1.25", "4x2")]


ON_PAPER = [
    (case_id, *paper)
    for case_id in ("100-ml-of-1-mg-per-ml", "portion-weighed", "bulk-powder", "as-base")
    for paper in PAPERS
]


@pytest.mark.parametrize(("case_id", "kind", "on"), ON_PAPER)
def test_a_paper_is_printed_and_its_code_says_that_it_follows(case_id, kind, on):
    answer = ask(f"/liquid/{kind}.pdf", f"{of_dated(case_id)}&{on}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    fingerprint = CLIENT.post("/api/v1/plan", json=dated(BY_ID[case_id]["order"])).get_json()["fingerprint"]
    found = {
        code.text
        for picture in pictures(answer.data, 200)
        for code in zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.DataMatrix)
    }
    (text,) = found
    assert fingerprint in text
    judged = CLIENT.post("/paper", data={"code": text})
    says = "This paper still follows from its order" if kind == "sheet" else "Compare the plan ID with the sheet"
    assert says in plain_text(judged)
    assert ("/liquid?preparation=liquid" in judged.get_data(as_text=True)) is (kind == "sheet")


def test_a_label_that_is_too_small_is_refused_by_name():
    long = BY_ID["drug-without-a-file"]["order"] | {"drug": {"name": "W" * 40}, "internal_number": "W" * 40}
    answer = ask("/liquid/label.pdf", f"{urlencode(query_of(dated(long)))}&label=30")
    assert answer.status_code == 422
    assert "do not fit" in plain_text(answer)


def test_the_papers_say_what_a_liquid_needs():
    text = {
        kind: text_of_pdf(ask(f"/liquid/{kind}.pdf", f"{of_dated('portion-weighed')}&{on}").data)
        for kind, on in (("sheet", "annex=yes"), ("label", "label=4x2"), ("leaflet", ""))
    }
    for kind in ("label", "sheet"):
        assert "Shake well before each dose" in text[kind]
        assert "135 mL oral suspension, by mouth, 135 mg in all" in text[kind]
        assert "4.5 mg = 4.5 mL" in text[kind]
    assert "Shake the bottle well before each dose." in text["leaflet"]
    assert "Bring all of it to volume" in text["sheet"]
    assert "ten filled capsules" not in text["sheet"]
    assert "W \u00d7 135 mg / 150 mg" in text_of_pdf(ask("/liquid/sheet.pdf", of("portion-unweighed")).data)


def test_a_stopped_liquid_and_a_drug_without_a_leaflet_are_not_printed():
    for kind in ("sheet", "label", "leaflet"):
        answer = ask(f"/liquid/{kind}.pdf", of("less-than-one-dose"))
        assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert ask("/liquid/leaflet.pdf", of("drug-without-a-file")).status_code == 422
    assert ask("/liquid/sheet.pdf", of("drug-without-a-file")).status_code == 200


@pytest.mark.parametrize("case_id", ["finer-syringe-of-one-size", "100-ml-of-1-mg-per-ml", "bulk-powder"])
def test_a_packed_code_gives_the_query_back(case_id):
    pairs = query_of(BY_ID[case_id]["order"])
    assert sorted(unpack(pack(pairs))) == sorted(pairs)
