"""What published dates print: a line for the reviewer, hours with a blank, the storage, and rows on the page."""

from urllib.parse import parse_qsl, urlsplit

from calc.capsule.papers import label_lines, leaflet_content, sheet_content
from calc.capsule.sheet import sheet as capsule_sheet
from calc.liquid.papers import liquid_label_lines, liquid_leaflet_content, liquid_sheet_content
from calc.liquid.sheet import liquid_sheet
from calc.orders.query import shortest_pairs_of
from calc.paper.code import pack, unpack
from tests.planning.test_dates_by_studies import (
    CAPSULES,
    COLD,
    FROZEN,
    LIBRARY,
    LIQUID_ORDER,
    PROVEN,
    ROOM,
    UNPRESERVED,
    item,
    planned,
)
from tests.support.client import make_client
from tests.support.orders import dated
from tests.support.pages import read_page

BLANK = "______________"


def papers(tree, *studies, **more):
    """The day on the sheet, the label's line, the leaflet's lines and the boxes of the sheet."""
    made = planned(dated(tree), *studies, **more)
    drug, liquid = LIBRARY.drugs["naltrexone"], "preparation" in tree
    sheet = (liquid_sheet_content if liquid else sheet_content)(made, "letter")
    label = liquid_label_lines(made, liquid_sheet(made)) if liquid else label_lines(made, capsule_sheet(made))
    leaflet = (liquid_leaflet_content if liquid else leaflet_content)(made, drug, "letter")
    lines = [line for part in leaflet["practice"] for line in part["lines"]]
    return sheet["discard"], label["until"], lines, sheet["boxes"]


def test_a_longer_date_has_a_reviewers_line_and_its_container_on_the_sheet():
    day, label, leaflet, boxes = papers(LIQUID_ORDER, item(COLD, 91, **PROVEN))
    assert (day["day"], day["iso"]) == ("February 27, 2027", "2027-02-27")
    assert label == "Discard after February 27, 2027 by a study"
    assert "A published study sets this date." in leaflet
    (box,) = boxes
    assert box["said"] == (
        "It rests on the published study entered (J Pharm 2018).",
        "It holds in this container alone: amber glass.",
    )
    assert box["blanks"] == ("Reviewed for this formula, strength, container and storage by (name, signature, date):",)
    assert papers(LIQUID_ORDER, item(COLD, 30, **PROVEN))[3] == []


def test_hours_are_printed_with_a_blank_and_with_what_holds_without_it():
    day, label, leaflet, _ = papers(UNPRESERVED, item(COLD, hours=48, kind="recipe"))
    assert day["open"] == (
        f"Use within 48 hours of making: by (time, date) {BLANK}. If blank: discard after November 30, 2026."
    )
    assert label == (
        f"Use within 48 hours of making: by (time, date) {BLANK}. "
        "If blank: discard after November 30, 2026 by a recipe."
    )
    assert leaflet[-3:] == [
        "Use within 48 hours of making. The label says until when.",
        "If the label has no time: Discard it after November 30, 2026.",
        "A published recipe sets this date.",
    ]


def test_fewer_than_24_hours_leave_no_whole_day_to_fall_back_on_and_another_day_still_ends_them():
    day, label, leaflet, _ = papers(UNPRESERVED, item(COLD, hours=12), item(COLD, 1))
    assert label == (
        f"Use within 12 hours of making: by (time, date) {BLANK}, not after November 29, 2026. "
        "Not to be used while this is blank."
    )
    assert "not after November 29, 2026" in day["open"]
    assert "If the label has no time, ask your pharmacist before use." in leaflet


def test_capsules_print_the_storage_chosen():
    for storage, degrees in ((COLD, "36 to 46 °F"), (FROZEN, "-13 to 14 °F")):
        made = planned(dated(CAPSULES), item(storage, 60), storage=storage)
        assert degrees in label_lines(made, capsule_sheet(made))["store"]
        assert degrees in str(sheet_content(made, "letter", annex=True)["annex"]["until_lines"])
        assert degrees in str(leaflet_content(made, LIBRARY.drugs["naltrexone"], "letter")["practice"])


def test_the_page_takes_all_of_it_adds_a_row_by_a_button_and_a_code_gives_all_back():
    """Row 2 was left blank: the address closes the gap, and says nothing of what nobody said."""
    client, name = make_client(), "beyond_use-studies"
    first = {"hours": "48", "storage": COLD, "reference": "AHS 257"}
    third = {"days": "91", "storage": ROOM, "reference": "J Pharm", "kind": "monograph", "microbial": "yes"}
    typed = [(f"{name}-{row}-{part}", text) for row, said in ((0, first), (2, third)) for part, text in said.items()]
    order = [("dose", "4.5"), ("dose_unit", "mg"), ("quantity", "30"), ("beyond_use-storage", COLD)]
    moved = client.get("/", query_string=[*order, *typed, (f"{name}-1-kind", "")])
    closed = [(field.replace(f"{name}-2-", f"{name}-1-"), text) for field, text in typed]
    assert moved.status_code == 303
    assert sorted(parse_qsl(urlsplit(moved.headers["Location"]).query)) == sorted([*order, *closed])
    page = read_page(client.get("/", query_string=[*order, *closed, ("more", "studies")], follow_redirects=True))
    (group,) = [each for each in page.select("details.group[open]") if f"{name}-2-days" in str(each)]
    assert group.find_parent("details", class_="step").has_attr("open")
    assert [page.find(id=f"{name}-1-{part}")["value"] for part in ("days", "reference")] == ["91", "J Pharm"]
    assert sorted(unpack(pack(closed))) == sorted(closed)
    made = planned(CAPSULES, item(COLD, hours=48, **PROVEN), *[item(ROOM, 91, kind="recipe")] * 7, storage=COLD)
    assert sorted(unpack(pack(shortest_pairs_of(made.order)))) == sorted(shortest_pairs_of(made.order))
    assert client.get("/", query_string=[*order, ("more", "capsules")]).status_code == 422


def test_a_schedule_of_frozen_capsules_without_a_date_says_so_and_leads_to_no_paper():
    typed = {"schedule-0-dose": "5", "schedule-0-dose_unit": "mg", "schedule-0-days": "14", "prepared_on": "2026-11-24"}
    typed |= {f"{part}-expiry": "2029-01-31" for part in ("source", "diluent", "capsule")}
    page = read_page(make_client().get("/titration", query_string=typed | {"beyond_use-storage": FROZEN}))
    assert "no date" in page.select_one(".plan").get_text()
    assert page.select(".plan a[href*='.pdf']") == []
