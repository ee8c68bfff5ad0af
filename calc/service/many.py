"""Many orders, one a line: each line gets its own answer or its own refusal, in order, and no line stops another.

Nothing is kept but the line at hand, so the memory used does not grow with their number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calc.answers.contract import Problem
from calc.answers.problems import bad_json, problem, refusal
from calc.faults import Refused
from calc.reading.json_body import BadJson, read_json
from calc.service.mistakes import numbered
from calc.wording.web import DETAILS, LINE_TOO_LONG, TOO_MANY_LINES

#: Bytes of one line, without its end; lines of one body.
LONGEST_LINE = 64 * 1024
MOST_LINES = 10_000
BLANK = b" \t\r"


@dataclass(frozen=True, slots=True)
class Line:
    """One line by its number, from 1; `text` is None where it is longer than is read."""

    number: int
    text: bytes | None


def split(chunks: Iterable[bytes], longest: int = LONGEST_LINE) -> Iterator[Line]:
    r"""The lines that the chunks hold, blank ones included; of one that is too long nothing is kept.

    >>> [(line.number, line.text) for line in split([b"ab", b"c\n12345", b"6\n\nd"], longest=4)]
    [(1, b'abc'), (2, None), (3, b''), (4, b'd')]
    """
    number, kept, too_long = 1, b"", False
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            too_long = too_long or len(kept) + len(piece) > longest
            yield Line(number, None if too_long else kept + piece)
            number, kept, too_long = number + 1, b"", False
        too_long = too_long or len(kept) + len(rest) > longest
        kept = b"" if too_long else kept + rest
    if kept or too_long:
        yield Line(number, None if too_long else kept)


def answers(lines: Iterable[Line], work_out: Callable[[Any], Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """For each line that is not blank what `work_out` makes of its JSON, or its refusal with the number of the line.

    The line after the last one that is read is refused as such, and nothing more is read.
    """
    for line in lines:
        if line.number > MOST_LINES:
            yield {**problem("too-large", 413, TOO_MANY_LINES.format(most=f"{MOST_LINES:,}")), "line": line.number}
            return
        if line.text is None or line.text.strip(BLANK):
            yield answer_to_line(line, work_out)


def answer_to_line(line: Line, work_out: Callable[[Any], Mapping[str, Any]]) -> Mapping[str, Any]:
    """What `work_out` makes of the JSON of one line, or its refusal with the number of the line."""
    if line.text is None:
        return {**problem("too-large", 413, LINE_TOO_LONG), "line": line.number}
    text = line.text
    return answer_or_problem(lambda: work_out(read_json(text)), line.number)


def answer_or_problem(work_out: Callable[[], Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    """What `work_out` answers, or the refusal that it ends in, with the number of the line."""
    said: Problem
    try:
        return work_out()
    except BadJson as fault:
        said = bad_json(fault.code)
    except Refused as refused:
        said = refusal(refused)
    except Exception as fault:  # noqa: BLE001 - our own mistake on one line stops no other line
        said = problem("unexpected", 500, DETAILS["unexpected"].format(number=numbered(fault)))
    return {**said, "line": number}


def written(tree: Mapping[str, Any]) -> bytes:
    """An answer or a refusal as one line of JSON, without its end."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
