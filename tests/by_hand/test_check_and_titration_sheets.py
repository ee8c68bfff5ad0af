"""What the sheets of titrations and of checks say: single ones line by line, worked out by hand, and over random ones
every figure as it stands in the answer and every sentence as the facts ask for it.
"""

from fractions import Fraction

import pytest

from calc.checks.answer import uniformity_shown, weights_shown
from calc.checks.assayed import UniformityAsked
from calc.checks.from_order import read_weights
from calc.checks.sheet import sheet_of_contents, sheet_of_weights
from calc.checks.uniformity import check_uniformity
from calc.checks.weights import check_weights
from calc.library import load
from calc.titration.answer import answer
from calc.titration.planning import titrate
from calc.titration.schedule import Titration
from calc.titration.sheet import titration_sheet
from tests.laws.test_checks import said
from tests.second_engine.parts import TODAY
from tests.support.dates import day_in_words
from tests.support.sheets import counted, in_mg, not_released, of_drug, sheets_of, slips_in, text, unit_typed

LIBRARY = load()


def of_titration(tree):
    made = titrate(Titration.read(tree, LIBRARY, today=TODAY), LIBRARY)
    return titration_sheet(made, LIBRARY), answer(made, LIBRARY)


def of_weights(tree):
    checked = check_weights(*read_weights(tree, LIBRARY, TODAY))
    return sheet_of_weights(checked), weights_shown(checked), tree


def of_contents(tree):
    checked = check_uniformity(UniformityAsked.read(tree))
    return sheet_of_contents(checked), uniformity_shown(checked)


def titrations():
    return sheets_of("titrations", 40, of_titration)


def by_weight():
    return sheets_of("weights", 30, of_weights)


def by_content():
    return sheets_of("uniformity", 30, of_contents)


@pytest.mark.parametrize("found", [titrations, by_weight, by_content])
def test_no_text_of_a_sheet_holds_a_slip(found):
    assert len(found()) > 10
    assert [slip for made, *_ in found() for slip in slips_in(made)] == []


# Titrations.

#: 14 x 1.5 + 14 x 3 + 30 x 4.5 = 198 mg. One strength: 132 capsules from 5 tablets, as 3.96 leave no reserve of 3 %.
RISING = {"schedule": [{"dose": f"{dose} mg", "days": days} for dose, days in (("1.5", 14), ("3", 14), ("4.5", 30))]}
RISING |= {"order": {"prepared_on": "2026-11-23"}}
SIDE_BY_SIDE = [
    ("Strengths", "1.5 mg", "1.5 mg, 3 mg and 4.5 mg", "1.5 mg and 4.5 mg"),
    ("Batches to make", "1", "3", "2"),
    ("Capsules for the schedule", "132", "58", "72"),
    ("Most capsules at one time", "3", "1", "2"),
    ("Tablets to crush", "5", "5", "5"),
    ("Drug needed", "198 mg", "198 mg", "198 mg"),
    ("Drug left over in powder", "52 mg", "52 mg", "52 mg"),
    ("Capsules left over", "0", "0", "0"),
]
#: 180 days from 23 November are 22 May; 250 - 198, 150 - 21, 150 - 42 and 150 - 135 mg are left.
IN_BATCHES = [
    ("1.5 mg", "132", "November 23, 2026 to January 19, 2027", "132", "5 tablets", "52 mg", "May 21, 2027", False),
    ("1.5 mg", "14", "November 23, 2026 to December 6, 2026", "14", "3 tablets", "129 mg", "May 21, 2027", False),
    ("3 mg", "14", "December 7, 2026 to December 20, 2026", "14", "3 tablets", "108 mg", "May 21, 2027", False),
    ("4.5 mg", "30", "December 21, 2026 to January 19, 2027", "30", "3 tablets", "15 mg", "May 21, 2027", False),
    # 14 and 2 x 14 capsules of 1.5 mg hold 63 mg; 3 mg are two of them.
    ("1.5 mg", "42", "November 23, 2026 to December 20, 2026", "42", "3 tablets", "87 mg", "May 21, 2027", False),
    ("4.5 mg", "30", "December 21, 2026 to January 19, 2027", "30", "3 tablets", "15 mg", "May 21, 2027", False),
]


def cells(batch):
    names = ("strength", "capsules", "needed", "made", "tablets", "left_over", "until", "late")
    return tuple(getattr(batch, name) for name in names)


def test_a_titration_line_by_line():
    made, _ = of_titration(RISING)
    assert made.headline == "naltrexone 1.5 mg to 4.5 mg"
    assert made.answer == ("58 days,", "from November 23, 2026", "to January 19, 2027,", "198 mg of drug in all")
    assert (made.not_released, made.stopped) == ("Not released until both questions are answered", ())
    assert [(line.name, *line.texts) for line in made.compared] == SIDE_BY_SIDE
    one, each, two = made.ways
    assert (one.title, each.title) == ("One strength, several at one time", "A batch for each strength")
    number = "Every dose is a whole number of capsules of 1.5 mg, the largest strength that divides all."
    assert (one.about, each.about) == (number, "Every dose is one capsule.")
    assert two.about.startswith("Every dose is the fewest capsules of 1.5 mg and 4.5 mg, taken together.")
    assert [cells(batch) for way in made.ways for batch in way.batches] == IN_BATCHES
    line = one.calendar[1]
    assert (line.first, line.last, line.days, line.dose) == ("December 7, 2026", "December 20, 2026", "14 days", "3 mg")
    assert (line.take, line.capsules) == ("2 capsules of 1.5 mg once a day", "28")


def test_a_way_whose_batch_is_stopped_says_so():
    """10 mg are above the usual 6 mg, as one capsule and as two of 5 mg: neither way has a batch of it."""
    made, _ = of_titration({"schedule": [{"dose": "5 mg", "days": 10}, {"dose": "10 mg", "days": 10}]})
    ways = "One strength, several at one time", "A batch for each strength"
    assert made.stopped == tuple(f"{way}: a batch may not be made; see below." for way in ways)
    assert [line.texts for line in made.compared[-4:]] == [("stopped", "stopped")] * 4
    assert cells(made.ways[1].batches[1])[3:] == ("", "", "", "", False)
    assert made.ways[0].calendar == made.ways[1].calendar == ()


def test_a_titration_says_the_figures_of_its_answer():
    for made, whole in titrations():
        every_way, chosen = [*whole["ways"], *whole["together"]], whole["recommended"] or {"way": "", "text": ""}
        of_chosen = [one for way in whole["together"] if way["code"] == chosen["way"] for one in way["notices"]]
        assert [*made.notices] == [one["text"] for one in (*whole["notices"], *of_chosen)]
        assert made.recommended == chosen["text"]
        assert [*made.cautions] == whole["cautions"]
        order, doses = whole["ways"][0]["batches"][0]["order"], [step["dose"] for step in whole["schedule"]]
        if text(doses[0]) == text(doses[-1]):
            doses.sort(key=in_mg)
        in_file = isinstance(order["drug"], str)
        drug = order["drug"] if in_file else order["drug"]["name"]
        unit = unit_typed(*(step["dose"] for step in whole["typed"]["schedule"]))
        first, last = (of_drug(in_mg(dose), unit) for dose in (doses[0], doses[-1]))
        assert made.headline == f"{drug} {first}" + f" to {last}" * (first != last)
        only = f"No drug file: only the general rules were applied to {drug}."
        assert made.general_rules_only == only * (not in_file)
        assert made.not_released == not_released(order)
        assert [way.code for way in made.ways] == [way["code"] for way in every_way]
        for way, strengths in zip(every_way, made.compared[0].texts, strict=True):
            *others, last = [of_drug(Fraction(batch["strength"]["exact"]), unit) for batch in way["batches"]]
            assert strengths == (f"{', '.join(others)} and {last}" if others else last)
        for way, shown in zip(made.ways, every_way, strict=True):
            at = made.ways.index(way)
            assert bool(shown["calendar"]) is not any(way.title in line for line in made.stopped)
            found = [line.texts[at] for line in made.compared[1:]]
            amounts = [shown[name] for name in ("drug_needed", "drug_left_over")]
            masses = ["stopped" if one is None else of_drug(in_mg(one), unit) for one in amounts]
            counts = [shown["tablets"], shown["capsules_left_over"]]
            tablets, left = ("stopped" if count is None else f"{count:,}" for count in counts)
            numbers = [len(shown["batches"]), shown["capsules"], shown["most_capsules_a_dose"]]
            assert found == [*(f"{number:,}" for number in numbers), tablets, *masses, left]
            lines = [(line.first, line.last, line.dose, line.take, line.capsules) for line in way.calendar]
            assert lines == [
                (
                    day_in_words(one["from"]),
                    day_in_words(one["to"]),
                    of_drug(in_mg(one["dose"]), unit),
                    one["text"],
                    f"{one['capsules']:,}",
                )
                for one in shown["calendar"]
            ]
            for batch, one in zip(way.batches, shown["batches"], strict=True):
                plan = one["plan"]
                assert cells(batch)[:3] == (
                    of_drug(Fraction(one["strength"]["exact"]), unit),
                    f"{one['quantity']:,}",
                    f"{day_in_words(one['from'])} to {day_in_words(one['to'])}",
                )
                assert ([*batch.stops], batch.query) == (one["stops"], one["query"])
                assert [*batch.acknowledged] == [passed["text"] for passed in one["acknowledged"]]
                bears = {"dose_below_usual_notice", "dose_unlike_strength"}
                notices = plan["notices"] if plan else ()
                assert [*batch.notices] == [notice["text"] for notice in notices if notice["code"] in bears]
                if plan is None:
                    assert cells(batch)[3:] == ("", "", "", "", False)
                    continue
                number, until, hours = plan["tablets_to_crush"], plan["beyond_use"]["date"], plan["beyond_use"]["hours"]
                day = "no date" if until is None else day_in_words(until)
                if hours is not None:
                    day += f" (use within {hours} hour{'' if hours == 1 else 's'} of making)"
                crushed = "" if number is None else counted(number)
                left_over = plan["drug_left_over"] and of_drug(in_mg(plan["drug_left_over"]), unit)
                late = until is not None and one["to"] > until
                made_of = (f"{plan['batch']:,}", crushed, left_over or "", day, late)
                assert cells(batch)[3:] == made_of


# Checks.

GOOD = {"theoretical_fill": "100 mg", "shell_mass": "50 mg", "capsules": ["150 mg"] * 8 + ["145 mg", "155 mg"]}
#: Fills of 95 to 105 mg with a mean of 100; 25 + 25 over 9 is 5.555..., the root of it 2.357 %.
KEPT = [
    ("Fill of each capsule", "95 % to 105 %", "90 % to 110 % (90 mg to 110 mg)", "All within", "ok"),
    ("Mean fill", "100 mg (100 %)", "97 % to 103 % (97 mg to 103 mg)", "Within", "ok"),
    ("Relative standard deviation of the fill", "2.357 %", "at most 5 %", "Kept", "ok"),
]


STATE = {True: "ok", False: "low", None: ""}


#: How a verdict looks.
STATES = {"pass": "pass", "explain": "more", "hold": "fail", "fail": "fail", "assay 20 more": "more"}


def limits_of(made):
    return [(one.name, one.found, one.taken, one.verdict, one.state) for one in made.limits]


GO_ON = "Write the masses in the compounding record and go on to the label."
EXPLAINED = "The masses pass, and what is missing needs a reason"
HELD = "The masses pass, but the batch is held for a pharmacist"


@pytest.mark.parametrize(
    ("count", "loss", "kept", "state", "title", "first"),
    [
        (97, "3 %", ("Kept", "ok"), ("pass", "Pass"), "The batch passes by weight", GO_ON),
        (
            96,
            "4 %",
            ("Explain", ""),
            ("more", "Explain"),
            EXPLAINED,
            "4 of 100 capsules are missing: count again,",
        ),
        (90, "10 %", ("Explain", ""), ("more", "Explain"), EXPLAINED, "10 of 100 capsules are missing: count again, f"),
        (89, "11 %", ("Hold", "low"), ("fail", "Hold"), HELD, "Hold the batch. 11 of 100 capsules are missing: count"),
        (101, "-1 %", ("Hold", "low"), ("fail", "Hold"), HELD, "Hold the batch. 101 were made of a batch of 100 capsu"),
    ],
)
def test_what_a_batch_is_asked_for_what_was_lost(count, loss, kept, state, title, first):
    made, *_ = of_weights({**GOOD, "planned": 100, "made": count})
    taken = "97 to 100: go on. 90 to 96: write down why. Any other number: hold for a pharmacist."
    assert limits_of(made) == [*KEPT, ("Capsules made", f"{count} of 100 (batch loss {loss})", taken, *kept)]
    assert (made.state, made.verdict) == state
    assert made.title == title
    assert made.next.startswith(first)
    assert (GO_ON in made.next) is (state[1] != "Hold")
    assert [(item.number, *item.cells, item.verdict, item.state) for item in made.items[7:9]] == [
        (8, "150 mg", "100 mg", "100 %", "Within", "ok"),
        (9, "145 mg", "95 mg", "95 %", "Within", "ok"),
    ]
    assert made.columns == ("Capsule", "Gross mass", "Fill", "Of the theoretical fill")
    assert made.items_title == "Each capsule"


def test_a_capsule_out_is_named_by_its_number():
    """89 and 111 mg: 121 + 121 over 9 is 26.88..., the root 5.185 %, which is above 5: a notice only."""
    made, *_ = of_weights({**GOOD, "capsules": ["139 mg", "161 mg"] + ["150 mg"] * 8})
    assert limits_of(made)[0] == (KEPT[0][0], "89 % to 111 %", KEPT[0][2], "Outside by number: 1, 2", "low")
    assert limits_of(made)[1:] == [KEPT[1], (KEPT[2][0], "5.185 %", "at most 5 %", "Above: a notice only", "")]
    assert [(item.number, item.verdict, item.state) for item in made.items[:3]] == [
        *((1, "Outside", "low"), (2, "Outside", "low"), (3, "Within", "ok"))
    ]


#: A published sample: 47, 46.5, 48.5, 48, 47, 50, 51, 47.5, 48.5 and 49 mg of 50; the mean 96.6 %, the squares about it
#: 72.4, over 9 8.044..., the root 2.836; 98.5 - 96.6 + 2.4 x 2.836 = 8.707.
ASSAYED = [f"{content} %" for content in (94, 93, 97, 96, 94, 100, 102, 95, 97, 98)]
#: Thirty of them: the squares 217.2 over 29 are 7.489..., the root 2.737; 1.9 + 2 x 2.737 = 7.373. 0.75 and 1.25 of
#: 98.5 are 73.875 and 123.125.
TERMS = ("Mean content", "Standard deviation", "k", "Reference value M")


@pytest.mark.parametrize(
    ("times", "value", "terms"),
    [(1, "8.707 %", ("96.6 %", "2.836 %", "2.4", "98.5 %")), (3, "7.373 %", ("96.6 %", "2.737 %", "2", "98.5 %"))],
)
def test_units_by_content(times, value, terms):
    made, _ = of_contents({"contents": ASSAYED * times})
    each = ("Content of each unit", "93 % to 102 %", "73.88 % to 123.1 %", "All within", "ok")
    assert limits_of(made) == [
        ("Acceptance value", value, "at most 15 %", "Kept", "ok"),
        *([each] if times == 3 else []),
        *((name, term, "", "", "") for name, term in zip(TERMS, terms, strict=True)),
    ]
    verdict = ("Within", "ok") if times == 3 else ("", "")
    assert [(item.number, *item.cells, item.verdict, item.state) for item in made.items[:2]] == [
        (1, "94 %", *verdict),
        (2, "93 %", *verdict),
    ]
    assert (made.title, made.state, made.verdict) == ("The units pass by content", "pass", "Pass")
    assert (made.columns, made.items_title) == (("Unit", "Content of the label"), "Each unit")


def test_a_check_says_the_figures_of_its_answer():
    for made, shown, tree in by_weight():
        by_name = {one.name: one for one in made.limits}
        each, mean = by_name["Fill of each capsule"], by_name["Mean fill"]
        shares = sorted(shown["fills"], key=lambda fill: Fraction(fill["share"]["exact"]))
        assert each.found == f"{text(shares[0]['share'])} to {text(shares[-1]['share'])}"
        assert (each.state == "ok") is all(fill["ok"] for fill in shown["fills"])
        assert mean.found == f"{text(shown['mean_fill'])} ({text(shown['mean_share'])})"
        assert (mean.state == "ok") is shown["mean_ok"]
        for one, name in ((each, "band"), (mean, "mean_band")):
            assert one.taken.endswith(f"({text(shown[name]['low'])} to {text(shown[name]['high'])})")
        rsd = by_name.get("Relative standard deviation of the fill")
        assert (rsd is None) is (shown["rsd"] is None)
        assert rsd is None or (rsd.found, rsd.state) == (text(shown["rsd"]), "ok" * shown["rsd_ok"])
        asked = {"pass": ("ok", "Kept"), "explain": ("", "Explain"), "hold": ("low", "Hold")}
        loss, balance = by_name.get("Capsules made"), by_name.get("Mass balance")
        assert (loss is None) is (shown["batch_loss"] is None)
        if loss is not None:
            counts = f"{tree['made']:,} of {tree['planned']:,}"
            assert loss.found == f"{counts} (batch loss {text(shown['batch_loss'])})"
            assert (loss.state, loss.verdict) == asked[shown["verdicts"]["count"]]
        assert (balance is None) is (shown["mass_balance"] is None)
        if balance is not None:
            assert balance.found == f"{text(shown['mass_balance'])} of {text(shown['weighed_in'])}"
            assert (balance.state, balance.verdict) == asked[shown["verdicts"]["mass_balance"]]
        states = [
            (number, {True: "ok", False: "low"}[fill["ok"]]) for number, fill in enumerate(shown["fills"], start=1)
        ]
        assert [(item.number, item.state) for item in made.items] == states
        same_work(made, shown)
    for made, shown in by_content():
        assert (made.limits[0].state == "ok") is (said(text(shown["acceptance_value"])) <= 15)
        assert made.limits[0].found == text(shown["acceptance_value"])
        units = shown["units"]
        assert [(item.number, *item.cells, item.state) for item in made.items] == [
            (number, text(unit["content"]), STATE[unit["ok"]]) for number, unit in enumerate(units, start=1)
        ]
        if shown["unit_limits"] is not None:
            contents = sorted((unit["content"] for unit in units), key=lambda one: Fraction(one["exact"]))
            each, limits = made.limits[1], shown["unit_limits"]
            assert each.found == f"{text(contents[0])} to {text(contents[-1])}"
            assert each.taken == f"{text(limits['low'])} to {text(limits['high'])}"
            assert (each.state == "ok") is all(unit["ok"] for unit in units)
        same_work(made, shown)


def same_work(made, shown):
    """Each step stands once, those of a single capsule apart, and the state is the verdict; what is drawn is there."""
    assert (made.uncertainty is None) is (shown.get("spread") is None)
    assert len(made.plot.dots) == len(made.items)
    of_each = {"fill_of_each", "share_of_each", "net_of_each", "content_of_each"}
    apart = [[step for step in shown["steps"] if (step["code"] in of_each) is each] for each in (False, True)]
    assert [[step for step, _ in steps] for steps in (made.steps, made.steps_of_each)] == apart
    assert made.state == STATES[shown["verdict"]]
    assert ([*made.notices], made.next) == (shown["notices"], shown["next"])
