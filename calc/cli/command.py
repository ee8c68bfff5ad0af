"""One run of `triturate plan`: reading, planning, writing, the summary of refusals, and the exit code."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import IO, Any

from tqdm import tqdm

from calc.arithmetic.notation import grouped
from calc.cli.columns import BadColumn, check
from calc.cli.ending import Ending, Stopped
from calc.cli.options import STANDARD, Wanted
from calc.cli.orders import BadOrders, Reading, reading
from calc.cli.tables import header, text_of, why
from calc.cli.trees import tree_of
from calc.cli.whole_file import BadOutput, written_whole
from calc.cli.work import Task, Written, one_by_one, shared
from calc.library import Library, load
from calc.reading.files import BadFile
from calc.reading.json_body import MARK
from calc.reading.numbers import hidden_named
from calc.service.clock import BadSetting, today
from calc.service.many import answer_or_problem, split
from calc.wording import cli as words

PLANNED, FAILED, MISUSED, REFUSED = 0, 1, 2, 3
#: Added to the number of the signal that ended the run.
BY_SIGNAL = 128
#: The status of an answer, and that of a mistake of the program.
PASSED, MISTAKE = 200, 500
CHUNK = 64 * 1024
#: What a message may hold besides what can be seen: a space that does not break, and the end of a line.
SPACES = "\u00a0\n"


def run(wanted: Wanted) -> int:
    """Plan one order or a file of them, return the exit code, and report a failure in one line on standard error.

    Whatever ends it early, by a signal too, no file is left half written. A signal that was to be ignored, as by
    `nohup`, goes on being ignored.
    """
    ending = Ending()
    with ending.heeded():
        return _run(wanted, ending)


def _run(wanted: Wanted, ending: Ending) -> int:
    try:
        return _planned(wanted, ending)
    except BrokenPipeError:  # the reader of our output has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except BadColumn as fault:
        _tell(f"triturate: {fault}")
        return MISUSED
    except (BadFile, BadOrders, BadOutput, BadSetting, OSError) as fault:
        _tell(f"triturate: {fault}")
        return FAILED
    except BrokenProcessPool:
        _tell(f"triturate: {words.PROCESS_ENDED}")
        return FAILED
    except Stopped as interruption:
        _tell(
            f"triturate: {words.INTERRUPTED.format(name=wanted.output) if wanted.output else words.INTERRUPTED_ALONE}"
        )
        return BY_SIGNAL + interruption.number


def _planned(wanted: Wanted, ending: Ending) -> int:
    check(wanted.columns)
    library, day = load(), today()
    with ExitStack() as stack:
        if wanted.orders is None:
            return _write_one(wanted, library, day, ending)
        read, lines = reading(split(_chunks(wanted, stack)), wanted.read_as)
        task = Task(read, day, wanted.columns, wanted.write_as)
        if wanted.jobs > 1:
            return _write_all(shared(task, lines, wanted.jobs), wanted, stack)
        return _write_all(one_by_one(task, lines, library, ending), wanted, stack)


def _write_one(wanted: Wanted, library: Library, day: date, ending: Ending) -> int:
    """Write the answer to the only order, or its refusal, which is also told on standard error."""
    task = Task(Reading(None), day, wanted.columns, wanted.write_as)
    with ending.held():
        said = answer_or_problem(lambda: task.answer(tree_of(wanted.fields), library), 1)
    text = _head(wanted) + text_of(wanted.write_as, 1, said, wanted.columns)
    with ExitStack() as stack:
        out = _output(wanted, stack)
        out.write(text)
        out.flush()
    if "status" not in said:
        return PLANNED
    _tell(why(said).replace(" | ", "\n"))
    return FAILED if said["status"] == MISTAKE else REFUSED


def _write_all(answers: Iterator[Written], wanted: Wanted, stack: ExitStack) -> int:
    """Write every answer, report the number of refusals by code, and return the exit code."""
    out = _output(wanted, stack)
    out.write(_head(wanted))
    statuses, codes = Counter[int](), Counter[str]()
    for text, status, refused_by in answers:
        out.write(text)
        statuses[status] += 1
        codes.update(refused_by)
    out.flush()
    stack.close()
    refused = statuses.total() - statuses[PASSED]
    _sum_up(statuses.total(), refused, codes)
    return FAILED if statuses[MISTAKE] else REFUSED if refused else PLANNED


def _head(wanted: Wanted) -> bytes:
    """Return what stands before the answers."""
    return (MARK if wanted.excel else b"") + header(wanted.write_as, wanted.columns)


def _output(wanted: Wanted, stack: ExitStack) -> IO[bytes]:
    """Return where the answers go: the file named, which the stack puts in its place, or standard output."""
    if wanted.output:
        return stack.enter_context(written_whole(wanted.output, follow=wanted.follow_link))
    return sys.stdout.buffer


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
    """Write text to standard error, as UTF-8 whatever its encoding; nothing in it steers the terminal."""
    sys.stderr.buffer.write(hidden_named(text, SPACES).encode("utf-8", "backslashreplace") + b"\n")
    sys.stderr.flush()
