"""The pages that lay the program open and the Medication of FHIR, as a reader meets them: anchors, entries, sentences.

Anchors are written here as they are, since other pages and people's own links lead to them.
"""

import json
import re
import tomllib

import pytest

from calc.arithmetic.units import MG, figure
from calc.capsule.answer import answer
from calc.capsule.fhir import medication, written
from calc.faults import Refused
from calc.handbook.drugs import Part, drug_page
from calc.handbook.evidence import Block, Piece, blocks
from calc.handbook.example import NoExample, example_of
from calc.handbook.methods import subjects
from calc.library import BadFile
from tests.support.checked_client import soup, words
from tests.support.client import shared_app
from tests.support.orders import GOOD
from tests.support.papers import library, planned
from tests.support.places import ROOT
from tests.support.sheets import left_to_the_pharmacist, used_until
from tests.tools.compare_engines import trees

CLIENT = shared_app().test_client()  # what every page must hold besides is looked at by the handbook's other tests
ODD = re.compile(r"None|XX|[{}]|  ")
#: The parts of each page with the title of each, in order.
PARTS = {
    "/methods": {
        "subject-tablets": "From tablets to the powder to weigh out",
        "subject-forms": "Two chemical forms of one drug", "subject-bulk": "Bulk powder",
        "subject-weighing": "The balance", "subject-triturations": "Triturations",
        "subject-dilutions": "The search for a trituration",
        "subject-capsules": "What goes into a capsule", "subject-blending": "Blending",
        "subject-checks": "Checks that leave with the batch", "subject-offers": "Ways to make it",
        "subject-beyond_use": "Beyond-use dates", "subject-spread": "How sure the dose is",
        "subject-samples": "Capsules that were made", "subject-titration": "Titration",
        "subject-ingredients": "Further ingredients", "subject-liquids": "Oral liquids", "subject-bench": "Bench",
    },
    "/limits": {
        "fields": "What each field of an order takes", "liquid-fields": "What an order of a liquid takes besides",
        "label": "How long the texts on a label may be",
        "checks": "What each field of a check on capsules takes",
        "bench": "What is taken of amounts typed at the bench", "bounds": "Bounds that the rules use",
        "defaults": "What an order means where it says nothing",
        "liquid-defaults": "What a liquid means where it says nothing", "besides": "Besides",
        "drug-naltrexone": "Naltrexone: doses and defaults", "dates": "Longest beyond-use dates",
        "vehicles": "Vehicles",
    },
    "/drugs/naltrexone": {
        "names": "Names", "forms": "Chemical forms", "doses": "Doses", "bands": "Named bands of doses",
        "products": "Products", "avoided": "Diluents that need a reason", "cautions": "Cautions",
        "screening": "Screening before release", "studies": "Stability studies", "warnings": "Warnings on the label",
    },
}  # fmt: skip
OWN = "Our own decision; the pharmacy may set another value"
TOLJAN = "Toljan and Vrooman, Medical Sciences 2018, 6(4), 82, doi.org/10.3390/medsci6040082"
#: Entries as they read, each under the part that it belongs to. Three points stand for what a source says of itself.
ENTRIES = {
    "/methods": """
subject-tablets: Batch with allowance Capsules to make so that \u201cquantity\u201d are left after the loss in making; \
rounded up to whole capsules afterwards. batch with allowance = quantity \u00d7 (1 + allowance) Units quantity: \
capsule ; allowance: ratio ; result: capsule Proof capsule \u00d7 (1 + ratio) = capsule Example 30 capsules \u00d7 \
(1 + 0.1) = 33 capsules By pint 33 capsules Customary practice
""",
    "/limits": f"""
fields: Dose 0.001 mcg to 10 g A capsule's dose can be read between these {OWN} dose
bounds: Least allowance 1 % Below it an allowance looks like a factor {OWN} LEAST_ALLOWANCE
defaults: Allowance for loss 0 % No capsule is made that was not asked for {OWN} allowance
label: Phone of the pharmacy (a setting) 20 characters at most A number with its area code and punctuation {OWN} \
pharmacy.phone
besides: Most steps of the schedule of a titration 24 {OWN} SCHEDULE_STEPS
liquid-defaults: Water in the vehicle yes The shorter dates, where nothing is said of the vehicle {OWN} vehicle.aqueous
liquid-defaults: Oral syringes 1 mL in 0.01 mL, 3 mL in 0.1 mL, 5 mL in 0.2 mL, 10 mL in 0.5 mL A common set; the \
bench's own may be entered ... syringes
drug-naltrexone: Tenfold slip looked for above 15 mg Above it the question is whether a tenth was meant Upper end 6 \
mg: Bruun and others, ... naltrexone.dose.tenfold_above
drug-naltrexone: Capsule size 3 Where an order does not say the drug's file naltrexone.default_size
drug-naltrexone: Chemical form naltrexone hydrochloride That dose and strength are stated in where an order does not \
say the drug's file naltrexone.default_basis
dates: Liquid taken by mouth with a water activity below 0.6, such as a suspension in fixed oil 90 days, controlled \
room temperature or refrigerator USP <795> (2023), ... oral_liquid_nonaqueous
""",
    "/drugs/naltrexone": f"""
names: Easily confused with naloxone
names: Also called revia, depade, vivitrol, contrave, ldn, naltrexon, naltrexona, naltroxone, naltraxone
names: Taken from 50 mg tablets, immediate release, where an order does not say.
forms: Naltrexone base 341.4 g/mol C20H23NO4, ...
doses: Usual to 6 mg Above it a dose needs a reason
bands: Ultra-low dose below 1 mcg {TOLJAN} (below 1 mcg a day)
bands: Low dose 1 mg to 5 mg {TOLJAN} (1 to 5 mg a day)
products: Accord Healthcare 50 mg, immediate release: may be crushed NDC 16729-081 Contains lactose. Oval film-coated \
tablet marked 50. http://www.cvs.com/...
products: ReVia (brand) 50 mg, immediate release: may be crushed Check the label: maker, NDC and excipients of this \
brand were not found. https://rosheta.com/en/2706/revia
products: Contrave (Nalpropion / Currax) 8 mg, extended release: refused NDC 51267-890 Refused: an extended-release \
tablet that must not be crushed, and it holds a second active drug, ... https://dailymed...
screening: Liver disease? If yes: Liver problems are known at 50 to 100 mg of naltrexone a day. Acute hepatitis and \
liver failure above all. If yes, speak with the prescriber before release.
warnings: Blocks opioid pain medicines. Is Low Dose Naltrexone Helpful?
""",
}
#: What each part of the drug's page is called in its file.
IN_THE_FILE = {
    "forms": "bases", "products": "products", "avoided": "diluents_to_avoid", "cautions": "cautions",
    "screening": "screening", "studies": "studies", "warnings": "label_warnings",
}  # fmt: skip


def entries(read, anchor):
    return [words(entry) for entry in read.find(id=anchor).parent.select(".entries > li")]


@pytest.mark.parametrize("path", PARTS)
def test_a_page_keeps_its_anchors_its_order_and_its_entries_and_says_nothing_odd(path):
    """The links at its top lead to its parts, the shown work of a plan to a formula."""
    read = soup(CLIENT.get(path))
    assert [(title["id"], words(title)) for title in read.find_all("h2", id=True)] == list(PARTS[path].items())
    links = [(link["href"], words(link)) for link in read.main.nav.find_all("a")]
    assert links == [(f"#{anchor}", title) for anchor, title in PARTS[path].items()]
    for line in ENTRIES[path].strip().splitlines():
        anchor, _, entry = line.partition(": ")
        pattern = re.escape(entry).replace(r"\.\.\.", ".+")
        assert [said for said in entries(read, anchor) if re.fullmatch(pattern, said)], line
    if path == "/methods":
        for anchor in ("drug_needed", "tablets_exact", "portion", "least_by_sensitivity", "mean_mass"):
            assert words(read.find("li", id=anchor).h3) == anchor.replace("_", " ").capitalize()
    said = [text for text in read.main.get_text("\n").replace("\u00a0", " ").split("\n") if text]
    assert len(said) > 100
    assert [text for text in said if ODD.search(text)] == []


def test_every_part_of_a_drugs_file_is_an_entry_with_its_reference():
    content = tomllib.loads((ROOT / "calc/drugs/naltrexone.toml").read_text(encoding="utf-8"))
    sections = {section.anchor: section for section in drug_page(library().drugs["naltrexone"]).sections}
    for anchor, name in IN_THE_FILE.items():
        kept = list(content[name].values()) if isinstance(content[name], dict) else content[name]
        shown = sections[anchor].parts
        assert len(shown) == len(kept)
        for part, entry in zip(shown, kept, strict=True):
            reference = entry["source"] if anchor == "products" else entry.get("reference", "")
            assert part.reference == (f"{reference}. {entry['source']}" if anchor == "studies" else reference)
    severities = {"warning": "Warning", "caution": "Caution", "information": "Information"}
    told_at = {
        "liver": "At 4.5 mg: The common dose of 4.5 mg has not seemed to cause them.",
    }
    assert [(part.name, part.lines) for part in sections["cautions"].parts] == [
        (
            severities[caution["severity"]],
            (caution["text"], *filter(None, [told_at.get(caution["code"])])),
        )
        for caution in content["cautions"]
    ]
    assert sections["doses"].about == ("Stated as naltrexone hydrochloride.", content["dose"]["reference"])
    assert sections["avoided"].parts[0].lines[1] == "Evidence: weak."
    of_capsules, of_liquid, _ = sections["studies"].parts
    assert of_capsules.name == "Capsules: 360 days, room temperature, protected from light"
    assert of_capsules.lines[1:] == (f"With {', '.join(content['studies'][0]['diluents'])}.",)
    assert of_liquid.name == "Oral liquid: 60 days, 4 C, protected from light"
    assert of_liquid.lines[1:] == (
        "Counts for liquids of 1 mg in 1 mL with water and a preservative, kept so: refrigerator.",
    )


def test_what_a_drugs_file_does_not_hold_has_no_part():
    drug = library().drugs["naltrexone"]
    confused = drug_page(drug.model_copy(update={"confused_with": ("one", "another")})).sections[0].parts[1]
    assert confused == Part("Easily confused with", ("one, another",))
    nothing = {"also_called": (), "confused_with": (), "products": (), "diluents_to_avoid": (), "cautions": ()}
    nothing |= {"screening": (), "studies": (), "label_warnings": ()}
    (band,) = (band for band in drug.dose.bands if band.label == "low dose")
    dose = drug.dose.model_copy(update={"bands": (band.model_copy(update={"high": None}),)})
    bare = drug_page(drug.model_copy(update={**nothing, "dose": dose}))
    assert bare.title == "Naltrexone: what is known here"
    assert [section.anchor for section in bare.sections] == ["names", "forms", "doses", "bands"]
    assert [part.name for part in bare.sections[0].parts] == ["Taken from"]
    assert bare.sections[-1].parts == (Part("Low dose", ("from 1 mg",), band.reference),)


def test_a_document_is_read_block_by_block():
    text = "# One\n\n## Two\n\n### Three\n\nA *b* **c** d `e` f.\n\n- one\n- two `x`\n\n1. first\n\n"
    text += "| h | i |\n|---|---|\n| j | **k** |\n| l | m |\n"
    line = lambda *pieces: tuple(Piece(kind, text) for kind, text in pieces)  # noqa: E731
    plain = lambda text: line(("text", text))  # noqa: E731
    mixed = [("text", "A "), ("strong", "b"), ("text", " "), ("strong", "c"), ("text", " d "), ("code", "e")]
    assert blocks(text) == (
        Block("h1", (plain("One"),)), Block("h2", (plain("Two"),)), Block("h3", (plain("Three"),)),
        Block("p", (line(*mixed, ("text", " f.")),)),
        Block("ul", (plain("one"), line(("text", "two "), ("code", "x")))),
        Block("ol", (plain("first"),)),
        Block("table", rows=((plain("h"), plain("i")), (plain("j"), line(("strong", "k"))), (plain("l"), plain("m")))),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [("#### four\n", "heading_open"), ("- a\n  1. b\n", "bullet_list_open"), ("1. a\n   - b\n", "ordered_list_open")],
)
def test_a_document_that_holds_something_else_is_refused_by_its_name(text, named):
    with pytest.raises(BadFile, match=rf"^evidence\.md: {named} is not read here$"):
        blocks(text)


@pytest.mark.parametrize(
    ("doc", "figures"),
    [
        (">>> from calc.arithmetic.units import MG\n>>> half(figure(4, MG))\n2", (figure(4, MG),)),
        (">>> both = figure('4', MG), MG\n>>> half(*both, figure(3, MG)).value\n2", (figure(4, MG), MG, figure(3, MG))),
        (">>> half((1, n))\n", None),
        (">>> import os\n>>> other(half(figure(1, MG)))\n", (figure(1, MG),)),
        (">>> half((1, 2), MG)\n", ((1, 2), MG)),
    ],
)  # fmt: skip
def test_an_example_is_read_in_the_forms_it_is_written_in(doc, figures):
    class Half:
        name = "half"

    Half.doc = doc
    if figures is not None:
        assert example_of(Half) == figures
        return
    with pytest.raises(NoExample, match=r"^half: n is not read here$"):
        example_of(Half)


def test_an_example_without_a_call_is_refused_by_the_name_of_its_formula():
    class Half:
        name, doc = "half", ">>> whole(1)\n1"

    with pytest.raises(NoExample, match=r"^half: no call in the docstring$"):
        example_of(Half)


def test_every_rule_says_what_it_does_in_one_line():
    found = subjects()
    assert all(subject.about and "\n" not in subject.about for subject in found)
    others = [(other.name, other.says) for subject in found for other in subject.others]
    assert all(says and "`" not in says for _, says in others)
    assert len(dict(others)) == len(others) >= 9


# FHIR.


def exact_numbers(resource):
    return json.loads(written(resource), parse_float=str, parse_int=str)


def test_the_worked_case_as_a_whole():
    plan = planned(GOOD | {"internal_number": "R 7"})
    found = exact_numbers(medication(plan))
    ucum = "http://unitsofmeasure.org"
    one = {"value": "1", "unit": "capsule", "system": ucum, "code": "{capsule}"}
    strength = lambda number: {  # noqa: E731
        "numerator": {"value": number, "unit": "mg", "system": ucum, "code": "mg"}, "denominator": one,
    }  # fmt: skip
    item = lambda text, active: {"item": {"concept": {"text": text}}, "isActive": active}  # noqa: E731
    identifier, narrative = found.pop("identifier"), found.pop("text")
    assert found == {
        "resourceType": "Medication",
        "code": {"text": "naltrexone hydrochloride 4.5 mg capsules"},
        "status": "active",
        "doseForm": {"text": "capsule"},
        "totalVolume": {**one, "value": "30"},
        "ingredient": [
            {**item("naltrexone hydrochloride", True), "strengthRatio": strength("4.5")},
            item("Excipients of the crushed 50 mg tablets", False),
            {**item("microcrystalline cellulose PH-101", False), "strengthRatio": strength("123.2")},
        ],
        "batch": {"lotNumber": "R 7", "expirationDate": "2027-05-21"},
    }
    assert [entry["type"] for entry in identifier] == [{"text": "Plan ID by Triturate 0.6.1"}]
    assert narrative["status"] == "generated"
    assert narrative["div"] == (
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>30 capsules of naltrexone 4.5 mg</p>'
        "<p>Not released until both questions are answered</p></div>"
    )


def strings(part):
    if isinstance(part, dict | list):
        parts = part.values() if isinstance(part, dict) else part
        return [text for one in parts for text in strings(one)]
    return [part] if isinstance(part, str) else []


def test_a_medication_of_any_plan_says_the_figures_of_its_answer():
    number = 0
    for tree in trees(40, "fhir"):
        try:
            plan = planned(tree)
        except Refused:
            continue
        found, shown, number = medication(plan), answer(plan), number + 1
        texts = {text for text in strings(found) if text not in strings(tree)} - {"{capsule}", shown["fingerprint"]}
        assert [text for text in texts if not text.strip() == text != "" or ODD.search(text)] == []
        drug = found["ingredient"][0]["strengthRatio"]["numerator"]
        assert f"{drug['value']} {drug['unit']}" == shown["order"]["dose"]
        assert found["totalVolume"]["value"] == str(shown["plan"]["batch"])
        # What the pharmacist has still to set is no date yet; it stands in the text.
        left_open = left_to_the_pharmacist(shown["order"])
        date = shown["plan"]["beyond_use"]["date"]
        assert found.get("batch", {}).get("expirationDate") == (None if left_open else date)
        said = used_until(shown["order"], shown["plan"]["beyond_use"], [])
        assert (said.removesuffix(")") in found["text"]["div"]) is left_open
        diluent, each = found["ingredient"][-1].get("strengthRatio"), shown["plan"]["diluent_per_capsule"]
        estimated = "diluent_per_capsule" in shown["plan"]["estimated"]
        assert (diluent is not None) == (each is not None and not estimated and each["exact"] != "0")
        if diluent:
            assert (diluent["numerator"]["value"], diluent["numerator"]["unit"]) == (each["value"], "mg")
    assert number > 10
