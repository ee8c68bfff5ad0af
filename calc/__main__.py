"""The command line: `triturate serve`, `triturate plan`, and the commands of the record."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from calc.wording import cli as words

LOOPBACK_HOST, USUAL_PORT, MOST_PORT = "127.0.0.1", 8000, 65535


def main(given: list[str] | None = None) -> int:
    """Run one command; the exit code is not 0 where it could not be done, with one plain line why."""
    from calc.cli import options, record_options

    parser = argparse.ArgumentParser(prog="triturate", description=words.ABOUT)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help=words.SERVE, description=words.SERVE)
    serve.add_argument("--host", default=LOOPBACK_HOST, help=words.HOST)
    serve.add_argument(
        "--port", type=_port, default=USUAL_PORT, help=words.PORT.format(port=USUAL_PORT, most=MOST_PORT)
    )
    serve.add_argument("--data", default=os.environ.get("TRITURATE_DATA") or None, type=Path, help=words.DATA)
    options.add_to(commands)
    record_options.add_to(commands)
    arguments = parser.parse_args(given)
    if arguments.command in record_options.COMMANDS:
        return _record(arguments)
    return _serve(arguments) if arguments.command == "serve" else _plan(arguments)


def _port(text: str) -> int:
    """Return the number of a port.

    >>> _port("8001")
    8001
    """
    if not (text.isascii() and text.isdecimal() and int(text[:6]) <= MOST_PORT):
        raise argparse.ArgumentTypeError(words.BAD_PORT.format(most=MOST_PORT))
    return int(text)


def _plan(given: argparse.Namespace) -> int:
    from calc.cli import options
    from calc.cli.command import run

    return run(options.wanted(given))


def _record(given: argparse.Namespace) -> int:
    try:
        from calc.cli.record import run
    except ModuleNotFoundError as fault:
        if (fault.name or "").partition(".")[0] not in {"sqlalchemy", "alembic", "argon2"}:
            raise
        from calc.wording import cli_record

        print(f"triturate: {cli_record.NOT_INSTALLED}", file=sys.stderr)
        return 3
    return run(given)


def _serve(wanted: argparse.Namespace) -> int:
    from calc.reading.files import BadFile
    from calc.service.clock import BadSetting
    from calc.web.app import LOOPBACK, create_app
    from calc.web.serving import serve

    try:
        serve(create_app(LOOPBACK | {wanted.host.lower()}, data=wanted.data), wanted.host, wanted.port)
    except (BadFile, BadSetting, OSError) as fault:
        print(f"triturate: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
