"""The work on the orders of a file: by this process, or by several that share its lines; answers keep their order."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from calc.cli.ending import Ending
from calc.cli.orders import Reading
from calc.cli.tables import codes_of, text_of
from calc.library import Library, load
from calc.service.answering import answer_to, plan_of
from calc.service.chosen import chosen
from calc.service.many import Line

#: Lines that a process takes at a time: enough that handing them over costs little.
AT_A_TIME = 64
#: Handfuls of lines given out to each process before the first of them is awaited.
AHEAD = 2


class Written(NamedTuple):
    """One answer as it is written; `status` and `codes` are those of a refusal."""

    text: bytes
    status: int
    codes: list[str]


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with each order: how it is read, the day, and what of its answer is written, and how."""

    reading: Reading
    day: date
    columns: tuple[str, ...]
    write_as: str

    def answer(self, tree: Any, library: Library) -> Mapping[str, Any]:
        """Return the answer to the order in a tree, or its columns alone. Raises `Refused`."""
        if self.columns:
            return chosen(plan_of(tree, library, self.day), self.columns, self.day)
        return answer_to(tree, library, self.day)

    def written(self, line: Line, library: Library) -> Written:
        """Return the answer to the order of one line, or its refusal, as it is written."""
        said = self.reading.answer(line, lambda tree: self.answer(tree, library))
        text = text_of(self.write_as, line.number, said, self.columns)
        return Written(text, said["status"], codes_of(said)) if "status" in said else Written(text, 200, [])


def one_by_one(task: Task, lines: Iterable[Line], library: Library, ending: Ending) -> Iterator[Written]:
    """Yield the answer to each line."""
    for line in lines:
        with ending.held():
            answer = task.written(line, library)
        yield answer


def shared(task: Task, lines: Iterable[Line], jobs: int) -> Iterator[Written]:
    """Yield the answer to each line in order, worked out by so many processes.

    Only a few handfuls of lines for each process are in memory at a time.
    """
    lines, waiting = iter(lines), deque[Future[list[Written]]]()
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin) as pool:
        while handful := list(islice(lines, AT_A_TIME)):
            waiting.append(pool.submit(_handful, task, handful))
            if len(waiting) > AHEAD * jobs:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _begin() -> None:
    """Prepare a process: it leaves an interruption to the one that started it, and loads the library."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _library()


def _handful(task: Task, lines: list[Line]) -> list[Written]:
    return [task.written(line, _library()) for line in lines]


@cache
def _library() -> Library:
    """Return the library of this process."""
    return load()
