"""Capsules from bulk powder: assay and water of the certificate, chemical forms, and what belongs to tablets alone."""

import itertools
from fractions import Fraction

import pytest

from tests.support.client import ask_api, ask_page, make_client
from tests.support.orders import changed, dated
from tests.support.pages import assert_no_result_json, plain_text
from tests.support.papers import squeezed, text_of_pdf
from tests.support.queries import as_query

CLIENT = make_client()
DRIED = {"kind": "powder", "assay": "98.5 %", "assay_basis": "dried", "water": "4 %"}
ORDER = {
    "dose": "4.5 mg",
    "quantity": 300,
    "prepared_on": "2026-11-23",
    "source": {**DRIED, "lot": "P7", "expiry": "2027-03"},
    "capsule": {"size": "3", "fill_mass": "135 mg"},
}


def plan_of(**changes):
    answer = ask_api(CLIENT, changed(ORDER, {path.replace("__", "."): value for path, value in changes.items()}))
    assert answer.status_code == 200, answer.text
    return answer.get_json()["plan"]


def faults_of(**changes):
    answer = ask_api(CLIENT, changed(ORDER, {path.replace("__", "."): value for path, value in changes.items()}))
    assert answer.status_code == 422
    assert_no_result_json(answer)
    return {(fault["code"], fault["field"]) for fault in answer.get_json()["faults"]}


def exact_mg(shown):
    return Fraction(shown["exact"]) * (1000 if shown["unit"] == "g" else 1)


def test_the_powder_follows_from_assay_and_water_of_the_dried_substance():
    plan = plan_of()
    assert exact_mg(plan["portion"]) == Fraction(1350) / (Fraction("0.985") * Fraction("0.96"))
    assert plan["portion"]["text"] == "1.428 g"


def test_an_assay_as_is_is_not_corrected_for_water_again():
    without = plan_of(source__assay_basis="as is", source__water=None)
    beside = plan_of(source__assay_basis="as is")
    assert exact_mg(without["portion"]) == exact_mg(beside["portion"]) == Fraction(1350) / Fraction("0.985")


def test_a_dose_as_hydrochloride_from_powder_as_base():
    """341.40 g of base hold as much as 377.86 g of the hydrochloride."""
    plan = plan_of(source__basis="base")
    as_base = Fraction(1350) * Fraction("341.40") / Fraction("377.86")
    assert exact_mg(plan["drug_needed"]) == as_base
    assert exact_mg(plan["portion"]) == as_base / (Fraction("0.985") * Fraction("0.96"))
    assert plan["reverse_check"]["dose"]["unit"] == "mg/{capsule}"
    assert abs(Fraction(plan["reverse_check"]["dose"]["exact"]) - Fraction("4.5")) < Fraction("0.01")


def test_nothing_is_said_of_tablets():
    plan = plan_of()
    assert {name for name in plan if plan[name] is None} >= {
        "tablets_exact",
        "tablets_to_crush",
        "portion_share",
        "drug_left_over",
    }
    assert plan["offers"] == []
    assert [line["name"] for line in plan["weighings"]] == ["portion", "diluent", "capsule"]
    use = plan["beyond_use"]
    assert (use["date"], use["bound_by"]) == ("2027-03-31", "powder")
    assert use["others"] == [{"by": "default", "date": "2027-05-21"}, {"by": "study", "date": "2027-11-17"}]


def test_too_little_powder_is_triturated_from_the_least_that_is_well_weighed():
    """5.29 mg of powder: 100 mg to 2 g, 105.8 mg of that; the capsules hold 1,350 mg, so that 67.5 mg are the least."""
    plan = plan_of(quantity=10, dose="0.5 mg")
    (step,) = plan["triturations"]
    assert (step["weigh"]["text"], step["total"]["text"], step["all_of_it"]) == ("0.100 g", "2.000 g", False)
    assert plan["portion"] is None
    drug = 100 * Fraction("0.985") * Fraction("0.96") * exact_mg(step["take"]) / exact_mg(step["total"])
    assert drug == 5


def test_the_packing_of_the_powder_is_its_own():
    measured = {"source.packing_statistic": "150 mg", "diluent.packing_statistic": "135 mg", "capsule": {"size": "3"}}
    plan = ask_api(CLIENT, changed(ORDER, measured)).get_json()["plan"]
    each = exact_mg(plan["portion"]) / 300
    assert Fraction(plan["share_of_body"]["exact"]) == each / 150
    assert Fraction(plan["diluent_per_capsule"]["exact"]) == (1 - each / 150) * 135


@pytest.mark.parametrize(
    "name", ["strength", "release", "tablets_weighed", "total_mass", "weighed_on", "recovered_mass", "ndc"]
)
def test_a_field_of_tablets_beside_powder_is_a_fault(name):
    value = 3 if name == "tablets_weighed" else "50 mg"
    assert ("unknown_field", f"source.{name}") in faults_of(**{f"source__{name}": value})


def test_no_fault_is_told_of_a_field_that_nobody_sent():
    """A mass of tablets beside powder brings no date of weighing along, which would be refused as well."""
    assert faults_of(source__total_mass="480 mg") == {("unknown_field", "source.total_mass")}


@pytest.mark.parametrize("name", ["assay", "water", "assay_basis", "basis", "packing_statistic"])
def test_a_field_of_powder_beside_tablets_is_a_fault(name):
    answer = ask_api(CLIENT, {"dose": "4.5 mg", "quantity": 30, "source": {name: "98 %"}})
    assert ("unknown_field", f"source.{name}") in {(f["code"], f["field"]) for f in answer.get_json()["faults"]}


def test_what_powder_needs_and_what_it_cannot_stand_beside():
    assert faults_of(source__assay=None) == {("required", "source.assay")}
    assert faults_of(source__water=None) == {("pair_incomplete", "source.water")}
    assert faults_of(crushing_loss="3 %") == {("excludes_each_other", "crushing_loss")}
    assert ("excludes_each_other", "tablet_powder.packing_statistic") in faults_of(
        tablet_powder__packing_statistic="165 mg"
    )
    assert faults_of(source__basis="sulfate") == {("unknown_choice", "source.basis")}
    assert faults_of(source__assay="49.999999 %") == {("out_of_range", "source.assay")}
    assert faults_of(source__kind="extract") >= {("unknown_choice", "source.kind")}


def test_an_order_understood_gives_the_same_plan():
    first = ask_api(CLIENT, ORDER).get_json()
    again = ask_api(CLIENT, first["order"]).get_json()
    assert again["defaults"] == []
    assert again["fingerprint"] == first["fingerprint"]


def test_page_and_sheet_speak_of_the_powder_and_of_no_tablets():
    page = plain_text(ask_page(CLIENT, as_query(ORDER)))
    assert "Weigh 1.428 g of the bulk powder, add 39.072 g of diluent: 300 capsules, about 135 mg each." in page
    assert "assay 98.5 % of the dried substance, loss on drying 4 %" in page
    sheet = text_of_pdf(CLIENT.get("/sheet.pdf", query_string=as_query(ORDER)).data)
    assert "Crush" not in sheet
    assert squeezed("Label and certificate of the bulk powder: naltrexone hydrochloride") in squeezed(sheet)
    assert "STOP. Check before weighing out Drug Lot Assay % Initials Time" in sheet
    assert "1.428 g" in sheet
    assert CLIENT.get("/label.pdf", query_string=as_query(dated(ORDER))).status_code == 200


def test_a_drug_without_a_file_needs_no_chemical_form():
    plan = plan_of(drug={"name": "any drug"}, capsule__size="3")
    assert exact_mg(plan["portion"]) == Fraction(1350) / (Fraction("0.985") * Fraction("0.96"))


#: What is told where one or two of these are left out; everything else is taken.
LEFT_OUT = {"source.assay": ("required", "source.assay"), "source.water": ("pair_incomplete", "source.water")}
WHOLE = changed(
    ORDER,
    {
        "capsule": {"size": "3"},
        "source.basis": "base",
        "source.maker": "M",
        "source.packing_statistic": "150 mg",
        "diluent.packing_statistic": "135 mg",
    },
)
FIELDS = tuple(f"source.{name}" for name in WHOLE["source"])


def told(paths):
    """The faults of the whole order without these fields."""
    gone = set(paths)
    if "source.kind" in gone:  # then it is an order of tablets, and of these nothing is said
        rest = {path for path in FIELDS if path not in gone} - {"source.lot", "source.expiry", "source.maker"}
        return {("unknown_field", path) for path in rest} | {("pair_incomplete", "tablet_powder.packing_statistic")}
    faults = {LEFT_OUT[path] for path in gone & LEFT_OUT.keys()}
    if "source.assay_basis" in gone:
        faults -= {("pair_incomplete", "source.water")}
    if "source.packing_statistic" in gone:
        faults |= {("pair_incomplete", "source.packing_statistic")}
    return faults


@pytest.mark.parametrize("paths", [*itertools.combinations(FIELDS, 1), *itertools.combinations(FIELDS, 2)], ids=str)
def test_fields_of_powder_left_out_or_null_alone_and_in_pairs(paths):
    tree = changed(WHOLE, dict.fromkeys(paths))
    null = changed(WHOLE, {})
    for path in paths:
        null["source"][path.partition(".")[2]] = None
    for order in (tree, null):
        answer = ask_api(CLIENT, order)
        faults = {(fault["code"], fault["field"]) for fault in (answer.get_json().get("faults") or ())}
        assert faults == told(paths)
        if faults:
            assert_no_result_json(answer)
        else:
            assert answer.status_code == 200


@pytest.mark.parametrize("path", FIELDS)
@pytest.mark.parametrize("value", ["", 5, 5.5, True, [], {}, ["98 %"]], ids=repr)
def test_a_field_of_powder_of_a_wrong_kind_is_a_fault_at_that_field(path, value):
    answer = ask_api(CLIENT, changed(WHOLE, {path: value}))
    assert answer.status_code == 422
    assert_no_result_json(answer)
    fields = {fault["field"] for fault in answer.get_json()["faults"]}
    assert path in fields
