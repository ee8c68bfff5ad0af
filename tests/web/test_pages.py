"""The page in each of its states: empty, planned, at fault, stopped; and what it never does."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from calc.service.preparations import CAPSULES, PREPARATIONS
from tests.capsule.test_worked_case import WORKED
from tests.support.checked_client import soup, words
from tests.support.client import make_client
from tests.support.queries import query_of

CLIENT = make_client()
PLAIN = {"dose": "4.5", "dose_unit": "mg", "quantity": "30"}
FIGURES = ("0.432 g", "3.697 g", "137.6 mg", "90 %")


def page(query):
    return CLIENT.get("/", query_string=query, follow_redirects=True)


def main_text(answer):
    return words(soup(answer).main)


def test_an_empty_form_is_a_page():
    answer = CLIENT.get("/")
    assert answer.status_code == 200
    assert "answer" not in [css for tag in soup(answer).find_all(class_=True) for css in tag["class"]]


def test_the_plain_order_says_the_share_and_one_next_action():
    answer = page(PLAIN)
    assert answer.status_code == 200
    assert "Crush 3 tablets and take 90 % of the powder." in main_text(answer)
    assert main_text(answer).count("Weigh 3 tablets together to get the masses.") == 1
    assert not soup(answer).select(".notice:not([hidden])")
    assert not soup(answer).find_all(class_="warn")


def test_the_worked_case_is_answered_in_one_line():
    answer = page(query_of(WORKED))
    line = "Crush 3 tablets, weigh 0.432 g of the powder, add 3.697 g of diluent: 30 capsules, about 137.6 mg each."
    assert words(soup(answer).find(class_="line")) == line
    text = main_text(answer)
    for part in ("0.432 g", "0.864 g", "1.728 g", "0.673 g", "172 mg to 199 mg", "4.499 mg (-0.02 %)", "May 20, 2027"):
        assert part in text


def test_every_step_stands_with_formula_numbers_result_and_reference():
    steps = soup(page(query_of(WORKED))).find(class_="working").find_all("li", recursive=False)
    assert len(steps) >= 20
    for step in steps:
        assert step.h4.string
        _, _, result, reference = step.find_all("p", recursive=False)
        assert words(result).startswith("= ")
        assert next(reference.strings).strip()


def test_numbers_and_units_never_break_across_lines():
    html = page(query_of(WORKED)).get_data(as_text=True)
    plan = html[html.index('id="result"') :]
    text = re.sub(r"<[^>]+>", "|", plan)
    assert re.findall(r"\d (?:g|mg|mcg|mL|%|tablets?|capsules?)\b", text) == []


def test_what_was_assumed_is_one_list():
    assumed = soup(page(PLAIN)).find(class_="assumed")
    assert "Crushing loss kept in reserve 3 %" in words(assumed)
    assert "Sensitivity requirement 1 mg" in words(assumed)


def test_cautions_on_opioids_and_the_liver_are_there_and_naltrexone_reverses_nothing():
    shown = soup(page(PLAIN))
    for cited in shown.find_all("cite"):
        cited.decompose()
    text = words(shown.main)
    assert "blocks opioid pain medicines" in text
    assert "Liver problems are known at 50 to 100 mg a day" in text
    assert "Not released until both questions are answered" in text
    for sentence in re.findall(r"[^.]*revers[^.]*\.", text):
        assert "Naloxone reverses" in sentence


@pytest.mark.parametrize("answers", [{"screening-opioids": "no"}, {"screening-liver_disease": "no"}])
def test_one_answer_releases_nothing(answers):
    assert "Not released" in main_text(page({**PLAIN, **answers}))


def test_both_answers_take_the_heading_away():
    text = main_text(page({**PLAIN, "screening-opioids": "no", "screening-liver_disease": "no"}))
    assert "Not released" not in text
    assert "Any opioid in the last 14 days? No." in text


def test_a_drug_without_a_file_says_so_and_shows_no_cautions():
    answer = page({**PLAIN, "drug-name": "another", "source-strength": "25", "source-strength_unit": "mg"})
    assert answer.status_code == 200
    assert "only the general rules were applied to another" in main_text(answer)
    assert soup(answer).find(class_="cautions") is None


def test_faults_stand_in_a_summary_and_at_their_fields_in_the_same_words():
    answer = page({**PLAIN, "dose": "4,5", "quantity": "30.5"})
    assert answer.status_code == 422
    shown = soup(answer)
    assert shown.title.string.startswith("Error: ")
    summary = shown.find(id="summary")
    assert summary["tabindex"] == "-1"
    links = {link["href"]: words(link) for link in summary.find_all("a")}
    assert set(links) == {"#dose", "#quantity"}
    for target, text in links.items():
        assert text in words(shown.find(id=f"{target[1:]}-error"))
    assert shown.find(id="dose")["value"] == "4,5"
    assert shown.find(id="quantity")["value"] == "30.5"
    assert shown.find(id="dose")["aria-invalid"] == "true"


@pytest.mark.parametrize("query", [{**PLAIN, "dose": "4,5"}, {**PLAIN, "dose": "450"}, {**PLAIN, "dose": "45"}])
def test_no_figure_is_in_the_document_while_there_is_a_fault_or_a_stop(query):
    answer = page({**dict(query_of(WORKED)), **query})
    assert answer.status_code == 422
    shown = soup(answer)
    assert shown.find(class_="plan") is None
    assert shown.find(class_="answer") is None
    assert not [figure for figure in FIGURES if figure in main_text(answer)]


def test_a_soft_stop_asks_for_its_reason_in_place_and_passes_with_it():
    stopped = page({**PLAIN, "dose": "45"})
    assert stopped.status_code == 422
    shown = soup(stopped)
    field = shown.find(id="dose").find_parent(class_="field")
    sent = {tag["name"]: tag["value"] for tag in field.find_all("input", type="hidden")}
    choice = field.find("select", id="acknowledgements-0-reason")
    assert [option["value"] for option in choice.find_all("option")] == [
        "", "prescriber_confirmed", "reference_checked",
    ]  # fmt: skip
    passed = page({**PLAIN, "dose": "45", **sent, choice["name"]: "prescriber_confirmed"})
    assert passed.status_code == 200
    assert "The prescriber confirmed it." in main_text(passed)
    kept = {tag["name"]: tag.get("value") for tag in soup(passed).find_all("input", type="hidden")}
    assert kept == sent


def test_a_soft_stop_sent_back_without_a_reason_stands():
    sent = {"acknowledgements-0-code": "dose_above_usual", "acknowledgements-0-value": "45 mg"}
    answer = page({**PLAIN, "dose": "45", **sent, "acknowledgements-0-reason": ""})
    assert answer.status_code == 422
    assert "above the usual" in main_text(answer)


def test_an_acknowledgement_that_fits_nothing_can_be_taken_away_in_place():
    sent = {"code": "dose_above_usual", "value": "45 mg", "reason": "prescriber_confirmed"}
    answer = page({**PLAIN, **{f"acknowledgements-0-{name}": value for name, value in sent.items()}})
    assert answer.status_code == 422
    shown = soup(answer)
    assert shown.find(id="summary").a["href"] == "#acknowledgements-0"
    assert shown.find("select", id="acknowledgements-0-reason").option["value"] == ""


def test_a_hard_stop_offers_no_reason():
    answer = page({**PLAIN, "dose": "450"})
    assert answer.status_code == 422
    assert "It cannot be overridden: fix it." in main_text(answer)
    assert soup(answer).find("select", id="acknowledgements-0-reason") is None


def test_beside_a_hard_stop_no_reason_is_asked_for():
    answer = page({**PLAIN, "dose": "450", "quantity": "400"})
    assert "once the rest is fixed" in main_text(answer)
    assert soup(answer).find("select", id=re.compile("acknowledgements")) is None


def test_blank_names_are_dropped_by_a_redirect_to_the_canonical_query():
    answer = CLIENT.get("/", query_string={**PLAIN, "allowance": "", "allowance_unit": "%", "source-lot": " "})
    assert answer.status_code == 303
    assert dict(parse_qsl(urlsplit(answer.headers["Location"]).query)) == PLAIN


def test_a_weighing_without_its_date_is_given_one_so_that_a_link_keeps_its_meaning():
    weighed = {"source-tablets_weighed": "3", "source-total_mass": "0.480", "source-total_mass_unit": "g"}
    answer = CLIENT.get("/", query_string={**PLAIN, **weighed})
    assert answer.status_code == 303
    query = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    assert query["prepared_on"] == query["source-weighed_on"]
    dated = CLIENT.get("/", query_string={**PLAIN, **weighed, "prepared_on": "2026-05-04"})
    assert dict(parse_qsl(urlsplit(dated.headers["Location"]).query))["source-weighed_on"] == "2026-05-04"


def test_a_redirect_leads_to_a_page_that_redirects_no_further():
    answer = CLIENT.get("/", query_string={**PLAIN, "allowance": "", "source-total_mass": "1"})
    assert CLIENT.get(answer.headers["Location"]).status_code in {200, 422}


@pytest.mark.parametrize(
    ("query", "code"),
    [("dose=4.5&dose=45&dose_unit=mg&quantity=30", "given more than once"), ("dose=4.5&dosis=3", "is not a field")],
)
def test_a_name_given_twice_and_an_unknown_name_are_refused(query, code):
    answer = CLIENT.get(f"/?{query}")
    assert answer.status_code == 422
    assert code in main_text(answer)


def test_choosing_another_drug_without_naming_it_is_not_naltrexone():
    answer = page({**PLAIN, "drug": "-"})
    assert answer.status_code == 422
    assert soup(answer).find(id="drug-error") is not None


def test_a_drug_from_the_list_and_one_by_name_exclude_each_other():
    answer = page(
        {**PLAIN, "drug": "naltrexone", "drug-name": "x", "source-strength": "5", "source-strength_unit": "mg"}
    )
    assert answer.status_code == 422
    assert soup(answer).find(id="drug-name-error") is not None


def test_what_is_typed_is_shown_as_text_whatever_it_holds():
    nasty = '"><b onfocus=alert(1) autofocus x="'
    answer = page({**PLAIN, "source-lot": nasty})
    assert "<b onfocus" not in answer.get_data(as_text=True)
    assert soup(answer).find(id="source-lot")["value"] == nasty


def test_a_query_over_sixteen_kilobytes_is_refused():
    assert CLIENT.get("/", query_string={"source-lot": "x" * 34000}).status_code == 414


def test_nothing_typed_is_in_an_error_page_or_the_log(monkeypatch, caplog):
    def broken(plan, at_bench):
        raise RuntimeError("a marker 7341")

    monkeypatch.setitem(PREPARATIONS, CAPSULES.key, replace(CAPSULES, sheet=broken))
    answer = page({**PLAIN, "source-lot": "marker-8812"})
    assert answer.status_code == 500
    html = answer.get_data(as_text=True)
    assert "7341" not in html + caplog.text
    assert "8812" not in html + caplog.text
    assert re.search(r"number [0-9a-f]{8}", html)
    assert re.search(r"mistake [0-9a-f]{8}: RuntimeError", caplog.text)


def test_the_values_are_not_for_a_translator():
    shown = soup(page(query_of(WORKED)))
    for css in (".line", ".figures", ".formulas", ".working p:nth-of-type(2)", ".working p:nth-of-type(3)"):
        for tag in shown.select(css):
            assert tag.get("translate") == "no"
    assert len(shown.select(".working p[translate=no]")) >= 20
    assert shown.find(id="form")["autocomplete"] == "off"


def test_the_panel_counts_what_is_to_be_read_first_and_leads_there():
    answer = page(query_of({"dose": "4.5 mg", "quantity": 3}))
    notices = soup(answer).select(".notice:not([hidden])")
    link = soup(answer).select_one("#answer a[href='#told']")
    assert words(link) == f"{len(notices)} notices to read first"
    assert soup(answer).find(id="told") is not None
    assert soup(page(query_of(WORKED))).select_one("#answer a[href='#told']") is None
