"""Laws of what the sheets of capsules say, over random orders: every line is the one that the facts of the order ask
for, and every figure in it is the text of that figure in the answer.

The answer is walked here by itself; the sentences are written out from the description of the pharmacy. Whole sheets
of single orders stand in `test_sheets_by_hand`.
"""

import re
from datetime import date, timedelta
from fractions import Fraction

from calc.arithmetic.notation import grouped
from calc.arithmetic.units import MG, RATIO, figure
from calc.capsule.answer import answer
from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.capsule.sheet import sheet
from calc.library import load
from calc.wording import label
from calc.wording.figures import said
from tests.second_engine.parts import TODAY
from tests.second_engine.shown import above_whole
from tests.support.dates import day_in_words
from tests.support.sheets import (
    COUNTED,
    STATES,
    Facts,
    asked_next,
    counted,
    in_mg,
    lines_of_work,
    not_released,
    of_drug,
    or_sooner,
    quantity,
    questions_of,
    sheets_of,
    slips_in,
    text,
    text_of_drug,
    used_until,
)

LIBRARY = load()
BOUND_BY = {"default": "the general limit for capsules", "study": "a stability study"}
BOUND_BY |= {name: f"the expiry of the {name}" for name in ("tablets", "diluent", "shells", "vehicle")}
BOUND_BY["powder"] = "the expiry of the bulk powder"
WHY = {"prepared_on": "today", "source.weighed_on": "the date of making"}
CLAIM = "A tablet may hold 90 to 110 % of its label; no weighing removes that. More tablets are more even."
#: Offers of which one portion is weighed.
WEIGHED = ("weigh_portion", "most_capsules", "ten_tablets")
OF_THE_FILE = {"dose_basis", "source.strength", "source.basis", "capsule.size"}


def planned(tree):
    made = plan(Order.read(tree, LIBRARY, today=TODAY), LIBRARY)
    return sheet(made), answer(made)


def orders():
    return sheets_of("capsules", 130, planned)


def answer_in_a_line(of):
    tablets = "" if of.bulk else counted(of.plan["tablets_to_crush"])
    if of.enough is not None and not of.enough.likely:
        if of.plan["triturations"]:
            return f"Weigh the tablets first: the powder must {'probably ' * (not of.enough.never)}be diluted"
        probably = "probably " * (not of.enough.never)
        return f"Weigh the tablets first: the powder to weigh out is {probably}too little for this balance"
    if not of.known:
        whole = of.plan["portion_share"]["exact"] == "1"
        return f"Crush {tablets} and take {'all' if whole else text(of.plan['portion_share'])} of the powder"
    begin = "Triturate the bulk powder" if of.triturated else f"Weigh {text(of.taken)} of the bulk powder"
    if not of.bulk:
        whole = bool(of.triturated) and of.triturated[0]["all_of_it"]
        weigh = f"weigh {text(of.taken)} of the powder"
        if of.plan["all_of_the_powder"]:
            weigh = f"use all of the powder ({text(of.taken)})"
        begin = f"Crush {tablets}" + " in diluent" * whole
        begin += ", triturate" if of.triturated else f", {weigh}"
    begin += f", take {text(of.taken)} of the trituration" * bool(of.triturated)
    if of.plan["diluent"] is None or not of.measured:
        return f"{begin} for {counted(of.batch, 'capsule')}"
    diluent = of.plan["diluent"]
    add = (
        "no diluent"
        if diluent["text"].startswith("below") or diluent["exact"] == "0"
        else f"{text(diluent)} of diluent"
    )
    each = f"about {text(of.plan['fill_mass'])}" + " each" * (of.batch > 1)
    return f"{begin}, add {add}: {counted(of.batch, 'capsule')}, {each}"


def for_reserve(order, plan):
    """One tablet more, or several, up to the number that the crushing loss leaves enough of."""
    kept = 1 - Fraction(order["crushing_loss"].removesuffix(" %")) / 100
    need = -(-Fraction(plan["tablets_exact"]["exact"]) // kept)
    more = need - plan["tablets_to_crush"]
    do = "Crush" if (order["source"]["tablets_weighed"] or 0) >= need else "Weigh"
    return f"{do} {more} more tablet{'s' * (more > 1)}, so that there is a reserve for what is lost in crushing."


def next_action(of):
    if not of.known:
        return of.notices["weigh_tablets"]
    if "no_reserve" in of.notices:
        return for_reserve(of.order, of.plan)
    powders = "each powder" if of.bulk else "diluent and one to three with tablet powder"
    if of.estimated:
        return f"Fill ten shells of size {of.size} with {powders}, and enter what they weigh."
    if not of.measured and of.size is None:
        return "Choose a capsule size and enter what ten shells of it hold, or enter the fill mass of one capsule."
    if not of.measured:
        begin = f"Fill ten shells of size {of.size} with {powders}, and enter what they weigh"
        return f"{begin}; or enter the fill mass of one capsule."
    if of.open:
        return asked_next(of.order)
    return "Read the label of tablets or powder, then make the batch."


def on_a_human_scale(of):
    batch, needed = counted(of.batch, "capsule"), text_of_drug(of.plan["drug_needed"], of.unit)
    holds = "holds" if of.batch == 1 else "hold"
    if of.bulk:
        return re.compile(rf"{batch} {holds} {re.escape(needed)} of drug, which is in \S+ m?c?g of the bulk powder\.")
    number = of.plan["tablets_to_crush"]
    each = above_whole(of.batch / Fraction(of.plan["tablets_exact"]["exact"]), 3)
    begin = f"One tablet makes {grouped(each)} capsule{'s' * (each != '1')}. {counted(number)} "
    begin += f"{'holds' if number == 1 else 'hold'} {of_drug(of.held(), of.unit)}"
    left = in_mg(of.plan["drug_left_over"])
    end = (
        f"; {batch} {holds} {needed}; {of_drug(left, of.unit)} is left over."
        if left
        else f", and {batch} {holds} all of it."
    )
    return re.compile(re.escape(begin + end))


def key_figures(of):
    yield "Drug needed", text_of_drug(of.plan["drug_needed"], of.unit), False
    if not of.bulk:
        exact, number = of.plan["tablets_exact"], of.plan["tablets_to_crush"]
        ordered = Fraction(exact["exact"]) * of.order["quantity"] / of.batch
        if of.order["quantity"] != of.batch:
            some = grouped(above_whole(ordered))
            name = f"Tablets for {counted(of.order['quantity'], 'capsule')}, exact"
            yield name, f"{some} tablet{'s' * (some != '1')}", False
        yield "Tablets, exact", text(exact), False
        yield "Tablets to crush", counted(number), True
        share = text(of.plan["portion_share"])
        yield "Part of the powder used", f"{grouped(exact['value'])} of {number:,} = {share}", False
    if not of.triturated:
        portion = text(of.plan["portion"], "not known yet")
        if of.plan["all_of_the_powder"] and of.known:
            portion = f"all of it, {portion}"
        yield "Powder to weigh out", portion, of.plan["portion"] is not None
    else:
        yield "Trituration to weigh out", text(of.taken), True
    for name, key, large in (
        ("Powder in one capsule", "powder_per_capsule", False),
        ("Diluent in one capsule", "diluent_per_capsule", False),
        ("Diluent for the batch", "diluent", True),
        ("Fill of one capsule", "fill_mass", True),
    ):
        yield name, text(of.plan[key], "not known yet"), large and of.plan[key] is not None
    if not of.bulk:
        yield "Drug left over", text_of_drug(of.plan["drug_left_over"], of.unit), False


def dates(of):
    bound, day = of.plan["beyond_use"], of.order["beyond_use"]["counting"]
    whys = {(other["by"], other["date"]): BOUND_BY[other["by"]] for other in bound["others"]}
    whys[bound["bound_by"], bound["date"]] = BOUND_BY[bound["bound_by"]]
    short, elsewhere = [], []
    for study in of.order["beyond_use"]["studies"]:
        if study["storage"] == "room temperature":
            last = date.fromisoformat(of.order["prepared_on"]) + timedelta(study["days"] - (day == "day 1"))
            whys["study", last.isoformat()] = f"the published study entered ({study['reference']})"
            if last.isoformat() > bound["date"]:
                lacks = "an assay said to be stability-indicating, the container"
                short.append(f"It lengthens nothing: the published study entered ({study['reference']}) lacks {lacks}.")
    for kept in bound["by_storage"][1:]:
        where = {"refrigerator": "in the refrigerator", "freezer": "in the freezer"}[kept["storage"]]
        published = f"the published study entered ({of.order['beyond_use']['studies'][0]['reference']})"
        by = published if kept["bound_by"] == "study" else BOUND_BY[kept["bound_by"]]
        by = "the general limit" if kept["bound_by"] == "default" else by
        elsewhere.append(f"Stored {where} instead: discard after {day_in_words(kept['date'])}, bound by {by}.")
    why = whys[bound["bound_by"], bound["date"]]
    yield f"The date is bound by {why} ({day} counted from {day_in_words(of.order['prepared_on'])})."
    for other in bound["others"]:
        by = whys[other["by"], other["date"]]
        yield f"{by[0].upper()}{by[1:]}: {day_in_words(other['date'])}."
    yield from (*short, *elsewhere)
    if of.unknown:
        yield or_sooner(of.order, bound["date"], of.unknown)
    if not of.in_file and of.order["assessment"]["stability_supported"] == "no":
        yield "No source supports its stability, by the answer given: the general limit is the most, not a finding."


def remarks(of):
    check = of.plan["reverse_check"]
    if check is not None:
        dose = text_of_drug(check["dose"], of.unit)
        yield f"Computed back from these figures one capsule holds {dose} ({text(check['deviation'])})."
    # Of all of it nothing is weighed out; and whether a trituration is made is open until the tablets are weighed.
    weighed = None if of.plan["all_of_the_powder"] or not of.known else of.taken
    if weighed is not None and (effect := Fraction(weighed["value"]) / Fraction(weighed["exact"]) - 1):
        yield f"Rounding to the balance changes the dose by {said(figure(effect, RATIO))}."
    if not of.bulk:
        yield CLAIM


def assumed(of):
    for path in of.defaults:
        value = of.order
        for part in path.split("."):
            value = value[part]
        why = WHY.get(path, "default of the drug's file" if path in OF_THE_FILE else "default")
        number, space, unit = str(value).partition(" ")
        yield label(path), f"{grouped(number)}{space}{unit}" if number.isdecimal() else value, why


def test_no_text_of_a_sheet_holds_a_slip():
    assert [(slip, whole["order"]) for made, whole in orders() for slip in slips_in(made)] == []


def test_the_head_of_a_sheet_says_the_order_back_and_what_comes_of_it():
    for made, whole in orders():
        of = Facts(whole)
        batch, extra = counted(of.batch, "capsule"), of.batch - of.order["quantity"]
        ordered = counted(of.order["quantity"], "capsule") + f" ({of.batch:,} made)" * bool(extra)
        assert made.headline == f"{ordered} of {of.drug} {of.dose}"
        several = f" ({of.order['quantity']:,} ordered, {extra:,} extra for loss)" if extra else ""
        form = of.form(of.order["dose_basis"])
        each = ", each" * (of.batch > 1)
        assert made.echo == f"{batch}{several}{each} with {of.dose} of {form}, from {of.source()}"
        assert made.answer == answer_in_a_line(of)
        assert made.next_action == next_action(of)
        assert made.not_released == not_released(of.order)
        only = f"No drug file: only the general rules were applied to {of.drug}."
        assert made.general_rules_only == only * (not of.in_file)
        assert on_a_human_scale(of).fullmatch(made.human), (made.human, on_a_human_scale(of))
        capsules = f"Capsules: size {of.size}." if of.size is not None else "Capsules: no size chosen."
        assert made.materials == f"Diluent: {of.diluent}. {capsules}"
        assert [*made.remarks] == [*remarks(of)]
        assert made.estimated_fill is of.estimated or not of.known


def test_every_figure_of_a_sheet_is_that_of_the_answer():
    for made, whole in orders():
        of = Facts(whole)
        keys = {"Diluent in one capsule": "diluent_per_capsule", "Diluent for the batch": "diluent"}
        keys |= {"Fill of one capsule": "fill_mass", "Powder in one capsule": "powder_per_capsule"}
        marked = {name for name, key in keys.items() if key in of.plan["estimated"]}
        expected = [(*line[:2], "estimate" * (line[0] in marked), line[2]) for line in key_figures(of)]
        assert [(line.name, line.text, line.note, line.large) for line in made.key_figures] == expected
        rows = [(line.mass, line.least, line.verdict, line.state) for line in made.weighings]
        assert rows == [
            (text(one["mass"], "not known yet"), text(one["least"]), *STATES[one["ok"]]) for one in of.plan["weighings"]
        ]
        small = "too small"
        assert [(row.size, row.fill, row.diluent, row.share, row.chosen) for row in made.sizes] == [
            (row["size"], *(text(row[key], small) for key in ("fill_mass", "diluent", "share")), row["size"] == of.size)
            for row in of.plan["sizes"]
        ]
        assert made.sizes_estimated is ("sizes" in of.plan["estimated"])
        offers = [*of.plan["offers"], *filter(None, [of.plan["ten_tablets"]])]
        for line, offer in zip(made.offers, offers, strict=True):
            some_left = offer["code"] in WEIGHED and Fraction(offer["drug_left_over"]["exact"]) > 0
            counts = [f"{offer['capsules']:,}", f"{offer['tablets']:,}", "01"[some_left]]
            assert [line.capsules, line.tablets, line.weighings] == counts
            amounts = [text_of_drug(offer[name], of.unit) for name in ("dose", "drug_left_over")]
            assert [line.dose, line.left_over] == amounts
            assert [line.deviation, line.at_loss] == [text(offer[name]) for name in ("deviation", "deviation_at_loss")]
            more = of_drug(Fraction(offer["dose"]["exact"]) * offer["surplus"], of.unit)
            assert line.surplus == (f"{offer['surplus']:,} ({more})" if offer["surplus"] else "0")


def test_what_is_read_first_and_what_was_assumed_stand_on_the_sheet():
    for made, whole in orders():
        of = Facts(whole)
        told = [one for one in made.notices if one["code"] != "date_read"]  # beside the plan
        assert told == [one for one in of.plan["notices"] if one["code"] != "weigh_tablets"]
        assert [*made.acknowledged] == [one["text"] for one in of.plan["acknowledged"]]
        assert [*made.cautions] == of.plan["cautions"]
        assert [*made.steps] == of.plan["steps"]
        assert (made.fingerprint, made.version) == (whole["fingerprint"], whole["version"])
        answers = {
            code: said.capitalize().replace("asked", "asked yet") for code, said in questions_of(of.order).items()
        }
        asked = [(one.code, one.answer, one.open) for one in made.questions]
        assert asked == [(code, said, said == "Not asked yet") for code, said in answers.items()]
        assert made.beyond_use == used_until(of.order, of.plan["beyond_use"], of.unknown)
        assert (made.expiry_open, [*made.beyond_use_lines]) == (bool(of.unknown), [*dates(of)])
        assert [(line.name, line.text, line.note) for line in made.assumed] == [*assumed(of)]


def test_how_sure_the_dose_is():
    kinds = {"bound": "at most {}", "deviation": "{}, standard deviation"}
    for made, whole in orders():
        of, sure, spread = Facts(whole), made.uncertainty, whole["plan"]["spread"]
        assert [*sure.conditions] == (spread or {"conditions": []})["conditions"]
        first = sure.unknown[0]
        if spread is None:
            why = "weigh the tablets first." if not of.known else "the fill "
            assert first.startswith(f"Not known yet: {why}")
            assert not of.known or ("only an estimate" in first) is of.estimated
            assert (sure.rows, len(sure.said), sure.on_paper) == ((), 0 if of.bulk else 1, ())
            continue
        alone = of.batch == 1
        assert first.startswith("How one capsule differs") is not alone
        asked = "at least ten" if of.batch > 9 else f"all {COUNTED[of.batch]}"
        assert alone or f"check the weights of {asked} capsules" in first
        assert ("These tablets" in sure.unknown[not alone].replace("What these", "These")) is not of.bulk
        rows = [(mass, error, of_mass, of_dose) for _, mass, of_dose, of_mass, error in sure.rows]
        expected = [
            (
                text(one["mass"]),
                kinds[one["kind"]].format(text(one["error"])),
                text(one["of_mass"]),
                text(one["of_dose"]),
            )
            for one in spread["terms"]
        ]
        assert rows == expected + [("", "", "", text(spread["batch"]))] * (len(expected) > 1)
        shift = spread["shift"]
        end = (
            "changes nothing"
            if shift["exact"] == "0"
            else f"changes the dose by {text(shift)}.".replace("below", "less than")
        )
        weighings = sure.said[: -1 if not of.bulk else None]  # the tablets' own part comes last
        assert end in weighings[-1]
        assert [*sure.on_paper[:-1]] == [*weighings[:-1], *sure.said[len(weighings) :]]
        if spread["largest"] is None:
            assert sure.said[0].startswith("The capsules hold powder without diluent")
        else:
            at = [{"name": one["name"], "step": one["step"]} for one in spread["terms"]].index(spread["largest"])
            assert f"may be off by {text(spread['batch'])} (one standard deviation)" in sure.said[0]
            assert sure.said[1] == "At least 19 in 20 batches are within twice that."
            assert f"({text(spread['terms'][at]['mass'])}): {expected[at][-1]} by itself." in sure.said[2]


#: Lines of work that are the same on every sheet, or that hang on what no answer says; whole sheets by hand hold them.
SAME = (
    "Put on",
    "Level",
    "Zero",
    "Lay out",
    "Set up",
    "Read the label of the tablets",
    "Read the label and",
    "Crush all",
)
SAME += ("Weigh ten empty", "Look at", "Describe", "Put them", "Clean", "Write down", "Add as much", "If the tablets")


#: The same, in a step of a trituration or beside another line.
WHEREVER = ("Rub a part", "Crush all the tablets", "Weigh the boat back")


def test_each_line_of_work_says_what_the_order_asks_for_and_how_it_was_found():
    for made, whole in orders():
        of, work = Facts(whole), {}
        for step in whole["plan"]["steps"]:
            work.setdefault(step["code"], []).append(f"{step['substituted']} = {step['result']}")
        expected = list(lines_of_work(of))
        formulas = {"Weigh out the powder.", f"Weigh the diluent: {of.diluent}."}
        found = []
        for action in (action for stage in made.work for action in stage.actions):
            same = action.do.startswith(SAME) or any(part in action.do for part in WHEREVER)
            if same or (action.do.startswith("Weigh one tablet") and of.known):
                continue
            open_yet = (action.formula and action.do in formulas) or action.target.endswith(" W")
            found.append((action.do, "" if open_yet else action.target, action.band, action.working))
        workings = []
        for *line, code in expected:
            steps = work.get(code, [""])
            several = code == "trituration_diluent"
            workings.append((*line, steps.pop(0) if several else steps[0]))
        assert found == workings


def test_the_notes_beside_the_work_name_figures_of_the_order():
    for made, whole in orders():
        of = Facts(whole)
        notes = {action.do: action.note for stage in made.work for action in stage.actions}
        least = text(of.plan["weighings"][0]["least"])
        assert notes["Zero the balance; tare the boat before every weighing."] == f"Weigh nothing below {least} on it."
        source, (read,) = of.order["source"], [do for do in notes if re.match("Read the label (of the tab|and)", do)]
        named = of.source().partition(", ")[2] if of.bulk else f"{of.strength}, {source['release']}"
        assert f": {of.drug} " in read or f": {of.drug}, " in read
        assert named in read
        assert (", not naloxone" in read) is of.in_file
        if not of.bulk:
            part, share = grouped(of.plan["tablets_exact"]["value"]), text(of.plan["portion_share"])
            used = f"{share} of the powder will be used: {part} of {of.plan['tablets_to_crush']:,}."
            assert notes["Count the tablets."] == used
        capsule, note = of.order["capsule"], notes["Weigh ten empty shells together."]
        shell = quantity(capsule["shell_mass"]) if capsule["shell_mass"] else None
        if capsule["shells"] is not None:
            total, number = capsule["shells"]["total"].split()[0], capsule["shells"]["number"]
            shell = said(figure(str(Fraction(total) / number), MG))
        assert re.fullmatch(f"Entered: {shell} for one." if shell else r"(The table says [\d.]+ mg for one\.)?", note)
