"""How sure the dose of a batch is: each weighing against a dose worked out anew, the rules of balances, the words."""

from fractions import Fraction
from math import isclose, log, sqrt

import pytest

from calc.arithmetic.units import MG, figure
from calc.capsule.papers import sheet_pdf
from calc.rules.spread import squared_error_of_bound
from tests.casebook.compare import cases
from tests.support.checked_client import soup, words
from tests.support.client import PLAN, ask_page, make_client
from tests.support.orders import GOOD, changed
from tests.support.papers import planned, text_of_pdf
from tests.support.plain_uncertainty import dose_of, masses_of, root, uncertainty
from tests.support.queries import as_query
from tests.support.schemas import validate

CLIENT = make_client()
SIX = {"readability": "1 mg", "sensitivity": "6 mg", "tolerated_error": "5 %"}
WEAK = {
    "drug": {"name": "a weak drug"},
    "quantity": 30,
    "prepared_on": "2026-11-23",
    "source": {"strength": "50 mg", "tablets_weighed": 1, "total_mass": "0.160 g", "weighed_on": "2026-11-23"},
    "capsule": {"size": "3", "fill_mass": "120 mg"},
}
FINE = {
    **WEAK,
    "dose": "0.001 mg",
    "acknowledgements": [{"code": "too_fine_for_powder", "value": "0.001 mg", "reason": "reference_checked"}],
}
BULK = {"kind": "powder", "assay": "98 %"}
#: Orders by what is weighed for them; of each the weighings in the order of work, by name and step.
KINDS = {
    "portion": (GOOD, ["tablets", "portion", "diluent"]),
    "portion, balance of 6 mg": (changed(GOOD, {"balance": SIX}), ["tablets", "portion", "diluent"]),
    "all of the powder": (changed(GOOD, {"dose": "5 mg"}), ["tablets", "diluent"]),
    "all of the powder, weighed again": (
        changed(GOOD, {"dose": "5 mg", "source.recovered_mass": "0.480 g"}),
        ["tablets", "portion", "diluent"],
    ),
    "trituration of whole tablets": (
        {**WEAK, "dose": "0.05 mg"},
        ["tablets", *["diluent", "aliquot"] * 2, "diluent"],
    ),
    "trituration of what came back": (
        changed({**WEAK, "dose": "0.05 mg"}, {"source.recovered_mass": "0.156 g"}),
        ["tablets", "trituration", *["diluent", "aliquot"] * 2, "diluent"],
    ),
    "three steps": (FINE, ["tablets", *["diluent", "aliquot"] * 3, "diluent"]),
    "bulk powder": (
        changed(GOOD, {"source": BULK, "tablet_powder": None, "capsule.fill_mass": "120 mg"}) | {"diluent": {}},
        ["portion", "diluent"],
    ),
    "bulk powder, trituration": (
        {**WEAK, "dose": "0.05 mg", "source": BULK}
        | {"acknowledgements": [{"code": "dose_unit_unchecked", "value": "0.05 mg", "reason": "reference_checked"}]},
        ["trituration", *["diluent", "aliquot"] * 2, "diluent"],
    ),
    "balance of 0.01 mg": (
        changed(GOOD, {"balance": {"readability": "0.01 mg", "repeatability": "0.02 mg"}}),
        ["tablets", "portion", "diluent"],
    ),
    "balance with a minimum weight": (
        changed(GOOD, {"balance": {"readability": "0.1 mg", "minimum": "20 mg"}}),
        ["tablets", "portion", "diluent"],
    ),
}


#: Fingerprints that the release before printed on papers of the case book's orders.
PRINTED = {
    "001-worked-case": "QRSNISOMPGP5ZF7C",
    "002-plain-order": "HF5JJE72BMCSTDSP",
    "010-balance-sensitivity": "HMQJ6LHQY46AMOON",
    "011-balance-repeatability": "NZBKGKHUVV6AHEI7",
    "019-dose-as-base": "63AT2MA6VTXAO63J",
    "096-lactose-estimated": "ETY5VDE7EPLONLHZ",
}


def plan_of(tree):
    answer = CLIENT.post(PLAN, json=tree)
    assert answer.status_code == 200, answer.text
    validate("answer.schema.json", answer.get_json())
    return answer.get_json()["plan"]


def spread_of(tree):
    return plan_of(tree)["spread"]


def test_six_milligrams_on_432_are_0_80_per_cent():
    """The published anchor: a sensitivity of 6 mg on a portion of 432 mg."""
    portion = spread_of(changed(GOOD, {"balance": SIX}))["terms"][1]
    assert (portion["name"], portion["mass"]["text"], portion["error"]["text"]) == ("portion", "0.432 g", "6 mg")
    assert portion["of_mass"]["text"] == "0.8 %"
    assert isclose(root(portion["of_mass"]), 0.0080188, rel_tol=1e-5)
    assert squared_error_of_bound(figure(6, MG), figure(432, MG)).value == Fraction(6**2, 3 * 432**2)


@pytest.mark.parametrize("kind", KINDS)
def test_each_weighing_does_to_the_dose_what_a_little_more_of_it_does(kind):
    tree, names = KINDS[kind]
    plan = plan_of(tree)
    spread = plan["spread"]
    weighed = masses_of(plan, whole=not {"portion", "trituration"} & set(names))
    assert [term["name"] for term in spread["terms"]] == names == [name for name, _ in weighed]
    for name in set(names):
        steps = [term["step"] for term in spread["terms"] if term["name"] == name]
        assert steps == list(range(1, len(steps) + 1))
    for index, (term, (name, mass)) in enumerate(zip(spread["terms"], weighed, strict=True)):
        little = mass / 2**20
        more, less = (
            dose_of([*weighed[:index], (name, m), *weighed[index + 1 :]]) for m in (mass + little, mass - little)
        )
        steepness = abs(log(more) - log(less)) / (2 * little)
        assert isclose(root(term["of_mass"]), uncertainty(term) / mass, rel_tol=1e-9)
        assert isclose(root(term["of_dose"]), uncertainty(term) * steepness, rel_tol=1e-5)
    together = sqrt(sum(root(term["of_dose"]) ** 2 for term in spread["terms"]))
    assert isclose(root(spread["batch"]), together, rel_tol=1e-9)
    most = max(spread["terms"], key=lambda term: root(term["of_dose"]))
    assert spread["largest"] == {"name": most["name"], "step": most["step"]}
    assert spread["shift"] == plan["reverse_check"]["deviation"]


def test_of_equal_terms_the_first_is_the_largest():
    """All of the powder is used: its mass and that of its diluent change the dose by the same."""
    spread = spread_of(changed(GOOD, {"dose": "5 mg"}))
    of_tablets, of_diluent = (term["of_dose"]["exact"] for term in spread["terms"])
    assert of_tablets == of_diluent
    assert spread["largest"] == {"name": "tablets", "step": 1}


@pytest.mark.parametrize(
    ("balance", "error", "kind"),
    [
        ({"readability": "1 mg"}, "1 mg", "bound"),
        ({"readability": "10 mg", "minimum": "200 mg"}, "10 mg", "bound"),
        (SIX, "6 mg", "bound"),
        ({"readability": "0.1 mg", "repeatability": "0.041 mg"}, "41 mcg", "deviation"),
        ({"readability": "0.1 mg", "repeatability": "0.040999 mg"}, "41 mcg", "deviation"),
        ({"readability": "0.1 mg", "repeatability": "0.2 mg"}, "0.2 mg", "deviation"),
    ],
)
def test_the_error_is_that_of_the_rule_of_the_balance(balance, error, kind):
    """The tolerated error of 5 % is what the least weighable quantity may be off, and no error of any other mass."""
    for term in spread_of(changed(GOOD, {"balance": balance}))["terms"]:
        assert (term["error"]["text"], term["kind"]) == (error, kind)


def test_undiluted_bulk_powder_leaves_nothing_open():
    tree = changed(GOOD, {"dose": "98 mg", "source": BULK, "tablet_powder": None, "diluent": {}, "drug": None})
    tree |= {"drug": {"name": "a drug"}, "capsule": {"size": "3", "fill_mass": "100 mg"}}
    plan = plan_of(tree)
    assert plan["diluent"]["value"] == "0.000"
    (portion,) = plan["spread"]["terms"]
    assert (portion["of_mass"]["exact"], portion["of_dose"]["exact"]) == ("sqrt(1/27000000)", "sqrt(0/1)")
    assert (plan["spread"]["batch"]["text"], plan["spread"]["largest"]) == ("0 %", None)
    said = words(soup(ask_page(CLIENT, as_query(tree))).find(id="sure-title").parent)
    assert "without diluent" in said
    assert "may be off" not in said


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"source.tablets_weighed": None, "source.total_mass": None}, "weigh the tablets first"),
        ({"source.weighed_on": "2026-11-20"}, "weigh the tablets first"),
        ({"diluent.packing_statistic": None, "tablet_powder": None}, "the fill is only an estimate"),
        (
            {"diluent.packing_statistic": None, "tablet_powder": None, "capsule": {"size": "3", "brand": "another"}},
            "the fill of a capsule is not known",
        ),
    ],
)
def test_what_is_not_weighed_or_only_estimated_has_no_spread(changes, why):
    tree = changed(GOOD, changes)
    assert spread_of(tree) is None
    section = soup(ask_page(CLIENT, as_query(tree))).find(id="sure-title").parent
    assert f"Not known yet: {why}" in words(section)
    assert section.find("table") is None
    assert "19 in 20" not in text_of_pdf(sheet_pdf(planned(tree), "letter", annex=True))


def test_the_fingerprint_of_a_plan_is_what_it_was_before_its_spread_was_told():
    orders = {case["id"]: case["order"] for case in cases()}
    counted = {"beyond_use": {"counting": "day 0"}}  # as was the default when they were printed
    for name, fingerprint in PRINTED.items():
        answer = CLIENT.post(PLAN, json={**orders[name], **counted}).get_json()
        assert answer["fingerprint"] == fingerprint
    known = [CLIENT.post(PLAN, json=orders[name]).get_json()["plan"]["spread"] is not None for name in PRINTED]
    assert True in known
    assert False in known


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        (
            {},
            [
                "label says",
                "blend is even, each capsule holds its planned fill",
                "1 mg, the sensitivity assumed",
                "nothing of the next",
            ],
        ),
        (
            {"balance": SIX},
            [
                "label says",
                "blend is even, each capsule holds its planned fill",
                "6 mg, the sensitivity entered",
                "nothing of the next",
            ],
        ),
        (
            {"dose": "5 mg", "balance": {"readability": "1 mg", "minimum": "20 mg"}},
            [
                "label says",
                "blend is even, each capsule holds its planned fill",
                "none of it is left in the mortar",
                "1 mg, one step",
                "nothing of the next",
            ],
        ),
        (
            {"balance": {"readability": "0.1 mg", "repeatability": "0.01 mg"}, "source": BULK, "tablet_powder": None}
            | {"diluent.packing_statistic": None, "capsule.fill_mass": "120 mg"},
            [
                "certificate says",
                "blend is even, each capsule holds its planned fill",
                "41 mcg (standard deviation), the least that",
                "nothing of the next",
            ],
        ),
    ],
)
def test_the_conditions_are_told_in_words(changes, holds):
    tree = changed(GOOD, changes)
    conditions = spread_of(tree)["conditions"]
    assert len(conditions) == len(holds)
    assert all(part in text for part, text in zip(holds, conditions, strict=True))
    section = words(soup(ask_page(CLIENT, as_query(tree))).find(id="sure-title").parent)
    assert all(text in section for text in conditions)


def test_the_page_names_every_weighing_and_the_largest():
    section = soup(ask_page(CLIENT, as_query(FINE))).find(id="sure-title").parent
    rows = [words(row.th) for row in section.tbody.find_all("tr")]
    assert rows == [
        "All tablets, before crushing",
        *(
            f"{what}, step {step}"
            for step in (1, 2, 3)
            for what in ("Diluent of the trituration", "Trituration weighed out")
        ),
        "Diluent of the capsules",
        "All weighings",
    ]
    assert "from weighing what is taken out of step 2 of the trituration (0.100 g)" in words(section)
    assert "How one capsule differs from the next: check the weights of at least ten" in words(section)


def test_the_printed_sheet_says_how_sure_the_dose_is_in_a_few_lines():
    text = text_of_pdf(sheet_pdf(planned(changed(GOOD, {"balance": SIX})), "letter", annex=True))
    assert "may be off by 1 % (one standard deviation)" in text
    assert "from weighing the tablets (0.480 g): 0.72 % by itself" in text
    assert (
        "That holds if each capsule has its planned fill, the tablets hold what their label says, the blend is even "
        "and the balance is as entered"
    ) in text


def test_whole_tablets_weighed_together_are_made_up_to_the_total_of_their_step():
    """315 mg show as 320 and their 585 mg of diluent as 590, but both make 900 mg; a step of 10 mg is 100 / 3, squared.

    So a little more of the tablets counts as 1 / 320 - 1 / 900, and of the diluent as 1 / 900.
    """
    source = {"strength": "75 mg", "tablets_weighed": 3, "total_mass": "300 mg", "crushed_mass": "315 mg"}
    tree = {
        "drug": {"name": "prednisolone"},
        "dose": "1.5 mg",
        "quantity": 100,
        "prepared_on": "2026-11-23",
        "source": source,
        "balance": {"readability": "10 mg", "minimum": "250 mg"},
        "capsule": {"size": "000"},
        "diluent": {"packing_statistic": "1027 mg"},
        "tablet_powder": {"packing_statistic": "967.3 mg"},
    }
    plan = plan_of(tree)
    assert plan["triturations"][0]["total"]["exact"] == "0.9"
    terms = {(term["name"], term["step"]): term["of_dose"]["exact"] for term in plan["spread"]["terms"]}
    step = Fraction(100, 3)
    for name, effect in (("trituration", Fraction(1, 320) - Fraction(1, 900)), ("diluent", Fraction(1, 900))):
        assert terms[name, 1] == f"sqrt({step * effect**2})"


def test_a_spread_is_exact():
    spread = planned(changed(GOOD, {"balance": SIX})).spread
    assert {type(term.squared_effect.value) for term in spread.terms} == {Fraction}
    # 1/W^2, and (d / (p d + p p))^2 of the powder, (1 / (p + d))^2 of the diluent, each times 36/3 mg^2
    blend = Fraction(432 + 3697)
    terms = Fraction(1, 480) ** 2, (3697 / (432 * blend)) ** 2, (1 / blend) ** 2
    assert spread.squared.value == 12 * sum(terms)
