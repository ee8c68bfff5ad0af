"""Many orders, one per line: each line gets its own answer or refusal, in order, and no line stops another.

Only the current line is kept, so memory does not grow with the number of lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calc.answers.contract import Problem
from calc.answers.problems import bad_json, problem, refusal
from calc.faults import Refused
from calc.reading.json_body import MARK, BadJson, read_json
from calc.service.mistakes import log_mistake
from calc.wording.web import DETAILS, LINE_TOO_LONG, TOO_MANY_LINES

#: The most bytes in a line, without its line end, and the most lines in a body.
LONGEST_LINE = 64 * 1024
MOST_LINES = 10_000
BLANK = b" \t\r"


@dataclass(frozen=True, slots=True)
class Line:
    """One line and its number, from 1; `text` is None if the line is too long."""

    number: int
    text: bytes | None


def split(chunks: Iterable[bytes], longest: int = LONGEST_LINE) -> Iterator[Line]:
    r"""Yield the lines in the chunks, blank ones included; the text of an overlong line is dropped.

    A byte-order mark before the first line is passed over.

    >>> [(line.number, line.text) for line in split([b"ab", b"c\n12345", b"6\n\nd"], longest=4)]
    [(1, b'abc'), (2, None), (3, b''), (4, b'd')]
    """
    for number, text in enumerate(_texts(chunks, longest), start=1):
        yield Line(number, text.removeprefix(MARK) if number == 1 and text is not None else text)


def _texts(chunks: Iterable[bytes], longest: int) -> Iterator[bytes | None]:
    kept, too_long = b"", False
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            too_long = too_long or len(kept) + len(piece) > longest
            yield None if too_long else kept + piece
            kept, too_long = b"", False
        too_long = too_long or len(kept) + len(rest) > longest
        kept = b"" if too_long else kept + rest
    if kept or too_long:
        yield None if too_long else kept


def answers(lines: Iterable[Line], work_out: Callable[[Any], Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the result of `work_out` for the JSON of each nonblank line, or its refusal with the line number.

    The first line beyond `MOST_LINES` is refused as such, and nothing more is read.
    """
    for line in lines:
        if line.number > MOST_LINES:
            yield {**problem("too-large", 413, TOO_MANY_LINES.format(most=f"{MOST_LINES:,}")), "line": line.number}
            return
        if line.text is None or line.text.strip(BLANK):
            yield answer_to_line(line, work_out)


def answer_to_line(line: Line, work_out: Callable[[Any], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the result of `work_out` for the JSON of one line, or its refusal with the line number."""
    if line.text is None:
        return {**problem("too-large", 413, LINE_TOO_LONG), "line": line.number}
    text = line.text
    return answer_or_problem(lambda: work_out(read_json(text)), line.number)


def answer_or_problem(work_out: Callable[[], Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    """Return the result of `work_out`, or its refusal with the line number."""
    refused_as: Problem
    try:
        return work_out()
    except BadJson as fault:
        refused_as = bad_json(fault.on_line(number))
    except Refused as refused:
        refused_as = refusal(refused)
    except Exception as fault:  # noqa: BLE001 - an internal error on one line stops no other line
        refused_as = problem("unexpected", 500, DETAILS["unexpected"].format(number=log_mistake(fault)))
    return {**refused_as, "line": number}
