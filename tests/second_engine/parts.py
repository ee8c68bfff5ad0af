"""Parts of random orders that every preparation has: drug, balance, tablets or powder, dates, answers."""

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.dilutions import dilution
from tests.second_engine.paths import put
from tests.second_engine.published import published
from tests.second_engine.shown import finite_places, fixed
from tests.second_engine.unfiled import assessed, drug_name

Tree = dict[str, Any]

TODAY = date(2027, 1, 15)
USUAL_DOSES = ["0.5", "0.75", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "4.5", "4.5", "5", "6"]
STRENGTHS = ["0.5", "1", "2", "2.5", "5", "10", "12.5", "20", "25", "30", "37.5", "40", "50", "75", "100", "250", "500"]
RATIOS = ["0.02", "0.05", "0.08", "0.1", "0.125", "0.15", "0.2", "0.25", "0.3", "0.5", "0.6", "0.75", "0.9"]
RATIOS += ["1", "1.2", "1.5", "2", "2.5"]
NDCS = ("16729-081-01", "16729-0081-01", "51224020650", "00555-0902-02", "555090202", "5.55E+09", "0555 0902 02")
NDCS += ("123456789012", "1234567890123", "N0555090202")
READABILITIES = ["0.001", "0.01", "0.1", "0.1", "0.1", "0.2", "0.25", "0.5", "1", "1", "1", "2", "5", "10", "100"]


def typed(rng: random.Random, mass: Fraction) -> str:
    """A mass in any unit that holds it, spaces at random."""
    fits = []
    for unit, scale in tables.MASS_UNITS.items():
        places = finite_places(mass / scale)
        if places is not None and places <= 6 and mass / scale < 10**7:
            fits.append((unit, fixed(mass / scale, places)))
    unit, number = rng.choice(fits)
    if unit != "mg" and rng.random() < 0.5:
        unit, number = next((fit for fit in fits if fit[0] == "mg"), (unit, number))
    if rng.random() < 0.03:
        number += "0" if "." in number and len(number.partition(".")[2]) < 6 else ""
        return f" {number}  {unit} "
    return f"{number} {unit}"


def cut(value: Fraction, places: int) -> Fraction:
    """Rounded to so many decimals, so that it can be typed."""
    return Fraction(fixed(value, places))


def between(rng: random.Random, low: Fraction | int, high: Fraction | int, places: int = 2) -> Fraction:
    """A figure between two others."""
    return cut(low + (high - low) * Fraction(rng.randrange(10_001), 10_000), places)


def drug(rng: random.Random, tree: Tree) -> tuple[Fraction, Fraction]:
    """Drug, dose, basis and strength; gives dose and strength in mg."""
    strength = tables.DEFAULT_STRENGTH
    if rng.random() < 0.74:
        if rng.random() < 0.3:
            tree["drug"] = rng.choice(["naltrexone", "naltrexone", "Naltrexone", "NALTREXONE"])
        chance = rng.random()
        if chance < 0.6:
            dose = Fraction(rng.choice(USUAL_DOSES))
        elif chance < 0.82:
            dose = between(rng, Fraction(1, 2), 6, rng.choice([1, 2, 3]))
        elif chance < 0.9:
            dose = between(rng, Fraction(1, 10), Fraction(1, 2), 3)
        elif chance < 0.93:
            dose = Fraction(rng.choice(["0.0005", "0.001", "0.002", "0.02", "0.05", "0.099999"]))
        else:
            dose = Fraction(rng.choice(["6.1", "6.000001", "7.5", "9", "12", "15", "16", "45", "49.9", "50", "60"]))
        if rng.random() < 0.3:
            tree["dose_basis"] = rng.choice(["hydrochloride", "base"])
        if rng.random() < 0.05:
            strength = Fraction(rng.choice(["25", "30", "100", "8", "0.4"]))
        if strength != tables.DEFAULT_STRENGTH or rng.random() < 0.4:
            put(tree, "source.strength", typed(rng, strength))
    else:
        tree["drug"] = {"name": drug_name(rng)}
        strength = Fraction(rng.choice(STRENGTHS))
        ratio = rng.choice(["10", "10.5", "12", "0.001"]) if rng.random() < 0.05 else rng.choice(RATIOS)
        dose = min(cut(strength * Fraction(ratio), 4), Fraction(60))
        put(tree, "source.strength", typed(rng, strength))
    tree["dose"] = typed(rng, dose)
    return dose, strength


def balance_of(rng: random.Random, tree: Tree) -> Fraction:
    """Balance and rule; gives the readability."""
    readability = Fraction(1)
    if rng.random() < 0.45:
        return readability
    balance: Tree = {}
    if rng.random() < 0.8:
        readability = Fraction(rng.choice(READABILITIES))
        balance["readability"] = typed(rng, readability)
    chance = rng.random()
    if chance < 0.3:
        balance["sensitivity"] = typed(rng, max(readability, Fraction(rng.choice(["0.1", "1", "2", "6"]))))
        if rng.random() < 0.75:
            balance["tolerated_error"] = rng.choice(["5 %", "1 %", "2.5 %", "3 %", "0.7 %"])
    elif chance < 0.5:
        balance["repeatability"] = typed(rng, readability * rng.choice([Fraction(1, 10), Fraction(2, 5), 1]))
    elif chance < 0.75:
        balance["minimum"] = typed(rng, Fraction(rng.choice(["0.5", "5", "10.5", "20", "50", "100", "120"])))
    tree["balance"] = balance
    return readability


def tablets(rng: random.Random, tree: Tree, needed: Fraction, strength: Fraction, loss: Fraction) -> Fraction:
    """Tablets weighed; gives the mass of one."""
    one = between(rng, max(60, strength * Fraction(3, 2)), max(400, strength * 4), 1)
    chance = rng.random()
    if chance < 0.015:
        one = strength * rng.choice([Fraction(9, 10), Fraction(1)])
    elif chance < 0.035:
        one = max(one, Fraction(rng.choice([1200, 1201, 1300, 1450])))
    least = least_tablets(rng, tree)
    if rng.random() < 0.15:
        return one
    bare, reserve = -(-(needed / strength) // 1), -(-(needed / (strength * (1 - loss))) // 1)
    chance = rng.random()
    count = reserve
    if chance < 0.2:
        count = reserve + rng.choice([1, 1, 2, 5])
    elif chance < 0.35:
        count = bare
    elif chance < 0.38:
        count = max(1, bare - 1)
    elif chance < 0.6:
        count = max(reserve, least)
    elif chance < 0.66:
        count = rng.choice([1, 2, 3, 10, 20])
    if (needed / strength).denominator == 1 and rng.random() < 0.4:
        count = bare  # all of their powder
    count = min(count, 1000 if rng.random() < 0.9 else 1001)
    total = min(max(cut(one * count, rng.choice([0, 0, 1, 2])), Fraction(1)), Fraction(1_000_000))
    put(tree, "source.tablets_weighed", count)
    put(tree, "source.total_mass", typed(rng, total))
    portion = needed / strength * total / count
    total = crushing(rng, tree, total / count, (bare, reserve, least, count))
    if rng.random() < 0.2:
        back = cut(total * between(rng, Fraction(9, 10), 1, 3), 0)
        if rng.random() < 0.3:
            back = cut(portion + rng.choice([0, 0, 1, 3, -1]), rng.choice([0, 1]))
        put(tree, "source.recovered_mass", typed(rng, max(back, Fraction(1))))
    return one


def least_tablets(rng: random.Random, tree: Tree) -> int:
    """The least number of tablets that the bench crushes, mostly the default."""
    if rng.random() < 0.6:
        return tables.LEAST_TABLETS
    least = rng.choice([1, 1, 1, 1, 2, 3, 5, 10, 20])
    put(tree, "source.least_tablets", least)
    return least


def crushing(rng: random.Random, tree: Tree, one: Fraction, counts: tuple[int, int, int, int]) -> Fraction:
    """How many are crushed and what they weigh together, of tablets weighed; gives the mass of their powder."""
    bare, reserve, least, weighed = counts
    most = max(reserve, least)
    crushed = min(most, weighed)
    if rng.random() < 0.2:
        crushed = rng.choice([bare, bare, reserve, most, weighed, most + 1, weighed + 2, max(1, bare - 1), 3, 10])
        crushed = min(crushed, 1000)
        put(tree, "source.tablets_crushed", crushed)
    powder = one * crushed
    if rng.random() < 0.15:
        off = rng.choice([0, 0, 5, 10, 20, 30, 31, 50, 51, 100, 101, -5, -29, -49, -101])
        powder = max(min(cut(powder * (1 + Fraction(off, 1000)), rng.choice([0, 1, 2])), Fraction(10**6)), Fraction(1))
        put(tree, "source.crushed_mass", typed(rng, powder))
    return powder


def powder(rng: random.Random, tree: Tree, dose: Fraction, new: bool = False) -> Fraction:
    """Bulk powder in the place of tablets, or a dilution of it; gives the drug in one part of it."""
    if new and rng.random() < 0.35:
        return dilution(rng, tree, dose)
    source: Tree = {"kind": "powder"}
    assay = rng.choice(["98.5", "99.2", "100", "101.3", "97", "105", "50", "99.999999"])
    source["assay"] = f"{assay} %"
    strength = Fraction(assay) / 100
    dried = rng.random() < 0.5
    if dried or rng.random() < 0.2:
        source["assay_basis"] = rng.choice(["anhydrous", "dried"]) if dried else "as is"
    if dried or rng.random() < 0.2:
        water = rng.choice(["0", "0.4", "3.1", "8.25", "25"])
        source["water"] = f"{water} %"
        strength *= 1 - Fraction(water) / 100 if dried else 1
    if "drug" not in tree and rng.random() < 0.4:
        source["basis"] = rng.choice(["hydrochloride", "base"])
    for name in ("maker", "lot"):
        if rng.random() < 0.15:
            source[name] = "PCCA 7"
    tree["source"] = source
    tree.pop("crushing_loss", None)
    return strength


def dates(rng: random.Random, tree: Tree, parts: tuple[str, ...]) -> None:
    """Day of making, day of weighing, expiries of the parts."""
    made = TODAY
    if rng.random() < 0.75:
        made = date(2026, 1, 1) + timedelta(rng.randrange(1100))
        tree["prepared_on"] = made.isoformat()
        chance = rng.random()
        if chance < 0.35 and tree.get("source", {}).get("kind") not in ("powder", "dilution"):
            put(tree, "source.weighed_on", made.isoformat())
    if tree.get("source", {}).get("kind") == "dilution" and rng.random() < 0.4:
        put(tree, "source.discard_after", (made + timedelta(rng.choice([-1, 0, 10, 30, 90, 179, 3000]))).isoformat())
    weighed = any(tree.get("source", {}).get(name) is not None for name in ("total_mass", "full_mass"))
    if weighed and rng.random() < 0.05:
        put(tree, "source.weighed_on", (made - timedelta(rng.choice([1, 7, 400]))).isoformat())
    for part in parts:
        if part == "source" and tree.get("source", {}).get("kind") == "capsule":
            continue
        text = expiry(rng, made)
        if text is not None:
            put(tree, f"{part}.expiry", text)


def expiry(rng: random.Random, made: date) -> str | None:
    """An expiry as it stands on a pack, mostly none; seldom past, or far ahead."""
    if rng.random() >= 0.25:
        return None
    day = made + timedelta(rng.choice([0, 30, 100, 179, 180, 181, 200, 360, 700, 1800]) + rng.randrange(3) * 25)
    if rng.random() < 0.025:
        day = made - timedelta(rng.choice([1, 40, 300]))
    if rng.random() < 0.1 and made.day < 29:
        day = date(made.year + 5, made.month, made.day) + timedelta(rng.choice([0, 1, 1, 15_000]))
    text = day.isoformat()
    month, year = text[5:7], text[:4]
    return rng.choice(
        [text, text, text, text[:7], text[:7], f"{month}/{year}", f"{month}/{year[2:]}", f"{text[:7]}-00"]
    )


def expiries(rng: random.Random, tree: Tree, items: list[Tree]) -> None:
    """The same of the items of a list."""
    made = date.fromisoformat(tree.get("prepared_on", TODAY.isoformat()))
    for item in items:
        text = expiry(rng, made)
        if text is not None:
            item["expiry"] = text


def answers(rng: random.Random, tree: Tree, texts: dict[str, str], new: bool = False) -> None:
    """Screening, counting, kind of tablet, and texts that change no figure."""
    for name in ("opioids", "liver_disease"):
        if rng.random() < (0.05 if isinstance(tree.get("drug"), dict) else 0.5):
            put(tree, f"screening.{name}", "yes" if rng.random() < 0.05 else rng.choice(["no", "no", "not asked"]))
    if rng.random() < 0.06:
        put(
            tree,
            f"screening.{rng.choice(['age', 'opioid', 'pregnancy'])}",
            rng.choice(["not asked", None, "no", "yes"]),
        )
    if isinstance(tree.get("drug"), dict):
        assessed(rng, tree)
    if rng.random() < 0.3:
        put(tree, "beyond_use.counting", rng.choice(["day 0", "day 1"]))
    if new:
        published(rng, tree)
    elif rng.random() < 0.2:
        place = rng.choice(["refrigerator", "room temperature", "room temperature", "freezer"])
        days = rng.choice([1, 1, 7, 13, 14, 30, 34, 35, 36, 60, 90, 179, 180, 181, 360])
        put(tree, "beyond_use.studies", [{"days": days, "storage": place, "reference": "Int J Pharm Compd 2018"}])
    if tree.get("source", {}).get("kind") not in ("powder", "dilution", "capsule"):
        if rng.random() < 0.2:
            put(tree, "source.release", "extended" if rng.random() < 0.04 else "immediate")
        if rng.random() < 0.2:
            put(tree, "source.kind", "tablet")
        texts = {"source.maker": "Accord", "source.ndc": rng.choice(NDCS), "source.lot": "L1 a"} | texts
    for path, text in (texts | {"internal_number": "B-2027/14"}).items():
        if rng.random() < 0.15:
            put(tree, path, text)


def spaced(rng: random.Random, part: Any) -> Any:
    """The same with spaces around some of its texts."""
    if isinstance(part, dict):
        return {name: spaced(rng, value) for name, value in part.items()}
    if isinstance(part, list):
        return [spaced(rng, item) for item in part]
    if isinstance(part, str) and rng.random() < 0.3:
        return " " * rng.choice([0, 1, 2]) + part + " " * rng.choice([0, 1, 3])
    return part


def acknowledge(rng: random.Random, tree: Tree, stops: list[dict[str, str]]) -> None:
    """Acknowledge the soft stops of a refusal (either engine's), each value once, seldom wrongly."""
    said = {(stop["code"], stop["value"]): stop for stop in stops if stop["severity"] == "soft" and "value" in stop}
    items = [{"code": code, "value": value, "reason": rng.choice(tables.SOFT_STOPS[code])} for code, value in said][:20]
    if items and rng.random() < 0.06:
        items[0]["value"] = "another"
    if items:
        tree["acknowledgements"] = items
