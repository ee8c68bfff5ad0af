"""A batch on its pages: from a plan to released, and what is refused on the way, with what was typed."""

import pytest

from tests.support.batches import (
    BLENDED,
    LOTS,
    MADE,
    ORDER,
    READ,
    RELEASED,
    WEIGHED,
    blended,
    check,
    controls,
    due,
    made,
    opened,
    record,
    send,
    signed,
    state_of,
    take_lots,
    until_of,
)
from tests.support.checked_client import soup, words
from tests.support.record import fields_of, password_of, post, sign_in

PHARMACIST = ("p1", "Pharmacist One")


def main_of(answer):
    return words(soup(answer).main)


def test_a_batch_goes_from_a_plan_to_released_and_is_found_again(shop):
    """The figures of the batch are worked out by hand in `tests.support.batches`."""
    maker, checker = shop.window("c1"), shop.window("p1")
    number = due(maker)
    slip = check(checker, number, "crushing", {**READ, "values-count_tablets": "4"}, signed(*PHARMACIST))
    page = checker.get(slip.headers["Location"])
    assert "One value differs: tablets on the tray. Read it again yourself" in main_of(page)
    right = check(checker, number, "crushing", READ, signed(*PHARMACIST))
    assert right.headers["Location"] == f"/record/batches/{number}"
    assert record(maker, number, BLENDED).status_code == 303
    shown = main_of(maker.get(f"/record/batches/{number}"))
    for figure in ("0.432 g", "0.433 g", "3.697 g", "3.696 g", "4.51 mg", "In band: 0.428 g to 0.436 g."):
        assert figure in shown
    assert send(maker, f"/record/batches/{number}/made", {**MADE, **signed("c1", "Compounder One")}).status_code == 303
    release = f"/record/batches/{number}/release"
    label = {"values-label_number": number, "values-label_until": until_of(shop, number), "reviewed-slips": "yes"}
    done = send(checker, release, {**RELEASED, **label, **signed(*PHARMACIST)})
    assert done.headers["Location"] == f"/record/batches/{number}"
    assert state_of(shop, number).status == "released"
    found = send(maker, "/record", {"find": f"https://pharmacy.example/paper?plan=x&batch={number}"}, "/record/find")
    assert found.headers["Location"] == f"/record/batches/{number}"
    assert "Released" in main_of(maker.get(f"/record/batches/{number}"))


def test_opening_plans_the_order_with_the_number_and_says_that_earlier_sheets_are_void(shop):
    maker = shop.window("c1")
    preview = maker.get(f"/record/batches/new?{ORDER}")
    assert "A sheet printed before is void for this batch." in main_of(preview)
    number = opened(maker)
    state = state_of(shop, number)
    assert state.order["internal_number"] == number
    assert set(state.order["screening"].values()) == {"not asked"}
    assert "void for it: print a new one" in main_of(maker.get(f"/record/batches/{number}"))


def test_a_plan_has_the_button_and_a_stopped_order_goes_back_to_its_plan(shop):
    maker = shop.window("c1")
    plan = soup(maker.get("/?dose=4.5&dose_unit=mg&quantity=30&prepared_on=2026-11-24&dated-prepared_on=2026-11-24"))
    (button,) = [link for link in plan.find_all("a") if link.get_text() == "Open a batch"]
    assert maker.get(button["href"]).status_code == 200
    stopped = maker.get("/record/batches/new?dose=450&dose_unit=mg&quantity=30")
    assert stopped.headers["Location"].startswith("/?dose=450")


def test_a_self_check_has_its_reason_and_says_so_everywhere(shop):
    maker = shop.window("c1")
    refused = send(maker, f"/record/batches/new?{ORDER}", {"checking": "self-check"}, "/record/batches/new")
    assert refused.status_code == 422
    assert "Reason for a self-check" in soup(refused).find(class_="said").get_text()
    number = opened(maker, checking="self-check", reason="alone today")
    assert "Self-check, no second person." in main_of(maker.get(f"/record/batches/{number}"))


@pytest.mark.parametrize(
    ("typed", "at", "said"),
    [
        ({"bench-all_tablets": "0,480"}, "bench-all_tablets", "Mass of the tablets together: write decimals with a"),
        ({"bench-all_tablets": "0"}, "bench-all_tablets", "Mass of the tablets together:"),
        ({"bench-count_tablets": "three"}, "bench-count_tablets", "three"),
    ],
)
def test_what_cannot_be_recorded_is_told_at_its_box_and_kept(shop, typed, at, said):
    maker = shop.window("c1")
    number = opened(maker)
    answer = record(maker, number, {**typed, "bench-plate": "plate 2"})
    assert answer.status_code == 422
    page = soup(answer)
    assert page.find(id=at)["aria-invalid"] == "true"
    assert said in page.find(id=f"{at}-error").get_text()
    kept = controls(answer, "StepsForm")
    assert {name: kept[name] for name in typed} == typed
    assert kept["bench-plate"] == "plate 2"
    assert "plate" not in state_of(shop, number).entries


def test_a_mass_far_off_its_target_is_refused_at_its_box(shop):
    """0.432 g are to be weighed out: 0.532 g are 23 % more, for which no deviation is enough."""
    maker, checker = shop.window("c1"), shop.window("p1")
    number = due(maker)
    check(checker, number, "crushing", READ, signed(*PHARMACIST))
    answer = record(maker, number, {"bench-portion": "0.532", "bench-portion_unit": "g"})
    assert answer.status_code == 422
    assert "too far off the target" in soup(answer).find(id="bench-portion-error").get_text()


def test_a_conflict_says_who_recorded_what_since_and_loses_nothing(shop):
    first, second = shop.window("c1"), shop.window("c2")
    number = opened(first)
    page = f"/record/batches/{number}"
    stale = controls(second.get(page), "StepsForm")
    assert take_lots(first, number).status_code == 303
    answer = post(second, f"{page}/record", {**stale, **WEIGHED})
    assert answer.status_code == 409
    told = words(soup(answer).find(class_="said"))
    assert "Compounder One" in told
    assert "took a lot" in told
    assert controls(answer, "StepsForm")["bench-all_tablets"] == "0.480"
    again = post(second, f"{page}/record", controls(answer, "StepsForm"))
    assert again.status_code == 303


def test_what_somebody_else_recorded_meanwhile_is_named_with_what_was_typed(shop):
    first, second = shop.window("c1"), shop.window("c2")
    number = opened(first)
    page = f"/record/batches/{number}"
    stale = {which: controls(second.get(page), which) for which in ("LotsForm", "StepsForm")}
    take_lots(first, number, {name: text for name, text in LOTS.items() if "source" in name})
    record(first, number, {"bench-count_tablets": "3"})
    for which, address, typed, said in (
        (
            "LotsForm",
            "lots",
            {**LOTS, "lot-source-lot": "A10423"},
            "Tablets: you typed \u201cA10423\u201d, which is not saved.",
        ),
        (
            "StepsForm",
            "record",
            {"bench-count_tablets": "4"},
            "Tablets counted: you typed \u201c4\u201d, which is not saved.",
        ),
    ):
        answer = post(second, f"{page}/{address}", {**stale[which], **typed})
        assert answer.status_code in (409, 422)
        assert said in words(soup(answer).find(id="told"))


def test_what_cannot_be_saved_is_told_and_kept(shop):
    maker = shop.window("c1")
    number = opened(maker)
    page = f"/record/batches/{number}"
    typed = {**controls(maker.get(page), "StepsForm"), **WEIGHED}
    shop.store.trouble = "behind"
    answer = post(maker, f"{page}/record", typed)
    shop.store.trouble = None
    assert answer.status_code == 503
    assert "Nothing was saved." in main_of(answer)
    assert controls(answer, "StepsForm")["bench-all_tablets"] == "0.480"
    assert post(maker, f"{page}/record", controls(answer, "StepsForm")).status_code == 303


def test_a_lost_session_keeps_what_was_typed_for_the_same_person(shop):
    maker = shop.window("c1")
    number = opened(maker)
    page = f"/record/batches/{number}"
    typed = {**controls(maker.get(page), "StepsForm"), **WEIGHED}
    shop.clock.on(minutes=6)
    locked = post(maker, f"{page}/record", typed)
    assert locked.headers["Location"].startswith("/record/sign-in")
    assert sign_in(maker, "Compounder One", password_of("c1"), next=page).status_code == 303
    assert controls(maker.get(page), "StepsForm")["bench-all_tablets"] == "0.480"


def test_what_is_written_down_later_says_when_it_was_done_and_never_in_the_future(shop):
    maker = shop.window("c1")
    number = opened(maker)
    day = state_of(shop, number).opened_on
    ahead = record(maker, number, {**WEIGHED, "late-done_at": "2031-01-01 10:00", "late-reason": "record was down"})
    assert ahead.status_code == 422
    assert soup(ahead).find(id="late-done_at")["aria-invalid"] == "true"
    done = record(maker, number, {**WEIGHED, "late-done_at": f"{day} 14:30", "late-reason": "record was down"})
    assert done.status_code == 303
    late = {event.late for event in shop.events("amount.recorded") if event.stream.endswith(number)}
    assert late == {(f"{day} 14:30", "record was down")}


def test_a_wrong_secret_keeps_all_that_the_checker_typed(shop):
    number = due(shop.window("c1"))
    checker = shop.window("p1")
    answer = check(checker, number, "crushing", READ, {"signer": "Pharmacist One", "secret": "not the secret at all"})
    assert answer.status_code == 422
    kept = controls(answer, "CheckForm")
    assert {name: kept[name] for name in READ} == READ
    assert kept["secret"] == ""


def test_the_maker_cannot_check_and_who_looked_cannot_either(shop):
    number = due(shop.window("p2"))
    maker, looked = shop.window("p2"), shop.window("p1")
    own = check(maker, number, "crushing", READ, signed("p2", "Pharmacist Two"))
    assert own.status_code == 422
    assert "You have worked at this batch." in main_of(own)
    page = f"/record/batches/{number}"
    shown = send(looked, page, {}, f"{page}/show", "ShowForm")
    assert shown.status_code == 303
    assert "0.480 g" in main_of(looked.get(page))
    after = check(looked, number, "crushing", READ, signed(*PHARMACIST))
    assert "You have seen the figures of this batch." in main_of(after)


def test_two_readings_that_differ_hold_the_batch_and_are_resolved_without_picking_one(shop):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = due(maker)
    for _ in range(2):
        check(checker, number, "crushing", {**READ, "values-count_tablets": "4"}, signed(*PHARMACIST))
    assert state_of(shop, number).status == "held"
    third, page = shop.window("p2"), f"/record/batches/{number}/difference"
    assert "Whoever sees them cannot check" in main_of(third.get(page))
    send(third, page, {}, f"/record/batches/{number}/show", "ShowForm")
    sides = soup(third.get(page)).find("table")
    (row,) = [line for line in sides.find_all("tr") if "Tablets on the tray" in line.get_text()]
    assert words(row) == "Tablets on the tray 3 tablets 4 4 Differs"
    found = {"finding": "first was wrong", "reason": "counted again", **signed("p2", "Pharmacist Two")}
    assert send(third, page, found).status_code == 303
    state = state_of(shop, number)
    assert (state.status, "count_tablets" in state.entries) == ("open", False)


def test_a_correction_keeps_the_old_value_struck_through_and_voids_the_check(shop):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = blended(maker, checker)
    lot = next(each for each in state_of(shop, number).lots if each.component == "source")
    page = f"/record/batches/{number}/correct/{lot.seq}"
    new = {"field": "text", "new": "A10433", "reason": "read wrong"}
    shows = f"/record/batches/{number}/show"  # the lots of diluent and shells are read at the release, and hidden
    assert checker.get(page).status_code == 404
    for window in (checker, shop.window("p2")):
        send(window, f"/record/batches/{number}", {}, shows, "ShowForm")
    assert "Tablets: A10422, May 31, 2028." in main_of(checker.get(page))
    offered = [page in window.get(f"/record/batches/{number}?entries=all").text for window in (maker, checker)]
    assert offered == [True, False]
    told = send(checker, page, {**new, **signed(*PHARMACIST)})
    assert "Who checks a batch does not work at it" in main_of(told)
    assert send(shop.window("p2"), page, {**new, **signed("p2", "Pharmacist Two")}).status_code == 303
    after = soup(maker.get(f"/record/batches/{number}?entries=all"))
    assert [tag.get_text() for tag in after.find_all("s")] == ["A10422"]
    assert state_of(shop, number).point_due == "crushing"


#: Each page of one act: on which batch, by whom, what is typed, and the state that follows.
ACTS = [
    ("open", "c1", "cancel", {"reason": "opened twice"}, "cancelled"),
    ("open", "p1", "hold", {"reason": "recall"}, "held"),
    ("made", "p1", "reject", {"reason": "contaminated"}, "rejected"),
    (
        "made",
        "p1",
        "test",
        {"what": "assay", "laboratory": "Test Laboratory", "found": "99 %", "passes": "yes"},
        "made",
    ),
    ("open", "c1", "deviation", {"step": "dose", "reason": "spilled", "text": "a little beside the boat"}, "open"),
    ("open", "p1", "deviation", {"step": "dose", "reason": "spilled"}, "open"),
]


@pytest.mark.parametrize(("of", "person", "page", "typed", "after"), ACTS, ids=lambda part: str(part)[:24])
def test_each_act_has_its_page_and_is_refused_without_a_reason(shop, of, person, page, typed, after):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = opened(maker) if of == "open" else made(maker, checker)
    window, name = shop.window(person), {"c1": "Compounder One", "p1": "Pharmacist One"}[person]
    address = f"/record/batches/{number}/{page}"
    signature = signed(person, name) if person == "p1" or page == "cancel" else {}
    empty = send(window, address, signature)
    assert empty.status_code == 422
    assert soup(empty).find(class_="error") is not None
    assert send(window, address, {**typed, **signature}).status_code == 303
    assert state_of(shop, number).status == after


def test_what_is_dispensed_comes_back_is_destroyed_and_counted(shop):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = made(maker, checker, release=shop)
    for page, typed, on_hand in (
        ("dispense", {"amount": "20", "containers": "1", "reference": "7654321"}, 10),
        ("return", {"amount": "5", "reason": "patient returned"}, 15),
        ("destroy", {"amount": "5", "reason": "returned", "way": "drug waste", "witness": "CT"}, 10),
        ("count", {"amount": "10", "reason": "as in the books"}, 10),
    ):
        if page == "dispense":
            assert "30 capsules to be dispensed, until May 22, 2027." in main_of(
                checker.get(f"/record/batches/{number}/{page}")
            )
        done = send(checker, f"/record/batches/{number}/{page}", {**typed, **signed(*PHARMACIST)})
        assert done.status_code == 303, page
        assert state_of(shop, number).on_hand.numerator == on_hand
    assert b"7654321" not in maker.get(f"/record/batches/{number}?entries=all").data
    too_many = send(
        checker, f"/record/batches/{number}/dispense", {"amount": "11", "reference": "1", **signed(*PHARMACIST)}
    )
    assert "There is not so much." in main_of(too_many)
    listed = maker.get("/record/batches.csv?state=released").get_data(as_text=True)
    assert (
        f'{number},"naltrexone, capsules",2026-11-24,{state_of(shop, number).use_until},10 capsules,Released' in listed
    )


def test_batches_are_listed_by_state_day_and_drug_and_those_due_say_nothing(shop):
    maker, reader = shop.window("c1"), shop.window("p1")
    open_one, due_one = opened(maker), due(maker)
    listed = {
        "": {open_one, due_one},
        "?state=open": {open_one},
        "?drug=Naltrexone&day=11/24/2026": {open_one, due_one},
        "?day=11/25/2026": set(),
        "?drug=tacrolimus": set(),
    }
    for query, numbers in listed.items():
        page = soup(reader.get(f"/record/batches{query}"))
        assert {link.get_text() for link in page.main.select("th a")} >= numbers
        if not numbers:
            assert "No batch fits." in page.get_text()
    (row,) = [line for line in soup(reader.get("/record/batches")).find_all("tr") if due_one in line.get_text()]
    assert "hidden until it is checked" in row.get_text()
    assert "naltrexone" not in row.get_text()


@pytest.mark.parametrize("typed", ["", "26-999999", "Jane Doe"])
def test_what_is_no_batch_is_told_at_the_box_and_never_in_an_address(shop, typed):
    window = shop.window("a1")
    answer = send(window, "/record", {"find": typed}, "/record/find")
    assert answer.status_code == 422
    assert soup(answer).find(id="find")["value"] == typed


def test_findings_count_differences_by_point_and_name_nobody(shop):
    maker, checker = shop.window("c1"), shop.window("p1")
    number = due(maker)
    check(checker, number, "crushing", {**READ, "values-count_tablets": "4"}, signed(*PHARMACIST))
    page = main_of(checker.get("/record/findings?since=11/24/2026"))
    assert "Check before crushing 1 1" in page or "Check before crushing" in page
    assert "Tablets on the tray" in page
    assert not {"Compounder One", "Pharmacist One"} & set(page.replace("Pharmacist One", "", 1).split("  "))


def test_lots_fields_and_their_faults_belong_together(shop):
    maker = shop.window("c1")
    number = opened(maker)
    answer = take_lots(maker, number, {**LOTS, "lot-diluent-expiry": "01/2020x"})
    assert answer.status_code == 422
    page = soup(answer)
    assert page.find(id="lot-diluent-expiry")["aria-invalid"] == "true"
    assert page.find(id="lot-source-lot")["value"] == "A10422"
    assert fields_of(answer, "LotsForm")["form"] == "LotsForm"
    assert state_of(shop, number).lots == ()
