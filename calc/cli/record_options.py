"""The arguments of the commands of the record. Nothing that keeps the record is imported for them."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from typing import Any

from calc.record.streams import NUMBER
from calc.wording import cli
from calc.wording import cli_record as words

#: The view tables that can be written as CSV.
TABLES = ("batch", "batch_person", "batch_check", "log")
COMMANDS = frozenset(
    {
        *("setup", "doctor", "upgrade", "verify-log", "rebuild-views", "recompute", "backup", "restore", "unlock"),
        *("export", "remove-references"),
    }
)


def add_to(commands: Any) -> None:
    """Add the commands of the record to the parser's."""
    _command(commands, "setup", words.SETUP, words.SETUP_AFTER)
    _command(commands, "doctor", words.DOCTOR)
    _command(commands, "upgrade", words.UPGRADE)
    verify = _command(commands, "verify-log", words.VERIFY)
    verify.add_argument("file", nargs="?", type=Path, metavar="FILE", help=words.VERIFY_FILE)
    verify.add_argument("--head", type=_head, metavar="S:H", help=words.HEAD)
    verify.add_argument("--indexes", action="store_true", help=words.INDEXES)
    verify.add_argument("--note", action="store_true", help=words.NOTE)
    verify.add_argument("--begin-witness", action="store_true", help=words.BEGIN_WITNESS)
    _command(commands, "rebuild-views", words.REBUILD)
    _command(commands, "recompute", words.RECOMPUTE)
    _command(commands, "backup", words.BACKUP).add_argument("file", type=Path, metavar="FILE", help=words.BACKUP_FILE)
    restore = _command(commands, "restore", words.RESTORE)
    restore.add_argument("file", type=Path, metavar="FILE", help=words.RESTORE_FILE)
    restore.add_argument("--above", type=_number, metavar="NUMBER", help=words.ABOVE)
    _command(commands, "unlock", words.UNLOCK).add_argument("name", metavar="NAME", help=words.NAME)
    remove = _command(commands, "remove-references", words.REMOVE)
    remove.add_argument("--before", type=_day, metavar="DAY", required=True, help=words.BEFORE)
    export = _command(commands, "export", words.EXPORT)
    export.add_argument("--format", choices=("jsonl", "csv"), required=True, help=words.FORMAT)
    export.add_argument("--table", choices=TABLES, help=words.TABLE)
    export.add_argument("--batch", type=_number, metavar="NUMBER", help=words.BATCH)
    export.add_argument("--from", dest="from_day", type=_day, metavar="DAY", help=words.FROM_DAY)
    export.add_argument("--to", dest="to_day", type=_day, metavar="DAY", help=words.TO_DAY)
    export.add_argument("--output", metavar="FILE", help=words.OUTPUT)


def _command(commands: Any, name: str, about: str, after: str = "") -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about, epilog=after, allow_abbrev=False
    )
    command.add_argument("--data", default=os.environ.get("TRITURATE_DATA") or None, type=Path, help=cli.DATA)
    command.add_argument(
        "--witness", default=os.environ.get("TRITURATE_WITNESS") or None, type=Path, help=words.WITNESS
    )
    return command


def _head(text: str) -> tuple[int, str]:
    """Return a printed head: its sequence and the beginning of its hash.

    >>> _head("12:0A1B 2C3D")
    (12, '0a1b2c3d')
    """
    seq, _, start = text.partition(":")
    start = "".join(start.split()).lower()
    is_seq = seq.isascii() and seq.isdecimal() and len(seq) <= 18
    if not (is_seq and 8 <= len(start) <= 64 and set(start) <= set("0123456789abcdef")):
        raise argparse.ArgumentTypeError(words.OVER_HEAD.format(seq=seq, start=start))
    return int(seq), start


def _number(text: str) -> str:
    """Return the number of a batch."""
    if not NUMBER.fullmatch(text):
        raise argparse.ArgumentTypeError(words.BAD_NUMBER.format(number=text))
    return text


def _day(text: str) -> str:
    """Return a day."""
    try:
        day = date.fromisoformat(text).isoformat()
    except ValueError:
        day = ""
    if day != text:
        raise argparse.ArgumentTypeError(words.BAD_DAY.format(day=text))
    return text
