"""Opened capsules as the source: what they hold, and what their contents weigh."""

from datetime import date
from typing import Any

from tests.second_engine import tables
from tests.second_engine.order import Common, Opened
from tests.second_engine.reader import Reader
from tests.second_engine.shown import order_mass
from tests.second_engine.stops import Stop

Tree = dict[str, Any]

WEIGHED = ("capsules_weighed", "full_mass", "shells_mass")
NAMES = frozenset(("kind", "contents", "release", "strength", *WEIGHED, "weighed_on"))
NAMES |= frozenset(("recovered_mass", "maker", "ndc", "lot", "expiry"))
CONTENTS = ("powder", "pellets", "liquid")
RELEASES = ("immediate", "extended", "delayed")


def _masses(reader: Reader, source: Tree) -> Tree:
    """How many were weighed, full and without what they held."""
    given = [name for name in WEIGHED if source.get(name) is not None]
    needed = WEIGHED if given else ("full_mass", "capsules_weighed") if source.get("recovered_mass") is not None else ()
    for name in needed:
        if name not in given:
            reader.fault("pair_incomplete", f"source.{name}")
    number = reader.count(source, "source.capsules_weighed")
    full, shells = (reader.amount(source, f"source.{name}") for name in WEIGHED[1:])
    net = None if full is None or shells is None else full - shells
    if net is not None and net <= 0:
        reader.fault("shells_above_full", "source.shells_mass")
    elif shells is not None and number is not None:
        low, high = tables.RANGES["capsule.shell_mass"]
        if not low <= shells / number <= high:
            reader.fault("out_of_range", "source.shells_mass")
    return {"tablets_weighed": number, "total_mass": net, "full": full, "shells": shells}


def read_opened(reader: Reader, source: Tree, made: date) -> Tree:
    """The fields of the source by their names for tablets."""
    for name in ("contents", "release", "strength"):
        if source.get(name) is None:
            reader.fault("required", f"source.{name}")
    read = _masses(reader, source)
    contents = reader.choice(source, "source.contents", CONTENTS) or CONTENTS[0]
    return {
        "opened": Opened(contents, read.pop("full"), read.pop("shells")),
        "strength": reader.amount(source, "source.strength") or tables.DEFAULT_STRENGTH,
        "release": reader.choice(source, "source.release", RELEASES) or RELEASES[0],
        "weighed_on": reader.day(source, "source.weighed_on") or made,
        "recovered": reader.amount(source, "source.recovered_mass"),
    } | read


def opened_stops(order: Common) -> list[Stop]:
    """Stops on what the capsules hold."""
    if order.opened is None:
        return []
    held = {"pellets": "pellets", "liquid": "liquid_fill"}.get(order.opened.contents)
    stops = [] if held is None else [Stop(held, "source.contents", order.opened.contents)]
    if order.release == "delayed":
        stops.append(Stop("delayed_release", "source.release", "delayed"))
    if order.filed:
        stops.append(Stop("strength_not_in_drug_file", "source.strength", order_mass(order.strength), order.strength))
    return stops
