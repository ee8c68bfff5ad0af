"""The command line: `triturate serve [--host H] [--port P]`."""

from __future__ import annotations

import argparse
import sys

LOOPBACK_HOST, USUAL_PORT = "127.0.0.1", 8000


def main(given: list[str] | None = None) -> int:
    """Run one command; the exit code is not 0 where it could not be done, with one plain line why."""
    parser = argparse.ArgumentParser(prog="triturate", description="A compounding pharmacy's dosing calculator.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the page and the endpoint")
    serve.add_argument("--host", default=LOOPBACK_HOST, help="address to listen on (default: this machine only)")
    serve.add_argument("--port", type=int, default=USUAL_PORT, help="port to listen on (default: 8000)")
    return _serve(parser.parse_args(given))


def _serve(wanted: argparse.Namespace) -> int:
    from calc.library import BadFile
    from calc.web.app import LOOPBACK, create_app
    from calc.web.clock import BadSetting
    from calc.web.serving import serve

    try:
        serve(create_app(LOOPBACK | {wanted.host.lower()}), wanted.host, wanted.port)
    except (BadFile, BadSetting, OSError, OverflowError) as fault:
        print(f"triturate: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
