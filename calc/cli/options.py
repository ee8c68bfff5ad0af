"""The arguments of `triturate plan`: every field of an order as an option, a file of orders, and the output."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calc import limits
from calc.cli.columns import USUAL
from calc.service.chosen import split
from calc.wording import cli as words
from calc.wording.fields import LABELS, LIQUID_LABELS
from calc.wording.figures import said

FORMATS = ("csv", "ndjson")
STANDARD = "-"
#: Most processes that share the lines of a file.
MOST_JOBS = 64
_LABELS = {**LABELS, **LIQUID_LABELS}
#: Names that are not fields of an order by themselves; syringes and parts are lists, only for files.
_GROUPS = frozenset(path.rpartition(".")[0] for path in _LABELS) - {"drug"}
_NO_FIELD = frozenset({"", "paper", "label", "acknowledgements", "syringes", "vehicle.parts", "ingredients"})
FIELDS = tuple(path for path in _LABELS if path not in _GROUPS | _NO_FIELD)
_RANGES = {**limits.LIQUID_RANGES, **limits.RANGES}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One run: the fields of one order or a file of orders, and the format, place and columns of the output.

    `jobs` is the number of processes that share the lines of a file; `excel` begins CSV with a byte-order mark;
    `follow_link` lets `output` be a symbolic link.
    """

    fields: tuple[tuple[str, str], ...]
    orders: str | None
    read_as: str
    write_as: str
    output: str | None
    columns: tuple[str, ...]
    jobs: int
    excel: bool
    follow_link: bool


def add_to(commands: Any) -> None:
    """Add `plan` to the parser's commands."""
    plan = commands.add_parser(
        "plan",
        help=words.PLAN,
        description=words.PLAN_ABOUT,
        usage=words.PLAN_USAGE,
        epilog=words.PLAN_AFTER,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    plan.add_argument("orders", nargs="?", metavar="FILE", help=words.FILE)
    plan.add_argument("--from", dest="read_as", choices=FORMATS, help=words.FROM)
    plan.add_argument("--to", dest="write_as", choices=("json", *FORMATS), help=words.TO)
    plan.add_argument("--output", metavar="FILE", help=words.OUTPUT)
    plan.add_argument("--follow-link", action="store_true", help=words.FOLLOW_LINK)
    plan.add_argument("--columns", metavar="PATHS", help=words.COLUMNS.format(default=", ".join(USUAL)))
    plan.add_argument("--jobs", type=_jobs, default=1, metavar="NUMBER", help=words.JOBS.format(most=MOST_JOBS))
    plan.add_argument("--excel", action="store_true", help=words.EXCEL)
    order = plan.add_argument_group(words.ORDER)
    for path in FIELDS:
        order.add_argument(f"--{path}", dest=f"field {path}", metavar="VALUE", help=_about(path).replace("%", "%%"))
    order.add_argument(
        "--acknowledge",
        nargs=3,
        action="append",
        default=[],
        metavar=("CODE", "VALUE", "REASON"),
        help=words.ACKNOWLEDGE,
    )
    plan.set_defaults(complain=plan.error)


def wanted(given: argparse.Namespace) -> Wanted:
    """Return the run that the arguments ask for; if they conflict, exit with code 2, as argparse does."""
    fields = [(path, text) for path in FIELDS if (text := getattr(given, f"field {path}")) is not None]
    for index, (code, value, reason) in enumerate(given.acknowledge):
        base = f"acknowledgements.{index}"
        fields += [(f"{base}.code", code), (f"{base}.value", value), (f"{base}.reason", reason)]
    if fields and given.orders is not None:
        given.complain(words.NOT_BOTH)
    if not fields and given.orders is None:
        given.complain(words.NEEDS_ORDER)
    if given.orders is not None and given.write_as == "json":
        given.complain(words.NOT_JSON)
    read_as = given.read_as or _format_of(given)
    columns = split(given.columns or "")
    write_as = given.write_as or ("json" if given.orders is None else read_as)
    if write_as == "csv" and not columns:
        columns = USUAL
    if given.excel and write_as != "csv":
        given.complain(words.NOT_EXCEL)
    return Wanted(
        tuple(fields),
        given.orders,
        read_as,
        write_as,
        given.output,
        columns,
        given.jobs,
        given.excel,
        given.follow_link,
    )


def _jobs(text: str) -> int:
    """Return the number of processes in an argument; raises what argparse reports for any other text."""
    if text.isdecimal() and 1 <= len(text) <= 2 and 1 <= int(text) <= MOST_JOBS:
        return int(text)
    raise argparse.ArgumentTypeError(words.BAD_JOBS.format(most=MOST_JOBS))


def _format_of(given: argparse.Namespace) -> str:
    if given.orders is None or given.orders == STANDARD:
        return "ndjson"
    suffix = Path(given.orders).suffix.lower()
    if suffix not in {".csv", ".ndjson", ".jsonl"}:
        given.complain(words.WHICH_FORMAT.format(name=given.orders))
    return "csv" if suffix == ".csv" else "ndjson"


def _about(path: str) -> str:
    """Return the help of an option: the label of its field, its range and its default."""
    parts = [_LABELS[path]]
    if bounds := _RANGES.get(path):
        parts.append(words.RANGE.format(low=said(bounds.low), high=said(bounds.high)))
    if path in limits.DEFAULTS:
        parts.append(words.DEFAULT.format(default=limits.DEFAULTS[path]))
    return "; ".join(parts).replace("\u00a0", " ")
