"""What the hazard log relies on and no other test names: cautions everywhere, reminders, the day of a zone."""

import pytest

from calc.drug import Drug
from calc.library import load
from tests.support.client import ask_api, ask_page, make_client
from tests.support.orders import GOOD, changed
from tests.support.pages import plain_text
from tests.support.papers import squeezed, text_of_pdf
from tests.support.queries import as_query

CAUTIONS = load().drugs["naltrexone"].cautions


def client_sheet(order):
    """The two pages for the bench of an order's sheet, without any space."""
    return squeezed(text_of_pdf(make_client().get("/sheet.pdf", query_string=as_query(order)).data))


@pytest.fixture(scope="module")
def everywhere():
    """What page, sheet with its annex and answer say of one order, without any space."""
    client = make_client()
    page = ask_page(client, as_query(GOOD))
    sheet = client.get("/sheet.pdf", query_string=[*as_query(GOOD), ("annex", "yes")])
    answer = ask_api(client, GOOD)
    return [squeezed(text) for text in (plain_text(page), text_of_pdf(sheet.data), answer.get_data(as_text=True))]


@pytest.mark.parametrize("caution", CAUTIONS, ids=lambda caution: caution.code)
def test_every_caution_stands_on_page_sheet_and_answer(everywhere, caution):
    for text in everywhere:
        assert squeezed(caution.text) in text


def test_three_lines_stand_for_the_cautions_without_an_annex():
    drug = load().drugs["naltrexone"]
    printed = client_sheet(GOOD)
    assert len(drug.cautions_in_short) == 3
    for line in drug.cautions_in_short:
        assert squeezed(line.text) in printed
    assert squeezed(CAUTIONS[0].text) not in printed
    assert {code for line in drug.cautions_in_short for code in line.of} == {caution.code for caution in CAUTIONS}


def test_a_drugs_file_whose_lines_leave_a_caution_out_is_refused():
    content = load().drugs["naltrexone"].model_dump()
    for lines in (content["cautions_in_short"][1:], [*content["cautions_in_short"], content["cautions_in_short"][0]]):
        with pytest.raises(ValueError, match="cautions_in_short"):
            Drug.model_validate({**content, "cautions_in_short": lines})


def test_lactose_is_named_on_page_sheet_and_answer(everywhere):
    for text in everywhere:
        assert "Tabletscontainlactose(checkthelabel)" in text


def test_page_and_sheet_say_what_no_weighing_removes(everywhere):
    for text in everywhere[:2]:
        assert "Atabletmayhold90to110%ofitslabel" in text


def test_an_expiry_that_is_not_known_leaves_a_blank_that_may_be_sooner(everywhere):
    for text in everywhere[:2]:
        assert "ortheearliestcomponentexpiry____ifsooner" in text


def test_an_estimate_sends_to_the_bench_first():
    """No packing statistic was entered: ten bodies are filled before anything is mixed."""
    client = make_client()
    estimated = changed(GOOD, {"diluent.packing_statistic": None, "tablet_powder.packing_statistic": None})
    page = plain_text(ask_page(client, as_query(estimated)))
    sheet = text_of_pdf(client.get("/sheet.pdf", query_string=as_query(estimated)).data)
    assert "Fill ten shells of size 3 with diluent alone and weigh what they hold." in page
    assert "Fill ten shells of size 3 with diluent alone. Total: what they hold. P_d = total / 10 = ____." in sheet
