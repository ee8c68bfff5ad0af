"""The pages and the endpoint of published formulations: found by drug and form, whole with what is not known, and an
order that opens prefilled and lacks no more than it asks for."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from calc.library import load
from tests.support.checked_client import soup, words
from tests.support.client import make_client

CLIENT = make_client()
KNOWN = load().formulations
ALL = "/api/v1/formulations"


def titles(query):
    read = soup(CLIENT.get("/formulations", query_string=query))
    return [words(each) for each in read.select(".entries h3")]


def test_formulations_are_found_by_drug_by_form_and_by_any_word():
    assert len(titles({})) == len(KNOWN)
    assert titles({"drug": "Clonidine"}) == ["Clonidine oral liquid 0.1 mg/mL", "Clonidine oral suspension 20 mcg/mL"]
    assert titles({"drug": "  naltrexone", "form": "capsule"}) == [
        "Naltrexone capsules 1.5 mg and 4.5 mg",
        "Naltrexone capsules with microcrystalline cellulose",
    ]
    assert titles({"drug": "ora-blend quinidine", "form": "liquid"}) == ["Quinidine sulfate oral suspension 10 mg/mL"]
    assert titles({"drug": "warfarin"}) == []
    assert "No formulation here has that." in words(soup(CLIENT.get("/formulations?drug=warfarin")).main)


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ({"drug": "a" * 41}, "drug", "Type at most 40 characters."),
        ({"drug": "bac", "form": "syrup"}, "form", "Choose one of the forms in the list."),
    ],
)
def test_a_search_that_cannot_be_read_says_why_at_its_field_and_keeps_what_was_typed(query, field, said):
    answer = CLIENT.get("/formulations", query_string=query)
    read = soup(answer)
    assert answer.status_code == 422
    assert said in words(read.find(id=f"{field}-error"))
    assert read.find(id=field)["aria-describedby"] == f"{field}-error"
    assert read.find(id="drug")["value"] == query["drug"]
    assert read.select(".entries h3") == []


@pytest.mark.parametrize("key", KNOWN)
def test_a_page_has_all_that_was_seen_and_says_not_known_of_the_rest(key):
    """The page against the endpoint, which has null where nothing was seen."""
    (said,) = CLIENT.get(ALL, query_string={"key": key}).get_json()["formulations"]
    read = soup(CLIENT.get(f"/formulations/{key}"))
    text = words(read.main).casefold()
    for part in (
        *(said["title"], said["strength"], said["container"]),
        *(each[name] for each in said["contents"] for name in ("name", "amount", "role")),
        *(each[name] for each in said["dates"] for name in ("condition", "container", "reference", "note")),
        *(each["text"] for each in said["method"]),
        *said["cautions"], *said["differs"], *said["not_seen"],
        *(said["reference"][name] for name in ("authors", "title", "where")), *said["reference"]["addresses"],
    ):  # fmt: skip
        assert part is None or part.casefold() in text, part
    for section, name, value in (("what", "Strength", said["strength"]), ("what", "Container", said["container"])):
        (shown,) = [each for each in read.find(id=section).parent.select("li") if words(each.h3) == name]
        assert ("Not known" in words(shown)) == (value is None)
    amounts = [words(each.p) for each in read.find(id="contents").parent.select("li")]
    assert [amount == "Not known" for amount in amounts] == [each["amount"] is None for each in said["contents"]]
    verdict = words(read.select_one(".lead strong"))
    assert verdict.startswith("Whole" if said["whole"] else "Incomplete")
    assert bool(read.select_one(".handbook .button")) == (said["order"] is not None)


def test_make_this_opens_an_order_that_lacks_no_more_than_the_formulation_asks_for():
    for key, said in KNOWN.items():
        link = soup(CLIENT.get(f"/formulations/{key}")).select_one(".handbook .button")
        if link is None:
            assert said.order is None
            continue
        opened = CLIENT.get(link["href"], follow_redirects=True)
        asked = {path.replace(".", "-") for path in said.asked}
        assert {each["id"].removesuffix("-error") for each in soup(opened).select(".error[id]")} <= asked, key
        query = parse_qsl(urlsplit(link["href"]).query)
        said_strength = dict(query)
        dose, unit = said_strength.get("strength", "1"), said_strength.get("strength_unit", "mg")  # as much as in 1 mL
        query += [("dose", dose), ("dose_unit", unit)]
        if "source.strength" in said.asked:
            query += [("source-strength", "50"), ("source-strength_unit", "mg")]
        if "source.contents" in said.asked:
            query += [("source-contents", "powder"), ("source-release", "immediate")]
        if "source.release" in said.asked and "source.contents" not in said.asked:
            query += [("source-release", "delayed")]
        planned = soup(CLIENT.get("/liquid", query_string=query, follow_redirects=True))
        thick = {"strength"} if "one tablet goes into each mL" in " ".join(said.differs) else set()
        assert {each["id"].removesuffix("-error") for each in planned.select(".error[id]")} == thick, key


def test_the_endpoint_lists_all_or_those_of_the_keys_and_knows_no_other():
    answer = CLIENT.get(ALL)
    listed = answer.get_json()["formulations"]
    assert [each["key"] for each in listed] == list(KNOWN)
    two = ["pub:ursodiol-50-usp", "pub:naltrexone-1-fawcett"]
    some = CLIENT.get(ALL, query_string=[("key", key) for key in (*two, two[0])]).get_json()["formulations"]
    assert [each["key"] for each in some] == two
    assert [each for each in listed if each["key"] == two[0]] == some[:1]
    assert some[0]["order"]["vehicle"]["parts"] == [
        {"name": "Ora-Sweet SF", "share": 1},
        {"name": "Ora-Plus", "share": 1},
    ]
    assert (some[1]["drug"], some[1]["whole"], some[1]["made"]["count"]) == ("naltrexone", True, "2")
    refused = CLIENT.get(ALL, query_string=[("key", two[0]), ("key", "mfr:1")])
    assert (refused.status_code, refused.get_json()["type"]) == (404, "/problems/not-found")
    assert CLIENT.get("/formulations/pub:nobody").status_code == 404


def test_an_order_sent_as_the_endpoint_says_it_is_planned_by_the_endpoint():
    (said,) = CLIENT.get(ALL, query_string={"key": "pub:baclofen-5-cheo"}).get_json()["formulations"]
    plan = CLIENT.post("/api/v1/plan", json={**said["order"], "dose": "5 mg"}).get_json()["plan"]
    assert (plan["tablets_to_crush"], plan["drug_needed"]["text"]) == (25, "500 mg")
    assert not re.search("naltrexone", str(said))
