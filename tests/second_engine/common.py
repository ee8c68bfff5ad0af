"""What every preparation asks for, read from the order tree: drug, source, balance, dates, screening."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine import tables
from tests.second_engine.ingredients import read_ingredients
from tests.second_engine.opened import NAMES as OPENED
from tests.second_engine.opened import read_opened
from tests.second_engine.order import Bulk, Common
from tests.second_engine.packing import read_packing
from tests.second_engine.reader import Reader
from tests.second_engine.screening import read_assessment, read_screening
from tests.second_engine.studies import KEPT, read_studies
from tests.second_engine.tablets import counted, heaviest_recovered
from tests.second_engine.two_forms import read_forms

TOP = frozenset(
    [
        "preparation",
        "drug",
        "dose",
        "dose_basis",
        "prepared_on",
        "internal_number",
        "crushing_loss",
        "source",
        "balance",
        "beyond_use",
        "screening",
        "assessment",
        "ingredients",
        "forms",
        "acknowledgements",
    ]
)
TABLET = frozenset(
    [
        "kind",
        "strength",
        "release",
        "tablets_weighed",
        "total_mass",
        "weighed_on",
        "tablets_crushed",
        "crushed_mass",
        "least_tablets",
        "recovered_mass",
        "maker",
        "ndc",
        "lot",
        "expiry",
    ]
)
PACKED = frozenset(["packing_statistic", "packing"])
DILUTION = frozenset(["kind", "drug_in_gram", "basis", "maker", "lot", "expiry", "discard_after"])
POWDER = frozenset(["kind", "assay", "assay_basis", "water", "basis", "maker", "lot", "expiry"])
#: The names of each kind of source.
KINDS = {"tablet": TABLET, "powder": POWDER, "dilution": DILUTION, "capsule": OPENED}
#: Of tablets that were crushed once for several batches of capsules.
SHARED = "common_powder"
BALANCE = frozenset(["readability", "sensitivity", "tolerated_error", "repeatability", "minimum"])
#: Two numbers in a ratio, with a unit behind them or none.
RATIO = re.compile(r"[0-9]+(?:\.[0-9]+)? *(?::|in|to|/) *([0-9]+(?:\.[0-9]+)?)(?: *[^ 0-9]+)?")

Tree = dict[str, Any]


def given(tree: Tree, name: str) -> bool:
    """Whether a name was filled in, readable or not."""
    return tree.get(name) is not None


def percent(value: Fraction | None) -> Fraction | None:
    """Per cent to a ratio."""
    return None if value is None else value / 100


def in_mcg(typed: Any) -> bool:
    """Whether a quantity was typed in micrograms."""
    return isinstance(typed, str) and typed.strip(" ").endswith(("mcg", "ug"))


def kind_of(tree: Tree) -> str:
    """The kind of source, tablets where none is said that is known."""
    source = tree.get("source")
    kind = source.get("kind") if isinstance(source, dict) else None
    kind = kind.strip(" ") if isinstance(kind, str) else ""
    return kind if kind in KINDS else "tablet"


def is_powder(tree: Tree) -> bool:
    """Whether the source is bulk powder, or a dilution of it."""
    return kind_of(tree) in ("powder", "dilution")


def both(reader: Reader, first: tuple[Tree, str], second: tuple[Tree, str]) -> None:
    """Fault the one that is missing beside the other of a pair."""
    has_first, has_second = (given(tree, field.rpartition(".")[2]) for tree, field in (first, second))
    if has_first != has_second:
        reader.fault("pair_incomplete", second[1] if has_first else first[1])


def _bulk(reader: Reader, source: Tree, filed: bool) -> Bulk:
    """The bulk powder and its certificate."""
    if source.get("assay") is None:
        reader.fault("required", "source.assay")
    dried = reader.choice(source, "source.assay_basis", ("as is", "anhydrous", "dried")) in ("anhydrous", "dried")
    if dried and source.get("water") is None:
        reader.fault("pair_incomplete", "source.water")
    basis = reader.choice(source, "source.basis", tables.BASES if filed else ())
    return Bulk(
        kind="powder",
        assay=percent(reader.amount(source, "source.assay", "ratio")) or Fraction(1),
        dried=dried,
        idle_water=not dried and source.get("water") is not None,
        water=percent(reader.amount(source, "source.water", "ratio")) or Fraction(0),
        basis=(basis or tables.DEFAULT_BASIS) if filed else None,
        packing_statistic=read_packing(reader, source, "source"),
    )


def _dilution(reader: Reader, source: Tree, filed: bool) -> Bulk:
    """A dilution, by the drug in a gram of it."""
    typed = source.get("drug_in_gram")
    if typed is None:
        reader.fault("required", "source.drug_in_gram")
    found = RATIO.fullmatch(typed.strip(" ")) if isinstance(typed, str) else None
    amount = None
    if found:
        reader.fault("ratio_not_allowed" if found[1].strip("0.") else "number_format", "source.drug_in_gram")
    elif typed is not None:
        mass = re.sub(r" */ *g *$", "", typed) if isinstance(typed, str) else typed
        amount = reader.amount({"drug_in_gram": mass}, "source.drug_in_gram")
    basis = reader.choice(source, "source.basis", tables.BASES if filed else ())
    return Bulk(
        kind="dilution",
        assay=(amount or Fraction(1)) / 1000,
        dried=False,
        idle_water=False,
        water=Fraction(0),
        basis=(basis or tables.DEFAULT_BASIS) if filed else None,
        packing_statistic=read_packing(reader, source, "source"),
    )


def _blank(source: Any) -> set[str]:
    """Names of any kind of source that are null: those of another kind say nothing then."""
    known = PACKED.union(*KINDS.values(), ("tablets_used", "capsules_used", SHARED))
    return {name for name in source if source[name] is None and name in known} if isinstance(source, dict) else set()


def _source(reader: Reader, tree: Tree, filed: bool, made: date, statistic: bool) -> Tree:
    """The source: tablets as counted and weighed, or bulk powder."""
    kind, powder = kind_of(tree), is_powder(tree)
    names = KINDS[kind]
    if powder and statistic:
        names |= PACKED
    elif kind == "tablet" and statistic:
        names |= {SHARED}
    elif not powder and not statistic:
        names |= {"tablets_used" if kind == "tablet" else "capsules_used"}
    source = reader.part(tree, "source", names | _blank(tree.get("source")))
    for name in ("maker", "lot"):
        reader.text(source, f"source.{name}")
    read: Tree = {
        "ndc": None if powder else reader.text(source, "source.ndc"),
        "source_expiry": reader.day(source, "source.expiry", month=True),
        "discard_after": reader.day(source, "source.discard_after") if kind == "dilution" else None,
        "bulk": None,
        "opened": None,
        "strength": tables.DEFAULT_STRENGTH,
        "release": "immediate",
        "weighed_on": made,
        "least_tablets": tables.LEAST_TABLETS,
        "shared": False,
    } | dict.fromkeys(("tablets_weighed", "total_mass", "tablets_crushed", "crushed_mass", "recovered"))
    if powder:
        shown = source if statistic else {name: value for name, value in source.items() if name in names}
        if given(tree, "crushing_loss"):
            reader.fault("excludes_each_other", "crushing_loss")
        return read | {"bulk": (_dilution if kind == "dilution" else _bulk)(reader, shown, filed)}
    if kind == "capsule":
        return read | read_opened(reader, source, made)
    if not filed and source.get("strength") is None:
        reader.fault("required", "source.strength")
    reader.choice(source, "source.kind", tuple(KINDS))
    both(reader, (source, "source.tablets_weighed"), (source, "source.total_mass"))
    after = given(source, "recovered_mass") or given(source, "crushed_mass")
    if after and not (given(source, "total_mass") or given(source, "tablets_weighed")):
        reader.fault("pair_incomplete", "source.total_mass")
    if statistic and given(source, SHARED):
        for name in ("tablets_crushed", "total_mass"):
            if not given(source, name):
                reader.fault("pair_incomplete", f"source.{name}")
    return read | {
        "shared": statistic and reader.choice(source, f"source.{SHARED}", ("yes",)) is not None,
        "strength": reader.amount(source, "source.strength") or tables.DEFAULT_STRENGTH,
        "release": reader.choice(source, "source.release", ("immediate", "extended")) or "immediate",
        "tablets_weighed": reader.count(source, "source.tablets_weighed"),
        "total_mass": reader.amount(source, "source.total_mass"),
        "weighed_on": reader.day(source, "source.weighed_on") or made,
        "tablets_crushed": reader.count(source, "source.tablets_crushed"),
        "crushed_mass": reader.amount(source, "source.crushed_mass"),
        "least_tablets": reader.count(source, "source.least_tablets") or tables.LEAST_TABLETS,
        "recovered": reader.amount(source, "source.recovered_mass"),
    }


def _balance(reader: Reader, tree: Tree) -> Tree:
    """The balance and its rule, of which there is at most one."""
    balance = reader.part(tree, "balance", BALANCE)
    if given(balance, "tolerated_error") and not given(balance, "sensitivity"):
        reader.fault("pair_incomplete", "balance.sensitivity")
    rules = [
        name
        for name, present in (
            ("sensitivity", given(balance, "sensitivity") or given(balance, "tolerated_error")),
            ("repeatability", given(balance, "repeatability")),
            ("minimum", given(balance, "minimum")),
        )
        if present
    ]
    for name in rules[1:]:
        reader.fault("excludes_each_other", f"balance.{name}")
    masses = {name: reader.amount(balance, f"balance.{name}") for name in ("sensitivity", "repeatability", "minimum")}
    return masses | {
        "readability": reader.amount(balance, "balance.readability") or Fraction(1),
        "tolerated_error": percent(reader.amount(balance, "balance.tolerated_error", "ratio")),
    }


def _dose(reader: Reader, tree: Tree, capsules: bool) -> tuple[Fraction | None, Fraction | None]:
    """The dose in mg, or of a liquid in mL."""
    typed = tree.get("dose")
    if not capsules and isinstance(typed, str) and typed.strip(" ").endswith(tuple(tables.VOLUME_UNITS)):
        return None, reader.amount(tree, "dose", "volume", like="dose_in_ml")
    return reader.amount(tree, "dose"), None


def read_common(reader: Reader, tree: Tree, today: date, *, capsules: bool) -> Tree:
    """Every field of `Common` by its name; of capsules bulk powder may have a packing statistic, and their place."""
    if tree.get("dose") is None:
        reader.fault("required", "dose")
    filed, name = reader.drug(tree)
    reader.text(tree, "internal_number")
    made = reader.day(tree, "prepared_on") or today
    basis = reader.choice(tree, "dose_basis", tables.BASES if filed else ())
    loss = percent(reader.amount(tree, "crushing_loss", "ratio"))
    kept = ("storage",) if capsules else ()  # a liquid says it of its vehicle
    beyond_use = reader.part(tree, "beyond_use", ("counting", "studies", *kept))
    dose, volume = _dose(reader, tree, capsules)
    read: Tree = {
        "filed": filed,
        "name": name,
        "factor": read_forms(reader, tree, filed),
        "assessment": read_assessment(reader, tree),
        "dose": dose or Fraction(1),
        "dose_volume": volume,
        "dose_in_mcg": in_mcg(tree.get("dose")),
        "basis": (basis or tables.DEFAULT_BASIS) if filed else None,
        "prepared_on": made,
        "loss": Fraction(3, 100) if loss is None else loss,
        "day_one": reader.choice(beyond_use, "beyond_use.counting", ("day 0", "day 1")) != "day 0",
        "studies": read_studies(reader, beyond_use),
        "ingredients": read_ingredients(reader, tree, liquid=not capsules),
        "screening": read_screening(reader, tree, filed),
        "acknowledgements": reader.acknowledgements(tree),
    }
    if capsules:
        read["place"] = reader.choice(beyond_use, "beyond_use.storage", KEPT) or "room temperature"
    return read | _source(reader, tree, filed, made, capsules) | _balance(reader, tree)


def together(reader: Reader, order: Common, needed: Fraction, *, may_be_whole: bool = False) -> None:
    """Faults of source and dates as a whole, where every field could be read."""
    if order.weighed_on > order.prepared_on:
        reader.fault("date_order", "source.weighed_on")
    if order.bulk is not None:
        return
    most = heaviest_recovered(order, counted(order, needed, may_be_whole=may_be_whole))
    if order.recovered is not None and most is not None and order.recovered > most:
        reader.fault("recovered_above_total", "source.recovered_mass")
