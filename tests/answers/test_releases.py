"""Answers recorded of each release: a later one answers the same, or its changelog says what changed.

A sentence may be worded otherwise, but it says the same figures.
"""

import json
import re

import pytest

from tests.support.orders import changed
from tests.support.places import ROOT
from tests.tools.compare_engines import KINDS
from tests.tools.release_answers import PLAN, RELEASES, ask, main, make_client, numbers

CLIENT = make_client()
FOLDERS = sorted((folder for folder in RELEASES.iterdir()), key=lambda folder: numbers(folder.name))


def recorded(folder):
    return [json.loads(line) for line in (folder / "answers.ndjson").read_text(encoding="ascii").splitlines()]


RECORDS = {folder.name: recorded(folder) for folder in FOLDERS}
CHANGED = {folder.name: json.loads((folder / "changed.json").read_text(encoding="utf-8")) for folder in FOLDERS}
ALL = [pytest.param(release, each, id=f"{release} {each['name']}") for release in RECORDS for each in RECORDS[release]]


#: Where an answer has sentences: a text that is no figure's, and these names.
SENTENCES = frozenset({"title", "reference", "conditions", "detail"})
NUMBER = re.compile(r"[-+\u2212]?\d+(?:[.,/]\d+)*")


def unlike(before, now, path=""):
    """Return the places where an answer differs from the recorded one; new names and their defaults do not count."""
    if isinstance(before, dict) and isinstance(now, dict):
        pairs = [(name, before[name], now.get(name, "no longer said")) for name in before]
        said = {name for name in before if name in SENTENCES or (name == "text" and "exact" not in before)}
        pairs = [(name, *(map(figures_in, both) if name in said else both)) for name, *both in pairs]
    elif path == "answer.defaults":
        return [] if [default for default in now if default in before] == before else [path]
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = [(index, *both) for index, both in enumerate(zip(before, now, strict=True))]
    else:
        return [] if before == now and type(before) is type(now) else [path]
    return [place for name, *both in pairs for place in unlike(*both, f"{path}.{name}".lstrip("."))]


def figures_in(sentence):
    """Return the numbers of a sentence, or of each of several, in their order; anything else as it is."""
    if isinstance(sentence, list):
        return [figures_in(each) for each in sentence]
    return NUMBER.findall(sentence) if isinstance(sentence, str) else sentence


def changed_results():
    """Return the text under each "Changed result" of CHANGELOG.md as one line."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return " ".join(" ".join(re.findall(r"^\*\*Changed result\*\*$(.*?)(?=^## |^\*\*|\Z)", text, re.M | re.S)).split())


@pytest.mark.parametrize(("release", "record"), ALL)
def test_an_order_of_a_release_is_answered_as_it_was_or_the_changelog_says_why_not(release, record):
    status, answer = ask(CLIENT, record["path"], record["order"])
    found = unlike({key: record[key] for key in ("status", "answer")}, {"status": status, "answer": answer})
    if record["name"] in CHANGED[release]:
        assert found, "answered as it was: take it out of changed.json"
    else:
        assert found == []


@pytest.mark.parametrize("release", RECORDS)
def test_each_changed_answer_has_its_line_in_the_changelog(release):
    assert CHANGED[release].keys() <= {each["name"] for each in RECORDS[release]}
    said = changed_results()
    assert [why for why in CHANGED[release].values() if not why or " ".join(why.split()) not in said] == []


def test_only_changed_results_give_a_reason():
    assert "now 0.160 g made up to 0.350 g" in changed_results()
    assert "Pictures on the page of a plan" not in changed_results()
    assert "0.1.0, 2026-11-22" not in changed_results()


@pytest.mark.parametrize("release", RECORDS)
def test_the_answers_of_a_release_are_of_every_kind_and_no_more_than_a_checkout_bears(release):
    records = RECORDS[release]
    assert len({each["name"] for each in records}) == len(records) == 200
    for path in {kind.path for kind in KINDS.values()}:
        assert {each["status"] for each in records if each["path"] == path} == {200, 422}
    assert "liquid" in {each["order"].get("preparation") for each in records}
    assert (RELEASES / release / "answers.ndjson").stat().st_size < 3_000_000


@pytest.mark.parametrize("release", RECORDS)
def test_each_recorded_order_says_its_day_of_making(release):
    records = RECORDS[release]
    orders = [each["order"] if each["path"] == PLAN else each["order"].get("order") for each in records]
    assert [order for order in orders if isinstance(order, dict) and order.get("prepared_on") is None] == []


@pytest.mark.parametrize(
    ("path", "value", "places"),
    [
        ("portion.value", "0.433", ["answer.portion.value"]),
        ("portion", "0.432 g", ["answer.portion"]),
        ("notices", [], ["answer.notices"]),
        ("portion.text", "0.433 g", ["answer.portion.text"]),
        ("tablets_to_crush", 3.0, ["answer.tablets_to_crush"]),
        ("stops.0.text", "Less than 20 mg: it is 16 mg.", ["answer.stops.0.text.0", "answer.stops.0.text.1"]),
        ("stops.0.text", "The 16 mg to weigh out are less than 20 mg.", []),
        ("stops.0.code", "below_mark", ["answer.stops.0.code"]),
        ("defaults", ["drug"], ["answer.defaults"]),
        ("portion.low", "0.428", []),
        ("bench", [{"key": "portion"}], []),
        ("defaults", ["drug", "source.least_tablets", "allowance"], []),
    ],
)
def test_a_changed_figure_is_noticed_and_a_new_name_is_no_change(path, value, places):
    before = {"portion": {"value": "0.432", "unit": "g", "text": "0.432 g", "exact": "0.432"}, "tablets_to_crush": 3}
    before["notices"] = [{"code": "no_reserve"}]
    before["stops"] = [{"code": "below_least", "text": "A portion of 16 mg is below 20 mg."}]
    before["defaults"] = ["drug", "allowance"]
    assert unlike({"answer": before}, {"answer": changed(before, {path: value})}) == places


def test_a_name_that_is_no_longer_said_is_noticed():
    before = {"answer": {"fingerprint": "QRSNISOMPGP5ZF7C"}}
    assert unlike(before, {"answer": {}}) == ["answer.fingerprint"]


def test_a_release_that_another_follows_is_never_recorded_again(capsys):
    assert main("0.0") == 1
    assert "0.0 is out" in capsys.readouterr().out
    assert numbers("0.9") < numbers("0.10")
