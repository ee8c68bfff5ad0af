"""The page on the architecture is true: its storeys, its rooms and its walk are those of the code."""

import re
import sys
import tomllib
from datetime import date

import pytest

from calc.web.app import create_app
from tests.support.orders import GOOD, dated
from tests.support.places import ROOT
from tests.support.queries import as_query

PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
#: What is looked up from everywhere.
GROUND = ("calc.arithmetic", "calc.rules", "calc.limits", "calc.faults", "calc.references")
#: The folders of `calc/` that hold data and no code.
DATA = {"drugs", "formulations", "tables", "static"}


def drawn(kind):
    """The lines of a drawing."""
    (text,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return text.splitlines()


def walked():
    """The modules that the worked order enters on its way to page and sheet, each when it is first entered."""
    client = create_app(today=lambda: date(2026, 11, 24)).test_client()
    query = as_query(dated(GOOD))  # with every expiry, so that its label is tried
    asked = [("/", query), ("/sheet.pdf", [*query, ("paper", "letter")])]
    for path, query in asked:  # once before, so that what is kept for all orders is made already
        client.get(path, query_string=query, follow_redirects=True)
    entered = {}

    def note(frame, event, _):
        if event == "call":
            entered.setdefault(frame.f_globals.get("__name__", ""))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        for path, query in asked:
            assert client.get(path, query_string=query, follow_redirects=True).status_code == 200
    finally:
        sys.setprofile(before)
    return [name for name in entered if name.startswith("calc.")]


def test_the_storeys_are_those_of_the_import_contract():
    (contract,) = (one for one in CONTRACTS if one["type"] == "layers" and one["containers"] == ["calc"])
    assert contract["exhaustive"] is True
    assert drawn("storeys") == [
        " | ".join(f"calc.{name}" for name in layer.split(" | ")) for layer in contract["layers"]
    ]


def test_every_room_of_the_columns_exists():
    table = PAGE.split("## Columns")[1].split("Beside them")[0]
    rows = [
        [re.findall(r"`([\w/]+)`", cell) for cell in line.split("|")[2:-1]]
        for line in table.splitlines()
        if "`" in line
    ]
    heads, *cells = rows
    columns = ["", *(name.strip("/") + "/" for (name,) in heads[1:])]
    for row in cells:
        for column, names in zip(columns, row, strict=True):
            for name in names:
                path = ROOT / "calc" / f"{column}{name}".rstrip("/")
                assert path.is_dir() or path.with_suffix(".py").is_file(), path


@pytest.mark.parametrize(("one", "other"), [("capsule", "liquid"), ("cli", "web")])
def test_siblings_do_not_know_one_another(one, other):
    for here, there in ((one, other), (other, one)):
        for path in (ROOT / "calc" / here).rglob("*.py"):
            assert not re.search(
                rf"^\s*(?:from|import) calc\.{there}\b", path.read_text(encoding="utf-8"), re.MULTILINE
            )


def test_each_column_has_its_contract_and_every_package_a_line_that_says_what_it_is():
    held = {container for one in CONTRACTS if one["type"] == "layers" for container in one["containers"]}
    assert {"calc", "calc.capsule", "calc.liquid", "calc.titration", "calc.checks"} <= held
    for folder in (
        path for path in (ROOT / "calc").iterdir() if path.is_dir() and path.name not in DATA | {"__pycache__"}
    ):
        assert (folder / "__init__.py").read_text(encoding="utf-8").startswith('"""'), folder


def test_the_root_of_the_program_is_small():
    files = [path for path in (ROOT / "calc").iterdir() if path.is_file()]
    assert len(files) <= 10


def test_an_order_walks_through_the_rooms_as_drawn_and_through_none_twice():
    rooms = [line.split()[0] for line in drawn("walk")]
    assert len(set(rooms)) == len(rooms)
    assert not [room for room in rooms if room.startswith(GROUND)]
    assert [name for name in walked() if name in rooms] == rooms


def test_the_packages_that_the_walk_leaves_out_are_the_ground_floor_or_stand_in_the_page():
    """No package is entered in silence."""
    entered = {".".join(name.split(".")[:2]) for name in walked()}
    assert {name for name in entered if f"`{name.removeprefix('calc.')}" not in PAGE and name not in PAGE} == set()
