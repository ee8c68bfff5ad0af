"""Every code has exactly one sentence, every sentence a code, and each reads as a sentence with its facts in it."""

import re
from datetime import date

import pytest

from calc import wording
from calc.arithmetic.units import MCG, MG, MG_PER_CAPSULE, PERCENT, figure
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.capsule.sheet import sheet
from calc.checks.assayed import UniformityAsked
from calc.checks.sample import WeightsAsked
from calc.checks.uniformity import check_uniformity
from calc.checks.weights import check_weights
from calc.faults import REASONS, Fault, FaultCode, NoticeCode, Reason, Refused, StopCode
from calc.library import load
from calc.limits import CHECK_RANGES, DEFAULTS, LIQUID_DEFAULTS, LIQUID_RANGES, RANGES
from calc.liquid.order import LiquidOrder
from calc.liquid.planning import plan_liquid
from calc.planning.codes import OfferCode, Rounding, StepCode, WeighingName
from calc.service.asked import notices_of, why_not_printed
from calc.service.preparations import CAPSULES
from calc.titration.liquid_planning import titrate_liquid
from calc.titration.liquid_schedule import LiquidTitration
from calc.titration.planning import titrate
from calc.titration.schedule import Titration
from calc.verdicts import ActionCode, Verdict
from calc.wording import fault_text, label, notice_text, stop_text
from calc.wording.checks import HINTS, ITEMS, LABELS, NEXT, VERDICTS, check_label
from calc.wording.figures import said
from calc.wording.refusals import FAULTS, HARD_STOPS, SOFT_STOPS, STOP_NAMES
from calc.wording.step_titles import STEPS
from calc.wording.steps import BOUND_BY, EXPECTED, NOTICES, OFFERS, ROUNDINGS, WEIGHINGS
from tests.support.papers import planned

LIBRARY = load()


@pytest.mark.parametrize(
    ("codes", "sentences"),
    [
        (FaultCode, FAULTS),
        (StopCode, {**HARD_STOPS, **SOFT_STOPS}),
        (REASONS, SOFT_STOPS),
        (REASONS, STOP_NAMES),
        (NoticeCode, NOTICES),
        (StepCode, STEPS),
        (Rounding, ROUNDINGS),
        (Reason, wording.REASONS),
        (OfferCode, OFFERS),
        (WeighingName, WEIGHINGS),
        (Verdict, VERDICTS),
        (ActionCode, NEXT),
    ],
)
def test_codes_and_sentences_are_the_same_set(codes, sentences):
    assert set(codes) == set(sentences)


def test_no_stop_is_both_hard_and_soft():
    assert not set(HARD_STOPS) & set(SOFT_STOPS)


@pytest.mark.parametrize(
    "table", [FAULTS, HARD_STOPS, SOFT_STOPS, NOTICES, STEPS, OFFERS, WEIGHINGS, wording.REASONS, NEXT]
)
def test_no_two_codes_share_a_sentence(table):
    assert len(set(table.values())) == len(table)


def test_every_field_of_an_order_has_a_name_and_every_name_a_field():
    # The names of questions are data of a drug's file; those of naltrexone are options of the command line, too.
    # The rows of published dates after the first are called as it is.
    paths = {name for name in CAPSULES.query.names if not re.match("beyond_use-studies-[1-7]-|ingredients-", name)}
    paths |= {"ingredients"}
    paths |= {"drug-name", "screening-opioids", "screening-liver_disease"}
    assert paths == {path.replace(".", "-") for path in wording.fields.LABELS} - {
        "", "source", "balance", "capsule", "diluent", "tablet_powder", "beyond_use", "screening", "assessment",
        "acknowledgements", "paper", "label", "beyond_use-studies", "beyond_use-studies-0",
        "diluent-packing", "tablet_powder-packing", "source-packing", "capsule-shells", "forms",
    }  # fmt: skip
    assert set(wording.fields.HINTS) <= set(wording.fields.LABELS)
    others = {
        "schedule.days",
        "beyond_use.studies.days",
        "beyond_use.studies.hours",
        *(path for path in RANGES if path.startswith("ingredients.")),
        *wording.fields.TITRATION_LABELS,
        *wording.fields.LIQUID_LABELS,
    }
    assert set(RANGES) | set(DEFAULTS) | set(LIQUID_DEFAULTS) <= set(wording.fields.LABELS) | others


def test_every_field_of_a_liquid_has_a_name_and_every_name_a_field():
    capsules = set(Order.names[""]) | {f"{part}.{name}" for part, names in Order.names.items() for name in names}
    fields = {name if not part else f"{part}.{name}" for part, names in LiquidOrder.names.items() for name in names}
    own = {path for path in fields if path not in capsules and not path.startswith(("syringes.", "vehicle.parts."))}
    assert set(wording.fields.LIQUID_LABELS) == own
    for path in LIQUID_RANGES:
        path = path.replace("ingredients.volume", "ingredients.0.amount")
        said = label(path.replace("syringes.", "syringes.0.").replace("parts.", "parts.0."))
        assert said[0].isupper()
        assert "." not in said


def test_every_field_of_a_check_has_a_name_and_a_hint():
    fields = {*WeightsAsked.model_fields, *UniformityAsked.model_fields}
    assert set(LABELS) == fields | {"", "by", "order", "contents_in_mg"}
    assert set(HINTS) == fields == set(CHECK_RANGES) - {"contents_in_mg"}
    assert set(ITEMS) == {"capsules", "shells", "contents", "masses"}


BROKEN = {
    "dose": [
        *("", "4,5 mg", "1,000 mg", "007 mg", "4.5.1 mg", "-4 mg", "0 mg", "1e3 mg", "inf mg", "\u0664 mg", "5 mg mg"),
        *("123456789 mg", "1.2345678 mg", "4.5", "4.5 Mg", "4.5 L", "9999 g", "5\u200b mg", 4.5),
    ],
    "quantity": [1001, "30"],
    "screening": [{"x": "yes"}],
    "internal_number": ["x" * 41, "\u4e2d"],
    "drug": ["nobody", {"name": "Naltrexone HCl"}],
    "allowance": ["0.1 %"],
    "prepared_on": ["soon", "2027-02-29"],
    "source": [
        {"weighed_on": "2027-01-01"},
        {"tablets_weighed": 3},
        {"x": 1},
        {"tablets_weighed": 3, "total_mass": "480 mg", "recovered_mass": "500 mg"},
    ],
    "acknowledgements": [[{"code": "x", "value": "x", "reason": "patient_request"}], [{}] * 21],
}
SUGAR = {"name": "sucrose", "amount": "150 mg"}
OPENED = {"kind": "capsule", "contents": "powder", "release": "immediate", "strength": "50 mg"}
STOPPED = [
    *({"source": {**OPENED, "contents": contents}} for contents in ("pellets", "liquid")),
    {"ingredients": [{"name": "silica", "amount": "2 mg"}]},
    {"ingredients": [SUGAR], "source": {"tablets_weighed": 3, "total_mass": "0.480 g"},
     "diluent": {"packing_statistic": "135 mg"}, "tablet_powder": {"packing_statistic": "165 mg"}},
    {"dose": "45 mg"}, {"dose": "7 mg"}, {"dose": "450 mg"}, {"dose": "0.05 mg"}, {"dose": "0.5 mcg"},
    {"quantity": 301}, {"source": {"release": "extended"}}, {"source": {"expiry": "2026-10"}},
    {"source": {"strength": "25 mg"}}, {"source": {"strength": "0.4 mg"}},
    {"source": {"strength": "2 g"}, "drug": {"name": "another drug"}},
    {"source": {"tablets_weighed": 3, "total_mass": "100 mg"}},
    {"source": {"tablets_weighed": 3, "total_mass": "6 g"}},
    {"source": {"tablets_weighed": 2, "total_mass": "0.320 g"}},
    {"source": {"tablets_weighed": 9, "total_mass": "1.440 g", "crushed_mass": "0.640 g"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g", "recovered_mass": "0.400 g"}},
    {"source": {"tablets_weighed": 3, "total_mass": "3.5 g"}, "capsule": {"size": "5"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g"}, "capsule": {"fill_mass": "10 mg"}},
    {"source": {"tablets_weighed": 1, "total_mass": "0.160 g"}, "quantity": 1, "dose": "1 mcg",
     "balance": {"minimum": "150 mg"}},
    {"source": {"tablets_weighed": 1, "total_mass": "1.160 g"}, "quantity": 1, "dose": "1 mcg",
     "balance": {"minimum": "1 g"}},
    {"diluent": {"name": "hypromellose K4M"}}, {"diluent": {"name": "calcium carbonate"}},
    {"capsule": {"size": "3", "fill_mass": "400 mg"}}, {"capsule": {"size": "3", "fill_mass": "1.35 g"}},
    {"screening": {"opioids": "yes", "liver_disease": "yes"}}, {"assessment": {"may_be_crushed": "no"}},
    {"drug": {"name": "Naloxone"}, "source": {"strength": "50 mg"}},
    *({"drug": {"name": name}, "source": {"strength": "50 mg"}} for name in ("naltrexome", "aspirin EC", "x softgel")),
    {"drug": {"name": "x"}, "source": {"strength": "25 mcg"}},
    {"drug": {"name": "x"}, "source": {"kind": "powder", "assay": "98 %"}, "dose": "0.5 mg"},
]  # fmt: skip


def frozen(more):
    study = {"days": 9, "storage": "freezer", "reference": "J Pharm", **more}
    return {"beyond_use": {"storage": "freezer", "studies": [study]}}


NOTICED = [
    {"ingredients": [{**SUGAR, "amount": "30 mg"}], "source": {"tablets_weighed": 3, "total_mass": "0.480 g"},
     "diluent": {"packing_statistic": "135 mg"}, "tablet_powder": {"packing_statistic": "165 mg"}},
    {"drug": {"name": "x"}, "source": {"strength": "50 mg"},
     "forms": {"dose": "base", "source": "salt", "dose_equals": "1 mg", "source_equals": "1.25 mg"}},
    {"source": {"ndc": "AB-0902-02", "expiry": "2072-05"}},
    {"quantity": 16, "source": {"tablets_weighed": 60, "total_mass": "9.600 g"}},
    {"source": {"kind": "powder", "assay": "99.2 %", "water": "0.8 %"}},
    frozen({}), frozen({"kind": "monograph"}),
    {}, {"dose": "0.3 mg"}, {"quantity": 33}, {"drug": {"name": "x"}, "source": {"strength": "50 mg"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g", "weighed_on": "2026-11-20"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g"}, "quantity": 33},
    {"source": {"tablets_weighed": 3, "total_mass": "0.240 g"}, "dose": "0.1 mg"},
    {"source": {"tablets_weighed": 2, "total_mass": "0.320 g", "tablets_crushed": 5}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g", "recovered_mass": "0.470 g"}, "dose": "5 mg"},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g", "recovered_mass": "0.450 g"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g"}, "diluent": {"name": "potato starch"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g"}, "capsule": {"fill_mass": "14.4 mg"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g"}, "capsule": {"fill_mass": "14.5 mg"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g"}, "capsule": {"fill_mass": "120 mg"},
     "balance": {"minimum": "200 mg"}},
    {"capsule": {"fill_mass": "50 mg", "shell_mass": "5 mg"}}, {"quantity": 3},
    {"diluent": {"packing_statistic": "250 mg"}, "tablet_powder": {"packing_statistic": "165 mg"}},
    {"source": {"tablets_weighed": 3, "total_mass": "0.480 g"}, "diluent": {"packing_statistic": "135 mg"}},
    {"drug": {"name": "x"}, "source": {"strength": "1 mg"}},
    {"drug": {"name": "x"}, "source": {"kind": "powder", "assay": "98 %"}},
    {"source": {"tablets_weighed": 1, "total_mass": "0.160 g"}, "quantity": 1}, {"dose": "0.1 mg"},
    {"source": {"tablets_weighed": 1, "total_mass": "0.6 g"}, "quantity": 1, "balance": {"minimum": "0.5 g"}},
]  # fmt: skip


#: Checks on finished capsules that meet their notices.
SPREAD = {
    "theoretical_fill": "100 mg",
    "capsules": ["140 mg", "160 mg"] * 5,
    "shell_mass": "50 mg",
    "planned": 30,
    "made": 31,
}
THIRTY = {"contents": ["100 %"] * 30}
QUANTITY = {"code": "quantity_large", "value": "365", "reason": "reference_checked"}


def refused(changes):
    tree = {"dose": "4.5 mg", "quantity": 30, **changes}
    try:
        return plan(Order.read(tree, LIBRARY, today=date(2026, 11, 22)), LIBRARY)
    except Refused as fault:
        return fault


LIQUID = {
    "preparation": "liquid", "dose": "4.5 mg", "strength": "1 mg", "volume": "100 mL",
    "vehicle": {"name": "suspending vehicle", "preserved": "yes"},
}  # fmt: skip
LIQUID_STOPPED = [
    {"volume": "4 mL"}, {"dose": "1.5 mg", "strength": "200 mg"},
    {"volume": "5 mL", "source": {"tablets_weighed": 1, "total_mass": "0.160 g"}},
    {"volume": "1 mL", "strength": "1.2345 mg", "source": {"tablets_weighed": 1, "total_mass": "0.160 g"}},
    {"volume": "10 mL", "source": {"kind": "powder", "assay": "98 %"}},
    {"volume": "2 L", "strength": "0.001 mcg", "source": {"kind": "powder", "assay": "98 %"}, "dose": "1 mcg"},
    *({"strength": f"{mg} mg", "source": {"kind": "powder", "assay": "50 %"}, "dose": "45 mg"} for mg in (150, 600)),
    {"ingredients": [{"name": "sucrose", "amount": "500 g", "per": "100 mL"}]},
]  # fmt: skip
LIQUID_NOTICED = [
    {}, {"strength": "0.3 mg"}, {"volume": "1 L"}, {"dose": "0.3 mg"},
    {"source": {"tablets_weighed": 2, "total_mass": "0.320 g", "recovered_mass": "0.315 g"}},
    {"strength": "60 mg", "source": {"kind": "powder", "assay": "50 %"}},
    {"vehicle": {"name": "Ora-Blend"}}, {"vehicle": {"name": "water", "preserved": "yes"}},
    {"vehicle": {"preserved": "yes", "parts": [{"name": name, "share": 1} for name in ("water", "Ora-Sweet")]}},
    {"drug": {"name": "omeprazole"}, "dose": "10 mg", "strength": "2 mg", "volume": "50 mL",
     "formulation": "pub:omeprazole-2-bicarbonate", "vehicle": {"name": "sodium bicarbonate 8.4 %"},
     "source": {"kind": "capsule", "contents": "pellets", "release": "delayed", "strength": "20 mg"}},
]  # fmt: skip


def of_liquid(changes):
    try:
        return plan_liquid(LiquidOrder.read({**LIQUID, **changes}, LIBRARY, today=date(2026, 11, 22)), LIBRARY)
    except Refused as fault:
        return fault


PLAIN_ORDER = {"dose": "4.5 mg", "quantity": 30, "prepared_on": "2026-11-22"}


def all_faults():
    plan = CAPSULES.plan(CAPSULES.order.read(PLAIN_ORDER, LIBRARY), LIBRARY)
    trees = [{field: value} for field, values in BROKEN.items() for value in values]
    trees += [{"extra_capsules": 3, "allowance": "3 %"}]
    trees += [{"source": {"kind": "dilution", "drug_in_gram": "1 in 100"}}]
    trees += [{"source": {**OPENED, "capsules_weighed": 3, "full_mass": "1 g", "shells_mass": "1 g"}}]
    return [fault for tree in trees for fault in refused(tree).faults] + [
        Fault(FaultCode.DUPLICATE_FIELD, "dose"),
        Fault(FaultCode.NOT_WHOLE, "quantity", {"typed": "1.5"}),
        Fault(FaultCode.DOES_NOT_FIT, "label", {"typed": "62 \u00d7 29 mm"}),
        Fault(FaultCode.NO_LEAFLET, "drug"),
        Fault(FaultCode.NO_BEYOND_USE, "beyond_use.studies"),
        *of_liquid({"vehicle": {"parts": [{"name": "a", "volume": "1 L"}, {"name": "b", "to_volume": "yes"}]}}).faults,
        Fault(FaultCode.EXPIRY_UNKNOWN, "source.expiry"),
        Fault(
            FaultCode.FILLED_OUTSIDE,
            "filled",
            {"typed": date(2026, 1, 1), "made": date(2026, 11, 22), "last": date(2027, 5, 20)},
        ),
        *(fault for day in (date(2026, 1, 1), date(2028, 1, 1)) for fault in why_not_printed(plan, day)),
        Fault(FaultCode.SPREAD_UNKNOWN, "order"),
        Fault(
            FaultCode.WEIGHT_VARIATION_NOT_ALLOWED,
            "label",
            {
                "mass": figure("25", MG),
                "share": figure("25", PERCENT),
                "label": figure("4.5", MG),
                "net": figure("137", MG_PER_CAPSULE),
            },
        ),
        Fault(FaultCode.TOO_MANY_STEPS, "fill.by", {"count": "25", "most": 24}),
        Fault(FaultCode.LIST_LENGTH, "capsules", {"wanted": "10 to 30", "count": 9}),
        *refused({"formulation": "pub:nobody"}).faults,
        *titrated({"start": "2026-01-01", "order": {"quantity": 3}}).faults,
        *of_liquid({"syringes": [{"capacity": "5 mL", "graduation": "0.3 mL"}]}).faults,
    ]


def titrated(changes):
    tree = {"schedule": [{"dose": "1 mg", "days": 365}, {"dose": "4.5 mg", "days": 14}], **changes}
    try:
        return titrate(Titration.read(tree, LIBRARY, today=date(2026, 11, 22)), LIBRARY)
    except Refused as fault:
        return fault


def assert_reads_well(text):
    assert text[0].isupper() or text[0].isdigit() or text[0] == "\u201c"
    assert text[-1] in ".?)"
    assert not re.search(r"[{}]|Figure|Fraction|None|  |\.\.(?!\.)", text), text
    assert not re.search(
        r"\d[a-zA-Z]{1,3}\b(?<!mcg)", re.sub(r"\u201c[^\u201d]*\u201d|\d[0-9]?E|K4M|PH-\d+|U\+[0-9A-F]{4}", "", text)
    ), text


def test_every_fault_is_met_and_reads_as_a_sentence():
    faults = all_faults()
    assert {fault.code for fault in faults} == set(FaultCode)
    for fault in faults:
        assert_reads_well(fault_text(fault))


def titrated_from_liquid():
    """Two syringes, 14 days of use, and a volume for less."""
    order = {"preparation": "liquid", "strength": "5 mg", "vehicle": {"name": "syrup"}, "volume": "1 mL"}
    tree = {"schedule": [{"dose": "1.65 mg", "days": 14}, {"dose": "6 mg", "days": 14}], "order": order}
    return titrate_liquid(LiquidTitration.read(tree, LIBRARY, today=date(2026, 11, 22)), LIBRARY)


def test_every_stop_is_met_and_reads_as_a_sentence():
    stops = [stop for changes in STOPPED for stop in refused(changes).stops]
    stops += [stop for changes in LIQUID_STOPPED for stop in of_liquid(changes).stops]
    too_many = titrated({"doses_per_day": 4}).ways
    stops += [stop for way in too_many for batch in way.batches for stop in batch.stops]
    assert {stop.code for stop in stops} == set(StopCode)
    for stop in stops:
        assert_reads_well(stop_text(stop))


def test_every_notice_is_met_and_reads_as_a_sentence():
    notices = [notice for changes in NOTICED for notice in refused(changes).notices]
    notices += [notice for changes in LIQUID_NOTICED for notice in of_liquid(changes).notices]
    exchanged = SPREAD | {"theoretical_fill": "47 mg"}  # less than its shell
    twenty = SPREAD | {"capsules": [*SPREAD["capsules"], *SPREAD["capsules"]][:10] * 2}
    weighed = [check_weights(WeightsAsked.read(asked)) for asked in (SPREAD, exchanged, twenty)]
    checked = (*weighed, check_uniformity(UniformityAsked.read(THIRTY)))
    notices += [notice for check in checked for notice in check.notices]
    notices += titrated({"order": {"acknowledgements": [QUANTITY]}}).notices
    notices += titrated({"schedule": [{"dose": f"{dose} mg", "days": 7} for dose in (3, 1, 2)]}).notices
    notices += titrated_from_liquid().notices
    plan = CAPSULES.plan(CAPSULES.order.read(PLAIN_ORDER, LIBRARY), LIBRARY)
    notices += [each for day in (date(2026, 1, 1), date(2028, 1, 1)) for each in notices_of(plan, day)]
    written = {"dose": "4.5 mg", "quantity": 30, "source": {"expiry": "05/27"}}
    notices += Order.read(written, LIBRARY, today=date(2026, 11, 22)).dates_read
    notices += refused({"formulation": "pub:naltrexone-capsule-cote"}).notices
    assert {notice.code for notice in notices} == set(NoticeCode)
    for notice in notices:
        assert_reads_well(notice_text(notice))


@pytest.mark.parametrize(("dose", "named"), [("45 mg", "4.5 mg"), ("16 mg", "1.6 mg")])
def test_a_tenfold_slip_is_named(dose, named):
    (stop,) = (stop for stop in refused({"dose": dose, "quantity": 5}).stops if stop.code == "dose_above_usual")
    assert f"Was {named} meant?" in stop_text(stop)


def test_a_dose_a_little_above_the_usual_names_no_slip():
    (stop,) = refused({"dose": "7 mg"}).stops
    assert "meant" not in stop_text(stop)


def test_mg_and_mcg_are_named_where_the_dose_is_far_too_small():
    (stop,) = (stop for stop in refused({"dose": "0.05 mg"}).stops if stop.code == "dose_below_usual")
    text = stop_text(stop)
    assert text.startswith("0.05 mg a capsule")
    assert "mg and mcg" in text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("0.05", MG, "50 mcg"), ("0.1", MG, "0.1 mg"), ("500", MCG, "0.5 mg"), ("1500", MG, "1,500 mg")],
)
def test_small_masses_are_said_in_mcg(value, unit, text):
    assert said(figure(value, unit)) == text


def test_a_field_that_does_not_exist_is_named_as_it_was_written():
    assert label("dosis") == "\u201cdosis\u201d"
    assert len(label("x" * 5000)) < 100


def test_what_bounds_a_beyond_use_date_and_what_was_expected_have_words():
    components = {"tablets", "powder", "dilution", "diluent", "shells", "vehicle", "ingredient"}
    assert set(BOUND_BY) == {"default", *components, "study", "ceiling"}
    assert {"quantity", "count", "date", "text", "object", "list"} == set(EXPECTED)


def test_one_tablet_is_not_weighed_together():
    one = refused({"dose": "1 mg", "source": {"least_tablets": 1}})
    assert "Weigh 1 tablet to get the masses." in {notice_text(n) for n in one.notices}
    assert "Weigh 3 tablets together to get the masses." in {notice_text(n) for n in refused({}).notices}


@pytest.mark.parametrize(
    ("order", "line"),
    [
        ({}, "One tablet makes 11.1 capsules. 3 tablets hold 150 mg; 30 capsules hold 135 mg; 15 mg is left over."),
        (
            {"dose": "0.1 mg"},
            "One tablet makes 500 capsules. 1 tablet holds 50 mg; 30 capsules hold 3 mg; 47 mg is left over.",
        ),
        (
            {"dose": "25 mg", "quantity": 2, "drug": {"name": "prednisone"}, "crushing_loss": "0 %"},
            "One tablet makes 2 capsules. 1 tablet holds 50 mg, and 2 capsules hold all of it.",
        ),
        (
            {"dose": "50 mg", "quantity": 1, "drug": {"name": "prednisone"}, "crushing_loss": "0 %"},
            "One tablet makes 1 capsule. 1 tablet holds 50 mg, and 1 capsule holds all of it.",
        ),
    ],
)
def test_the_human_line_counts_one_as_one(order, line):
    tree = {"dose": "4.5 mg", "quantity": 30, "source": {"strength": "50 mg", "least_tablets": 1}, **order}
    assert sheet(planned(tree)).human == line


def test_a_field_of_the_order_of_a_check_has_the_name_that_it_has_on_an_order():
    assert check_label("order.quantity") == "Number of capsules"
