"""A label to dispense with: what stands out on it, the pharmacy, the excipients, and the date that it waits for."""

from datetime import date
from urllib.parse import urlencode

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from calc.capsule.papers import label_content, label_pdf, sheet_content
from calc.faults import FaultCode, Refused
from calc.library import load
from calc.liquid.order import LiquidOrder
from calc.liquid.papers import liquid_label_pdf
from calc.liquid.planning import plan_liquid
from calc.paper.pharmacy import Pharmacy
from calc.service.pharmacy import pharmacy
from calc.web.app import create_app
from tests.support.checked_client import soup
from tests.support.client import make_client
from tests.support.orders import GOOD, changed, dated
from tests.support.pages import page_faults, plain_text, read_page
from tests.support.papers import planned, squeezed, text_of_pdf
from tests.support.queries import as_query

CLIENT = make_client()
ASKED = {"screening": {"opioids": "no", "liver_disease": "no"}, "internal_number": "26-000123"}
WHOLE = dated(changed(GOOD, ASKED))
LIQUID = dated(
    {
        "preparation": "liquid",
        "dose": "4.5 mg",
        "strength": "1 mg",
        "volume": "100 mL",
        "prepared_on": "2026-11-23",
        "vehicle": {"name": "suspending vehicle", "preserved": "yes"},
    }
)
OURS = Pharmacy("Example Pharmacy", "100 Main Street, Anytown, ST 00000", "(555) 555-0100")


def letters(pdf):
    """Each visible character of the first page with its size and its box."""
    reader = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    for index in range(reader.count_chars()):
        text = reader.get_text_range(index, 1)
        if not pdfium.FPDFText_IsGenerated(reader, index) and text.strip():
            yield text, pdfium.FPDFText_GetFontSize(reader, index), reader.get_charbox(index)


@pytest.mark.parametrize("stock", ["4x2", "2.25x1.25"])
def test_drug_and_strength_are_the_largest_letters_and_the_strength_is_white_on_black(stock):
    pdf = label_pdf(planned(WHOLE), stock)
    found = list(letters(pdf))
    largest = max(size for _, size, _ in found)
    dominant = [(text, box) for text, size, box in found if size > 0.99 * largest]
    assert "".join(text for text, _ in dominant) == squeezed("Naltrexone HCl 4.5 mg")
    assert all(size < 0.85 * largest for text, size, _ in found if size < 0.99 * largest)
    page = pypdfium2.PdfDocument(pdf)[0]
    picture, height = page.render(scale=4, grayscale=True).to_pil(), page.get_size()[1]
    for text, (left, bottom, right, top) in dominant:
        corner = picture.getpixel((int(4 * left), int(4 * (height - top)) - 2))
        assert corner == (0 if text in "4.5mg" and (left > dominant[12][1][0]) else 255), text
        assert right > left
        assert top > bottom


def test_the_pharmacy_of_the_settings_stands_on_every_label_and_lines_to_write_on_where_it_is_not_set(monkeypatch):
    for name, text in zip(("NAME", "ADDRESS", "PHONE"), (OURS.name, OURS.address, OURS.phone), strict=True):
        monkeypatch.setenv(f"TRITURATE_PHARMACY_{name}", text)
    assert pharmacy() == OURS
    ours = make_client(create_app())
    for stock in ("4x2", "2.25x1.25"):
        query = urlencode([*as_query(WHOLE), ("label", stock)])
        said = squeezed(text_of_pdf(ours.get("/label.pdf", query_string=query).data))
        for text in (OURS.name, OURS.address, OURS.phone):
            assert squeezed(text) in said
        blank = squeezed(text_of_pdf(CLIENT.get("/label.pdf", query_string=query).data))
        assert squeezed("Pharmacy Phone") in blank


MISSING = [
    ("/", WHOLE, "source.expiry", "Expiry of tablets or powder"),
    ("/", WHOLE, "diluent.expiry", "Expiry of the diluent"),
    ("/", WHOLE, "capsule.expiry", "Expiry of the shells"),
    ("/liquid", LIQUID, "source.expiry", "Expiry of tablets or powder"),
    ("/liquid", LIQUID, "vehicle.expiry", "Expiry of the vehicle"),
]


@pytest.mark.parametrize(("address", "order", "path", "name"), MISSING)
def test_a_label_waits_for_each_expiry_and_the_page_says_so_in_its_place(address, order, path, name):
    without = changed(order, {path: None})
    field = path.replace(".", "-")
    refused = CLIENT.get(f"{address.rstrip('/')}/label.pdf", query_string=urlencode(as_query(without)))
    assert refused.status_code == 422
    assert [target for target, _ in page_faults(read_page(refused))] == [field]
    assert "the date on the label depends on it" in plain_text(refused)
    shown = soup(CLIENT.get(address, query_string=urlencode(as_query(without)), follow_redirects=True))
    (waits,) = [item for item in shown.select("nav.papers .later") if item.text.startswith("Label")]
    assert [(link["href"], link.text) for link in waits.select("a")] == [(f"#{field}", name)]
    assert shown.select("nav.papers a[href*='label.pdf']") == []
    assert shown.select("nav.papers a[href*='sheet.pdf']")


def test_every_unknown_expiry_is_a_fault_of_its_own_at_every_door():
    made = planned(changed(WHOLE, {"source.expiry": None, "diluent.expiry": None, "capsule.expiry": None}))
    for call in (lambda: label_pdf(made, "4x2"), lambda: label_content(made, "4x2")):
        with pytest.raises(Refused) as refused:
            call()
        assert [(fault.code, fault.field) for fault in refused.value.faults] == [
            (FaultCode.EXPIRY_UNKNOWN, f"{part}.expiry") for part in ("source", "diluent", "capsule")
        ]
    liquid = changed(LIQUID, {"source.expiry": None, "vehicle.expiry": None})
    with pytest.raises(Refused) as refused:
        liquid_label_pdf(plan_liquid(LiquidOrder.read(liquid, load(), today=date(2026, 11, 23)), load()), "4x2")
    assert [fault.field for fault in refused.value.faults] == ["source.expiry", "vehicle.expiry"]
    told = sheet_content(made, "letter", annex=True)["annex"]["label"]
    assert "Discard after: printed once the expiry of each component is known" in told


def test_the_soonest_expiry_is_the_date_on_the_label():
    text = squeezed(text_of_pdf(label_pdf(planned(changed(WHOLE, {"diluent.expiry": "2027-02"})), "4x2")))
    assert squeezed("Discard after February 28, 2027") in text
    assert squeezed("or") + "_" not in text


@pytest.mark.parametrize(
    ("changes", "contains"),
    [
        ({}, False),
        ({"source.ndc": "16729-081-01"}, True),
        ({"source.ndc": "16729-0081-01"}, True),
        ({"source.ndc": "23155-886-01"}, False),  # nobody found what this one contains
        ({"source.ndc": "16729-081-01", "source.strength": "100 mg"}, False),
        ({"source.maker": "accord"}, True),
        ({"source.maker": "acc"}, False),
        ({"source.maker": "Accord Healthcare", "source.ndc": "23155-886-01"}, False),
        ({"diluent.name": "lactose monohydrate 200 mesh"}, True),
    ],
)
def test_lactose_is_named_where_it_is_known_to_be_in_it(changes, contains):
    if changes.get("source.strength"):
        reason = {"code": "strength_not_in_drug_file", "value": "100 mg", "reason": "label_checked"}
        changes = {**changes, "acknowledgements": [reason]}
    for stock in ("4x2", "2.25x1.25"):
        lines = label_content(planned(changed(WHOLE, changes)), stock)["lines"]
        assert ("Contains lactose." in lines["what"], "Contains lactose." in lines["what_short"]) == (contains,) * 2


def test_a_drug_answered_to_be_hazardous_says_so_on_its_label():
    answers = {"may_be_crushed": "yes", "hazardous": "yes", "narrow_index": "no", "stability_supported": "yes"}
    order = {"drug": {"name": "another"}, "dose": "5 mg", "quantity": 20, "source": {"strength": "10 mg"}}
    for hazardous in ("yes", "no"):
        made = planned(dated({**order, "assessment": {**answers, "hazardous": hazardous}}))
        for stock in ("4x2", "2.25x1.25"):
            said = squeezed(text_of_pdf(label_pdf(made, stock)))
            assert (squeezed("Hazardous to handle.") in said) is (hazardous == "yes")


def test_the_page_of_a_schedule_says_what_its_labels_wait_for():
    pairs = {
        "schedule-0-dose": "4.5",
        "schedule-0-dose_unit": "mg",
        "schedule-0-days": "14",
        "source-expiry": "2029-01",
    }
    shown = soup(CLIENT.get("/titration", query_string=pairs, follow_redirects=True))
    assert shown.select(".plan a[href*='label.pdf']") == []
    for way in ("one_strength", "each_strength"):
        (said,) = [line for line in shown.find(id=way).select("p") if line.text.startswith("Labels:")]
        assert [link["href"] for link in said.select("a")] == ["#diluent-expiry", "#capsule-expiry"]
        assert "Enter them to print the labels." in said.text
    assert all(shown.find(id=f"{part}-expiry") for part in ("diluent", "capsule"))
