"""One run of `triturate plan`: reading, planning, writing, the summary of refusals, and the exit code."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from tqdm import tqdm

from calc.arithmetic.notation import grouped
from calc.cli.columns import BadColumn, check
from calc.cli.options import STANDARD, Wanted
from calc.cli.orders import Answered, BadOrders, answers_to_csv, answers_to_ndjson
from calc.cli.tables import codes_of, why, writer
from calc.cli.trees import tree_of
from calc.library import BadFile, load
from calc.service.answering import answer_to
from calc.service.clock import BadSetting, today
from calc.service.many import answer_or_problem, split
from calc.wording import cli as words

PLANNED, FAILED, MISUSED, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130
CHUNK = 64 * 1024


def run(wanted: Wanted) -> int:
    """Plan one order or a file of them, return the exit code, and report a failure in one line on standard error."""
    try:
        return _planned(wanted)
    except BrokenPipeError:  # the reader of our output has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except BadColumn as fault:
        _tell(f"triturate: {fault}")
        return MISUSED
    except (BadFile, BadOrders, BadSetting, OSError) as fault:
        _tell(f"triturate: {fault}")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def _planned(wanted: Wanted) -> int:
    check(wanted.columns)
    library, day = load(), today()

    def work_out(tree: Any) -> Mapping[str, Any]:
        return answer_to(tree, library, day)

    with ExitStack() as stack:
        if wanted.orders is None:
            answer = answer_or_problem(lambda: work_out(tree_of(wanted.fields)), 1)
            return _written(iter([(1, answer)]), wanted, stack)
        lines = split(_chunks(wanted, stack))
        read = answers_to_csv if wanted.read_as == "csv" else answers_to_ndjson
        return _written(read(lines, work_out), wanted, stack)


def _written(answers: Answered, wanted: Wanted, stack: ExitStack) -> int:
    """Write every answer, report the number of refusals by code, and return the exit code."""
    out: IO[bytes] = sys.stdout.buffer
    if wanted.output:
        out = stack.enter_context(open(wanted.output, "wb"))  # noqa: SIM115 - the stack closes it
    write = writer(wanted.write_as, out, wanted.columns)
    codes: Counter[str] = Counter()
    count = refused = mistakes = 0
    for number, said in answers:
        write(number, said)
        count += 1
        if "status" in said:
            refused += 1
            codes.update(codes_of(said))
            mistakes += said["status"] == 500
            if wanted.orders is None:
                _tell(why(said).replace(" | ", "\n"))
    out.flush()
    stack.close()
    if wanted.orders is not None:
        _sum_up(count, refused, codes)
    return FAILED if mistakes else REFUSED if refused else PLANNED


def _sum_up(count: int, refused: int, codes: Counter[str]) -> None:
    orders = words.ONE_ORDER if count == 1 else words.ORDERS.format(count=grouped(str(count)))
    planned = grouped(str(count - refused))
    _tell(words.SUMMARY.format(orders=orders, planned=planned, refused=grouped(str(refused))))
    for code, times in sorted(codes.items(), key=lambda item: (-item[1], item[0])):
        _tell(words.BY_CODE.format(count=grouped(str(times)).rjust(7), code=code))


def _chunks(wanted: Wanted, stack: ExitStack) -> Iterator[bytes]:
    """Return the file in chunks, with a progress bar if a person is watching."""
    name = str(wanted.orders)
    if wanted.output and name != STANDARD and Path(wanted.output).exists() and Path(name).samefile(wanted.output):
        raise BadOrders(words.SAME_FILE.format(name=name))
    source: IO[bytes] = sys.stdin.buffer
    size = None
    if name != STANDARD:
        source = stack.enter_context(open(name, "rb"))  # noqa: SIM115 - the stack closes it
        size = os.fstat(source.fileno()).st_size
    watched = sys.stderr.isatty() and (wanted.output is not None or not sys.stdout.isatty())
    bar = stack.enter_context(tqdm(total=size, unit="B", unit_scale=True, disable=not watched, file=sys.stderr))
    return _read(source, bar)


def _read(source: IO[bytes], bar: Any) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk
        bar.update(len(chunk))


def _tell(text: str) -> None:
    """Write one line to standard error, as UTF-8 whatever its encoding."""
    sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stderr.flush()
