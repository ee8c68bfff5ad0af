"""What a sheet must say, read from the answer alone: the facts of an order, and the lines of work that follow.

Nothing here looks into a plan; the sentences are written out from the description of the pharmacy.
"""

import re
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil, floor

from calc.arithmetic.notation import grouped, working
from calc.arithmetic.units import MCG, MG, MG_PER_CAPSULE, MG_PER_ML, G, figure
from calc.faults import Refused
from calc.reading.numbers import read_quantity
from calc.wording.figures import drug_said, said, strength_said
from tests.second_engine.shown import fixed
from tests.support.dates import day_in_words
from tests.support.enough import enough_by_hand
from tests.tools.compare_engines import trees

#: What is no sentence: codes, queries, and what was typed.
NO_SENTENCE = {"fingerprint", "query", "code", "field", "value", "reason", "reasons", "severity", "tolerance"}
#: Counts below ten in words.
COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SLIPS = re.compile(r"\bNone\b|XX|[{}]|  | [,.;:]|\(\)|Fraction|Figure|^\s|\s$")
STATES = {
    True: ("May be weighed on this balance", "ok"),
    False: ("Less than this balance should weigh", "low"),
    None: ("Not known yet", "unknown"),
}


def texts_of(part, name=""):
    """Every text of a sheet with the name of the field that it stands in."""
    if isinstance(part, str):
        yield name, part
    elif is_dataclass(part):
        for field in fields(part):
            if field.name == "whole":  # the JSON answer that the sheet is written from
                continue
            yield from texts_of(getattr(part, field.name), field.name)
    elif hasattr(part, "_fields"):
        for field, value in zip(part._fields, part, strict=True):
            yield from texts_of(value, field)
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from texts_of(value, key)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts_of(value, name)


def slips_in(made):
    """Texts of a sheet that no sentence can be; a box to write in has a blank for its name."""
    for name, text in set(texts_of(made)):
        if name not in NO_SENTENCE and text and (name, text) != ("name", " ") and SLIPS.search(text):
            yield name, text


def counts_said(batch):
    """What each number of capsules made of a batch asks for, tried one by one by the rule in words."""
    asked = {}
    for made in range(batch + 1):
        missing = batch - made
        if 10 * made >= 9 * batch:
            few = 100 * made < 97 * batch and missing >= 2
            asked.setdefault(few or 10 * missing >= batch, []).append(made)
    parts = []
    for reason, does in ((False, "go on"), (True, "write down why")):
        if counts := asked.get(reason):
            between = " or " if len(counts) == 2 else " to "
            parts.append(f"{between.join(f'{count:,}' for count in sorted({counts[0], counts[-1]}))}: {does}. ")
    return f"{''.join(parts)}Any other number: hold for a pharmacist."


@cache
def sheets_of(kind, number, make):
    """What `make` makes of random orders of one kind that are not refused; made once, when a test first asks.

    The answer gets the order as it was typed, under "typed": amounts of drug are said in the unit of its dose.
    """
    found = []
    for tree in trees(number, "sheets", kind):
        with suppress(Refused):
            made, whole, *more = make(tree)
            found.append((made, {**whole, "typed": tree}, *more))
    return found


def text(shown, otherwise=""):
    return otherwise if shown is None else shown["text"]


def quantity(typed):
    return said(read_quantity(typed))


UNITS_OF_DRUG = {unit.code: unit for unit in (MG, MCG, G, MG_PER_CAPSULE, MG_PER_ML)}


def unit_typed(*doses):
    """The unit in which a plan says amounts of drug."""
    return MCG if all(dose.split()[-1] in {"mcg", "ug"} for dose in doses) else MG


def of_drug(milligrams, unit):
    return drug_said(figure(milligrams, MG), unit)


def text_of_drug(shown, unit):
    """A figure of an answer as the answer says it in mg; in mcg where the dose is."""
    if unit is MG:
        return shown["text"]
    return drug_said(figure(Fraction(shown["exact"]), UNITS_OF_DRUG[shown["unit"]]), unit)


def strength_typed(typed, understood):
    """The strength of a tablet as it was typed; that of the drug's file where it was not."""
    return strength_said(read_quantity((typed.get("source") or {}).get("strength") or understood))


def counted(number, one="tablet"):
    return f"{number:,} {one}{'s' * (number != 1)}"


def in_mg(shown):
    return Fraction(shown["exact"]) * {"mg": 1, "g": 1000, "ug": Fraction(1, 1000)}[shown["unit"]]


def enough_of(order, shown):
    """What tablets must weigh for a portion, from the answer alone."""
    return enough_by_hand(
        least=in_mg(shown["weighings"][0]["least"]),
        step=read_quantity(order["balance"]["readability"]).to(MG).value,
        share=Fraction(shown["portion_share"]["exact"]),
        tablets=shown["tablets_to_crush"],
        strength=read_quantity(order["source"]["strength"]).to(MG).value,
    )


#: What is asked on a drug that has no file, in this order.
ON_A_DRUG = ("may_be_crushed", "hazardous", "narrow_index", "stability_supported")
#: How a date or a storage is said while one of these questions is open.
BY_PHARMACIST = "by the pharmacist: __________"


def questions_of(order):
    """The answers so far to what is asked before release: by the drug's file, or four questions where it has none."""
    if isinstance(order["drug"], str):
        return order["screening"]
    return {code: order["assessment"][code] for code in ON_A_DRUG}


def not_released(order):
    """What heads page and papers while a question is open."""
    questions = questions_of(order)
    asked = "both" if len(questions) == 2 else f"all {len(questions)}"
    return f"Not released until {asked} questions are answered" * ("not asked" in questions.values())


def asked_next(order):
    """What is done next once nothing but an answer is missing."""
    if isinstance(order["drug"], str):
        return "Ask both screening questions before release."
    return f"Answer the four questions on {order['drug']['name']} before release."


def left_to_the_pharmacist(order):
    """Whether storage and date are left to the pharmacist: the drug has no file, and a question on it is open."""
    return isinstance(order["drug"], dict) and "not asked" in questions_of(order).values()


def used_until(order, bound, unknown):
    """The beyond-use date as it is said; `unknown` is whether the expiry of a component is."""
    date, limit = day_in_words(bound["date"]), "published date" if bound["bound_by"] == "study" else "general limit"
    sooner = ", sooner if a component expires first" * bool(unknown)
    if left_to_the_pharmacist(order):
        return f"Discard after: {BY_PHARMACIST} ({limit}: {date}{sooner})"
    return f"Discard after {date}{sooner}"


def or_sooner(order, date, unknown):
    """The line on the components whose expiry is not known."""
    most = " at most" * left_to_the_pharmacist(order)
    line = f"The last day is {day_in_words(date)}{most}, or the earliest component expiry ____ if sooner."
    return f"{line} Not entered: {', '.join(unknown)}."


class Facts:
    """What an answer says of its order, read from it alone."""

    def __init__(self, whole):
        self.order, self.plan, self.defaults = whole["order"], whole["plan"], whole["defaults"]
        self.notices = {notice["code"]: notice["text"] for notice in self.plan["notices"]}
        self.bulk = self.order["source"]["kind"] == "powder"
        self.weighed = (self.plan["content_of_tablets"] or {}).get("weighed") or 0
        need = [step["result"] for step in self.plan["steps"] if step["code"] == "tablets_to_crush"]
        rounded = re.findall(r"([\d,]+) tablets?$", need[0]) if need else []
        self.need = int(rounded[-1].replace(",", "")) if rounded else None
        self.known = self.plan["powder_per_capsule"] is not None
        self.batch = self.plan["batch"]
        self.unit = unit_typed(whole["typed"]["dose"])
        self.dose = drug_said(read_quantity(self.order["dose"]), self.unit)
        self.strength = None if self.bulk else strength_typed(whole["typed"], self.order["source"]["strength"])
        drug = self.order["drug"]
        self.in_file = isinstance(drug, str)
        self.drug = drug if self.in_file else drug["name"]
        self.enough = None if self.bulk or self.known else enough_of(self.order, self.plan)
        never = self.enough is not None and self.enough.never
        self.triturated = self.plan["triturations"] if self.known or never else []
        self.taken = self.triturated[-1]["take"] if self.triturated else self.plan["portion"]
        self.diluent = self.order["diluent"]["name"]
        self.size = self.order["capsule"]["size"]
        diluent, capsule = self.order["diluent"], self.order["capsule"]
        known = diluent["packing_statistic"], diluent["packing"], capsule["fill_mass"]
        self.measured = any(one is not None for one in known)
        self.estimated = "fill_estimated" in self.notices  # which is told once the powder is known
        self.open = "not asked" in questions_of(self.order).values()
        parts = {"bulk powder" if self.bulk else "tablets": "source", "diluent": "diluent", "shells": "capsule"}
        self.unknown = [name for name, part in parts.items() if self.order[part]["expiry"] is None]

    def form(self, basis):
        return f"{self.drug} {basis}" if self.in_file else self.drug

    def source(self):
        source = self.order["source"]
        if not self.bulk:
            return f"{self.strength} tablets, {source['release']} release"
        of = {"as is": "as is", "anhydrous": "of the anhydrous substance", "dried": "of the dried substance"}
        basis, lost = of[source["assay_basis"]], "loss on drying" if source["assay_basis"] == "dried" else "water"
        water = "" if source["water"] is None else f", {lost} {quantity(source['water'])}"
        return f"bulk powder, {self.form(source['basis'])}, assay {quantity(source['assay'])} {basis}{water}"

    def held(self):
        """The drug in the tablets."""
        strength = in_mg({"exact": self.order["source"]["strength"].split()[0], "unit": self.unit_of_strength()})
        return strength * self.plan["tablets_to_crush"]

    def unit_of_strength(self):
        return {"mcg": "ug"}.get(unit := self.order["source"]["strength"].split()[1], unit)


def on_balance(of, grams):
    """A mass in grams as the balance shows it."""
    step = (
        Fraction(of.order["balance"]["readability"].split()[0])
        / {"g": 1, "mg": 1000, "mcg": 10**6}[of.order["balance"]["readability"].split()[1]]
    )
    places = next(n for n in range(12) if (step * 10**n).denominator == 1)
    number = fixed(floor(grams / step + Fraction(1, 2)) * step, places)
    return f"{grouped(number)} g"


def up_on_balance(of, milligrams):
    """A mass in mg rounded up to what the balance shows, in g."""
    step = read_quantity(of.order["balance"]["readability"]).to(MG).value
    return on_balance(of, ceil(milligrams / step) * step / 1000)


def mass(milligrams):
    return said(figure(milligrams, MG))


def came_back(of):
    """Within what the powder from the mortar weighs: 3 % less than there was, or what is taken of it; and all of it."""
    part, all_of_it = Fraction(97, 100), of.plan["all_of_the_powder"]
    if not of.known:
        share = Fraction(of.plan["portion_share"]["exact"])
        if all_of_it or share <= part or (of.enough is not None and of.enough.never):
            return "It weighs W \u00d7 0.97 to W"
        needed, held = (working(figure(drug, MG)) for drug in (of.plan["drug_needed"]["exact"], of.held()))
        return f"It weighs W \u00d7 {needed} / {held} to W"
    crushed, step = of.order["source"].get("crushed_mass"), of.order["balance"]["readability"]
    weighed = in_mg(of.plan["weighings"][0]["mass"])
    there = weighed / of.weighed * of.plan["tablets_to_crush"]
    if crushed is not None:  # found, not expected by the mean
        there = read_quantity(crushed).to(MG).value
    taken = of.triturated[0]["weigh"] if of.triturated else of.taken
    needed = [] if all_of_it else [in_mg(taken), Fraction(taken["value"]) * 1000]
    low, readability = max(there * part, *needed, 0), read_quantity(step).to(MG).value
    most = floor(there / readability) * readability / 1000
    return f"It weighs {up_on_balance(of, low)} to {on_balance(of, most)}"


def lines_of_work(of):
    """The lines that name facts of the order: what is done, its target, within what, and the step that found it."""
    shown, tablets = of.plan, of.plan["tablets_to_crush"]
    of_size = f" of size {of.size}" if of.size is not None else ""
    diluent = f"diluent: {of.diluent}."
    size = f", size {of.size}" if of.size is not None else ""
    yield f"Count out empty shells{size}, with 10 spare for the weighings.", f"{of.batch + 10:,} shells", "", ""
    yield f"Read the label of the {diluent}", "", "", ""
    if not of.bulk:
        found = [step["code"] for step in shown["steps"]]
        yield (
            "Count the tablets.",
            counted(max(tablets, of.weighed or 0)),
            "",
            ("tablets_exact", "tablets_to_crush")["tablets_to_crush" in found] * (max(tablets, of.weighed) == of.need),
        )
        if of.known:
            weighed = text(shown["weighings"][0]["mass"])
            those = "all tablets" if of.weighed == tablets else counted(of.weighed)
            day = date.fromisoformat(of.order["prepared_on"])
            entered = f"Entered for {day:%b} {day.day}, {day.year}"
            yield f"Weigh {those} together, before crushing.", weighed, entered, ""
            if of.weighed != tablets:
                # 10 % of one tablet, 5 % of two to five, 3 % of more, and never more than half a tablet.
                off = min(Fraction(10 if tablets == 1 else 5 if tablets <= 5 else 3, 100), Fraction(1, 2 * tablets))
                mean = Fraction(shown["weighings"][0]["mass"]["exact"]) / of.weighed * tablets
                low, high = (on_balance(of, mean * (1 + side * off)) for side in (-1, 1))
                them = "it" if tablets == 1 else "them together"
                do = f"Set apart {counted(tablets)} to crush and weigh {them}."
                yield do, on_balance(of, mean), f"It weighs {low} to {high}", "mass_of_crushed"
        else:
            low, high = (f"{share} \u00d7 W / {tablets:,}" for share in ("0.9", "1.1"))
            yield "Weigh one tablet alone.", f"{low} to {high}", "It weighs within 10 % of the mean", ""
            # A tablet weighs more than its drug, and one of more than 1.2 g needs a reason.
            least, most = of.held() / 1000, Fraction(12, 10) * tablets
            if not shown["all_of_the_powder"]:
                least = max(least, Fraction(shown["weighings"][0]["least"]["value"]))
            band = f"{on_balance(of, least)} to {on_balance(of, most)}"
            band = f"at least {on_balance(of, least)}" if least > most else band
            yield "Weigh all tablets together, before crushing.", "", f"They weigh {band}: it is W below", ""
        if of.enough is not None and of.enough.never:
            yield f"STOP: do not crush the tablets{' to weigh out their powder' * bool(of.triturated)}.", "", "", ""
        elif of.enough is not None:
            least = f"W is {on_balance(of, of.enough.enough / 1000)} or more"
            yield "Go on only if the tablets weigh enough together.", least, "", ""
    if not of.measured:
        yield f"Fill ten shells{of_size} with diluent alone and weigh what they hold.", "", "", ""
    if not of.bulk and not (of.triturated and of.triturated[0]["all_of_it"]):
        yield "Weigh the powder recovered from the mortar.", "", came_back(of), ""
    if not of.triturated:
        if not of.measured:
            # Ten bodies of tablet powder would need ten tablets.
            bodies = "ten" if of.bulk else "one to three"
            yield f"Fill {bodies} shells with this powder alone and weigh what they hold.", "", "", ""
        if shown["all_of_the_powder"]:
            all_of_it = f"All {text(of.taken)}" if of.known else ""
            yield "Use all of the powder: nothing is weighed out.", all_of_it, "", "portion" * of.known
        else:
            asked = ", as the program says for W" * (of.enough is not None and of.enough.never)
            yield f"Weigh out the powder{asked}.", text(of.taken), "", "portion" * of.known
    little = Fraction(1, 2) * read_quantity(of.order["balance"]["readability"]).to(MG).value
    none = of.measured and of.known and in_mg(shown["diluent"]) < little
    if none:
        yield "No diluent is added: the powder alone fills the capsules.", "", "", ""
    else:
        there = of.measured and of.known
        asked = of.enough is not None and of.enough.never and not of.triturated
        weigh = f"Weigh the diluent, as the program says for W: {of.diluent}." if asked else f"Weigh the {diluent}"
        yield weigh, text(shown["diluent"]) * there, "", "diluent" * there
    steps = shown["triturations"]
    if of.triturated and not of.known:
        least = f"W is {up_on_balance(of, in_mg(steps[0]['total']) / 20)} or more"
        yield "Go on only if the tablets weigh enough together.", least, "", ""
    for index, step in enumerate(steps, start=1):
        number = f"Step {index} of {len(steps)}: " * (len(steps) > 1)
        whole = index == 1 and step["all_of_it"]
        if whole:
            into = f"{number}All of the tablets go into it: no powder is weighed out."
            yield into, f"All {text(step['weigh'])}" * of.known, "", ""
        elif index == 1:
            yield f"{number}Weigh out powder for the trituration.", text(step["weigh"]), "", ""
        total, found = f"Total {text(step['total'])}", "trituration_diluent" * (of.known or index > 1)
        yield f"{number}{'Weigh' if whole else 'Add'} {diluent}", text(step["diluent"]), total, found
        yield f"{number}Mix by geometric dilution until even.", "", f"Strength {text(step['strength_after'])}", ""
        yield f"{number}Pass all of it through a sieve, No. 60 to 80.", "", "", ""
        last = index == len(steps)
        to = "Weigh out the trituration for the capsules." if last else "Weigh out the trituration for the next step."
        yield f"{number}{to}", text(step["take"]), "", "aliquot" * (last and bool(of.triturated))
    if not none:
        begin = (
            "Begin with the trituration weighed out, in its mortar."
            if of.triturated
            else "Put the powder in the mortar."
        )
        yield begin, text(of.taken) * bool(shown["ladder"]), "", ""
    for rung in shown["ladder"]:
        doubles = rung is not shown["ladder"][-1]
        do = (
            "Add diluent, as much as is in the mortar, and mix well."
            if doubles
            else "Add the rest of the diluent and mix well."
        )
        yield do, text(rung["add"]), f"Total {text(rung['total'])}", ""
    filled = f"({'trituration' if of.triturated else 'powder'} + diluent) / {of.batch:,}"
    told = of.measured and shown["fill_mass"] is not None
    found = "fill_mass" * (told and "fill_mass" in [step["code"] for step in shown["steps"]])
    each = f"Each holds about {text(shown['fill_mass'])}" if told else f"Each holds {filled}"
    batch = counted(of.batch, "capsule")
    yield f"Divide the whole blend into {batch}{of_size}.", batch, each, found
    band = shown["gross_band"] and f"{text(shown['gross_band']['low'])} to {text(shown['gross_band']['high'])}"
    ten = "Weigh ten filled capsules, one by one, from the edge and the middle of the plate."
    mean_of = "Work out the mean fill: the mean of the ten less the mean shell."
    if of.batch < 10:
        number, one = COUNTED[of.batch], of.batch == 1
        ten = "Weigh the filled capsule." if one else f"Weigh all {number} filled capsules, one by one."
        mean_of = f"Work out the mean fill: the mean of the {number} less the mean shell."
        if one:
            mean_of = "Work out the fill: its mass less the mean shell."
    yield ten, band or "shell + 0.9 \u00d7 fill to shell + 1.1 \u00d7 fill", "", ""
    mean = text(shown["fill_mass"]) if told else filled
    yield mean_of, "", f"It is within 3 % of {mean}", ""
    yield "Count the capsules made.", batch, counts_said(of.batch), ""
    yield "Label it and compare the label with this sheet.", counted(of.order["quantity"], "capsule"), "", ""
    if extra := of.batch - of.order["quantity"]:
        ordered = f"{of.order['quantity']:,} ordered, and destroy what was not weighed or used."
        yield f"Set apart the {extra:,} beyond the {ordered}", "", "", ""
    if of.triturated and (of.bulk or of.triturated[0]["all_of_it"]):
        left = "" if of.bulk else f"{of_drug(in_mg(shown['drug_left_over']), of.unit)} of drug"
        yield "Destroy the trituration left over, as your pharmacy's rules say.", left, "", ""
    elif not of.bulk:
        left = in_mg(shown["drug_left_over"])
        powder = "Destroy the powder left over, as your pharmacy's rules say."
        yield powder, f"{of_drug(left, of.unit)} of drug" if left else "Nothing is left over", "", ""
