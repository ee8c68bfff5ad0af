"""The rows of a schedule, filled in by equal steps, added and removed; and the four steps of a titration's page."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.faults import Refused
from calc.orders.query import written
from calc.titration.filling import filled
from tests.support.checked_client import soup, words
from tests.support.client import make_client
from tests.titration.test_titration import MADE, RISING
from tests.web.test_titration_pages import query_of

CLIENT = make_client()
OF_PAGE = ("fill", "more", "less")
BULK = [("source-kind", "powder"), ("source-assay", "98.5"), ("source-assay_unit", "%")]
ONE_STEP = {**RISING, "schedule": [{"dose": "10 mg", "days": 9}]}


def filling(first, by, days, last, pressed=True):
    """The pairs of a filling, quantities as "0.5 mg"; a blank field is sent as a browser does."""
    pairs = []
    for name, text in (("from", first), ("by", by), ("to", last)):
        number, _, unit = text.rpartition(" ")
        pairs += [(f"fill-{name}", number), (f"fill-{name}_unit", unit or "mg")]
    return [*pairs, ("fill-days", days), *([("fill", "yes")] if pressed else [])]


def ask(pairs, **how):
    return CLIENT.get("/titration", query_string=written(list(pairs)), **how)


def shown(pairs):
    return soup(ask(pairs, follow_redirects=True))


def rows_of(page):
    """The rows on a page that are not blank: dose with its unit, and days."""
    found = []
    for row in page.find("table", class_="schedule").tbody.find_all("tr"):
        dose, days = (tag["value"] for tag in row.find_all("input"))
        if dose or days:
            found.append((f"{dose} {row.find('option', selected=True).string}", days))
    return found


def doses(*numbers, unit="mg", days="7"):
    return [(f"{number} {unit}", days) for number in numbers]


# Worked by hand. The second part is what is said of them.
FILLED = [
    (
        ("0.5 mg", "0.5 mg", "7", "4.5 mg"),
        doses("0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5"),
        "Filled in: 9 steps, 0.5 mg to 4.5 mg by 0.5 mg, 7 days each.",
    ),
    (
        ("4.5 mg", "0.5 mg", "7", "0.5 mg"),
        doses("4.5", "4", "3.5", "3", "2.5", "2", "1.5", "1", "0.5"),
        "Filled in: 9 steps, 4.5 mg to 0.5 mg by 0.5 mg, 7 days each.",
    ),
    (
        ("0.5 mg", "1 mg", "7", "4 mg"),
        doses("0.5", "1.5", "2.5", "3.5", "4"),
        "7 days each. The last step is 0.5 mg, so that the last dose is 4 mg itself.",
    ),
    (
        ("4 mg", "1.5 mg", "1", "1 mg"),
        doses("4", "2.5", "1", days="1"),
        "Filled in: 3 steps, 4 mg to 1 mg by 1.5 mg, 1 day each.",
    ),
    (
        ("250 mcg", "0.25 mg", "7", "0.001 g"),
        doses("250", "500", "750", "1000", unit="mcg"),
        "Filled in: 4 steps, 250 mcg to 1,000 mcg by 0.25 mg, 7 days each.",
    ),
    (("3 mg", "5 mg", "7", "4 mg"), doses("3", "4"), "The last step is 1 mg, so that the last dose is 4 mg itself."),
    (("3 mg", "1 mg", "7", "3 mg"), doses("3"), "Filled in: 1 step, 3 mg to 3 mg by 1 mg, 7 days each."),
    (("0.1 mg", "0.1 mg", "1", "2.4 mg"), doses(*(f"{n / 10:g}" for n in range(1, 25)), days="1"), "24 steps"),
]


@pytest.mark.parametrize(("typed", "rows", "said"), FILLED)
def test_a_filling_makes_the_rows_that_are_ordered(typed, rows, said):
    answer = ask([("schedule-0-dose", "9"), ("schedule-0-days", "1"), *filling(*typed), ("prepared_on", MADE)])
    assert answer.status_code == 303
    page = soup(CLIENT.get(answer.headers["Location"]))
    assert rows_of(page) == rows
    assert said in words(page.find(id="filled-in"))
    order = query_of({"schedule": [{"dose": dose, "days": days} for dose, days in rows], "order": RISING["order"]})
    plain = shown(order)
    assert words(page.find(id="plan")) == words(plain.find(id="plan"))
    assert words(plain.find(id="filled-in")) == ""


@settings(max_examples=60)
@given(st.integers(1, 60), st.integers(1, 20), st.integers(1, 60))
def test_steps_are_equal_but_for_the_last_which_ends_at_the_last_dose(first, by, last):
    """In tenths of a mg, counted here one by one."""
    wanted, step = [first], by if last > first else -by
    while wanted[-1] != last:
        wanted.append(min(wanted[-1] + step, last) if last > first else max(wanted[-1] + step, last))
    tree = {"from": f"{first / 10} mg", "by": f"{by / 10} mg", "days": 7, "to": f"{last / 10} mg"}
    if len(wanted) > 24:
        with pytest.raises(Refused, match="too_many_steps"):
            filled(tree)
        return
    rows = filled(tree)
    assert [Fraction(dose) * 10 for dose in rows.doses] == wanted
    assert (rows.last_step is None) is (len(wanted) == 1 or abs(wanted[-1] - wanted[-2]) == by)


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        (("0.5 mg", "0 mg", "7", "4.5 mg"), {"by": "Up or down by: this must be more than zero."}),
        (("0.1 mg", "0.1 mg", "1", "2.5 mg"), {"by": "that makes 25 steps, and a schedule takes at most 24."}),
        (("1 mg", "0.001 mcg", "1", "2000 mg"), {"by": "that makes 1,999,000,001 steps"}),
        (("0,5 mg", "0.5 mg", "7.5", "4.5 mg"), {"from": "write decimals with a point", "days": "a whole number"}),
        (("0.5 mg", "-0.5 mg", "0", "4.5 mg"), {"by": "without a sign", "days": "more than zero"}),
        (("0.5 mg", "", "7", "11 g"), {"by": "Up or down by: enter a value.", "to": "11 g is outside"}),
        (("", "", "", ""), dict.fromkeys(("from", "by", "days", "to"), "enter a value.")),
    ],
)
def test_a_fault_of_a_filling_is_told_at_its_field_and_keeps_what_was_typed(typed, faults):
    rows = [("schedule-2-dose", "x"), ("schedule-2-days", "9")] if any(typed) else []
    answer = ask([*rows, ("source-strength", "4"), ("source-strength_unit", "mg"), *filling(*typed)])
    assert answer.status_code == 422
    page = soup(answer)
    assert {link["href"] for link in page.find(id="summary").find_all("a")} == {f"#fill-{name}" for name in faults}
    for name, text in faults.items():
        assert text in words(page.find(id=f"fill-{name}-error"))
    values = [page.find(id=f"fill-{name}")["value"] for name in ("from", "by", "days", "to")]
    assert values == [text.removesuffix(" mg").removesuffix(" mcg").removesuffix(" g") for text in typed]
    assert page.find(id="source-strength")["value"] == "4"
    assert (page.find(id="schedule-2-dose")["value"], page.find(id="work-order").has_attr("open")) == (
        "x" if rows else "",
        True,
    )
    assert page.find(id="answer") is None


def test_a_filling_that_was_not_asked_for_changes_nothing_and_enters_no_order():
    typed = filling("0.5 mg", "0.5 mg", "7", "4.5 mg", pressed=False)
    page, plain = shown([*query_of(RISING), *typed, ("more", "schedule")]), shown(query_of(RISING))
    assert rows_of(page) == rows_of(plain)
    assert page.find(id="plan") == plain.find(id="plan")
    assert page.find(id="result") == plain.find(id="result")
    assert page.find(id="fill-by")["value"] == "0.5"
    assert words(page.find(id="filled-in")) == ""
    for name in OF_PAGE:
        assert f"{name}=" not in "".join(link["href"] for link in page.find(id="plan").find_all("a"))
    for name, value in (*typed, ("more", "schedule")):
        leaflet = CLIENT.get(
            f"/titration/leaflet.pdf?{written([*query_of(RISING), ('way', 'one_strength'), (name, value)])}"
        )
        assert leaflet.status_code == 422
    refused = CLIENT.post("/api/v1/titration", json={**RISING, "fill": {"from": "1 mg"}})
    assert [(fault["code"], fault["field"]) for fault in refused.get_json()["faults"]] == [("unknown_field", "fill")]


def test_a_row_that_is_changed_is_no_longer_said_to_be_filled_in():
    address = ask(filling("1 mg", "1 mg", "7", "3 mg")).headers["Location"]
    changed = soup(CLIENT.get(address.replace("schedule-1-dose=2&", "schedule-1-dose=2.5&")))
    assert rows_of(changed) == [("1 mg", "7"), ("2.5 mg", "7"), ("3 mg", "7")]
    assert words(changed.find(id="filled-in")) == ""


def test_the_button_of_a_blank_filling_does_not_stand_in_the_way_of_rows_that_were_typed():
    """Return pressed in a row sends the first button of the form, which on a new page is that of the filling."""
    page = shown([*query_of(ONE_STEP), *filling("", "", "", "")])
    assert rows_of(page) == [("10 mg", "9")]
    assert page.find(id="answer") is not None
    assert page.form.find("button").get("name") is None
    assert shown([]).form.find("button")["name"] == "fill"


def test_rows_are_added_and_removed_without_script():
    rising = query_of(RISING)
    more = shown([*rising, ("more", "schedule"), ("more", "schedule")])
    assert len(more.find("table", class_="schedule").tbody.find_all("tr")) == 18
    assert [tag["value"] for tag in more.form.find_all("input", attrs={"name": "more"})] == ["schedule", "schedule"]
    whole = shown([*rising, *[("more", "schedule")] * 4])
    assert len(whole.find("table", class_="schedule").tbody.find_all("tr")) == 24
    assert whole.find("button", attrs={"name": "more"}) is None
    fewer = ask([*rising, ("less", "1"), ("fill-by", ""), ("fill-by_unit", "mg")])
    assert fewer.status_code == 303
    page = soup(CLIENT.get(fewer.headers["Location"]))
    assert rows_of(page) == [("1.5 mg", "14"), ("4.5 mg", "30")]
    buttons = page.find("table", class_="schedule").find_all("button")
    assert [(tag["value"], tag["aria-label"]) for tag in buttons] == [("0", "Remove step 1"), ("1", "Remove step 2")]


@pytest.mark.parametrize(
    ("pairs", "text"),
    [
        ([("fill-by", "1"), ("fill-by", "2")], "Up or down by was given more than once; give it once."),
        ([("fill", "no")], "Steps to fill in is not a field of an order."),
        ([("more", "syringes")], "\u201cmore\u201d is not a field of an order."),
        ([("fill-dose", "1")], "\u201cfill.dose\u201d is not a field of an order."),
    ],
)
def test_names_beside_the_schedule_are_told_of(pairs, text):
    answer = ask([*query_of(RISING), *pairs])
    assert answer.status_code == 422
    assert text in words(soup(answer).find(id="summary"))


def test_every_field_of_a_row_has_a_name_of_its_own():
    table = shown(query_of(RISING)).find("table", class_="schedule")
    assert [words(head) for head in table.thead.find_all("th")] == ["Step", "Dose", "Days", "Remove"]
    for number, row in enumerate(table.tbody.find_all("tr"), start=1):
        assert words(row.th) == str(number)
        labels = [words(row.find("label", attrs={"for": tag["id"]})) for tag in row.find_all("input")]
        assert labels == [f"Step {number}, dose", f"Step {number}, days"]
        assert row.find("select")["aria-label"] == f"Unit of Step {number}, dose"


def steps_of(page):
    return [
        (words(step.summary.strong), words(step.find(class_="state-word")), words(step.find(class_="entered")))
        for step in page.find_all("details", class_="step")
    ]


@pytest.mark.parametrize(
    ("pairs", "states", "entered"),
    [
        ([], ["Start here", "Later", "Later", "Later"], "The schedule, and from what"),
        (query_of(RISING), ["Done", "Done", "Next", "Later"], "3 steps, 1.5 mg to 4.5 mg from 50 mg tablets"),
        ([*query_of(RISING), *BULK], ["Done", "Done", "Next", "Later"], "from bulk powder"),
        ([("schedule-1-dose", "x")], ["To fix", "Later", "Later", "Later"], "The schedule"),
        ([*query_of(RISING), ("balance-readability", "9"), ("balance-readability_unit", "g")],
         ["Later", "To fix", "Later", "Later"], "The schedule"),
        (query_of(ONE_STEP), ["Stopped", "Done", "Later", "Later"], "1 step, 10 mg"),
    ],
)  # fmt: skip
def test_the_page_has_the_four_steps_of_an_order(pairs, states, entered):
    found = steps_of(shown(pairs))
    assert [title for title, _, _ in found] == ["Step 1: Order", "Step 2: Weigh", "Step 3: Fill", "Step 4: Release"]
    assert [word for _, word, _ in found] == states
    assert entered in found[0][2]


def test_the_steps_are_done_when_all_is_entered():
    full = [("capsule-size", "3")]
    for powder, mass in (("diluent", "135"), ("tablet_powder", "165")):
        full += [(f"{powder}-packing_statistic", mass), (f"{powder}-packing_statistic_unit", "mg")]
    full += [("screening-opioids", "no"), ("screening-liver_disease", "no")]
    full += [(f"{part}-expiry", "2028-01") for part in ("source", "diluent", "capsule")]
    found = steps_of(shown([*query_of(RISING), *full]))
    assert [word for _, word, _ in found] == ["Done"] * 4
    assert "Batch by batch" in found[1][2]
    assert found[2][2] == "Size 3 packing 165 mg and 135 mg"
