"""The page of published figures: `docs/evidence.md`, parsed into blocks of plain text. HTML in it stays text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from calc.library import document
from calc.reading.files import BadFile

NAME = "evidence.md"
#: The Markdown that is parsed; everything else, above all raw HTML, stays in the text as it is.
RULES = ("table", "heading", "list", "backticks", "emphasis")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `kind` is "text", "code" or "strong"."""

    kind: str
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list or a table. `kind` is "h1" to "h3", "p", "ul", "ol" or "table".

    `lines` holds its one line, or one for each item; for a table, `rows` holds the rows, the header first.
    """

    kind: str
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()


@cache
def evidence() -> tuple[Block, ...]:
    """Return the document; raises `BadFile` if it is not installed or contains unsupported Markdown.

    >>> evidence()[0]
    Block(kind='h1', lines=((Piece(kind='text', text='Evidence'),),), rows=())
    """
    return blocks(document(NAME))


def blocks(text: str) -> tuple[Block, ...]:
    r"""Parse a document in the small subset of Markdown that is supported.

    >>> [block.kind for block in blocks("# Title\n\nWords with `code`.\n\n- one\n- two\n")]
    ['h1', 'p', 'ul']
    >>> blocks("<b>bold</b>")[0].lines[0][0].text
    '<b>bold</b>'
    """
    return tuple(_read(MarkdownIt("zero").enable(list(RULES)).parse(text)))


def _read(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield the blocks: each starts at a token and ends at the one that closes it on the same level."""
    at = 0
    while at < len(tokens):
        opening = tokens[at]
        closing = opening.type.replace("_open", "_close")
        end = next(n for n in range(at, len(tokens)) if tokens[n].type == closing and tokens[n].level == opening.level)
        inside = tokens[at + 1 : end]
        match opening.type:
            case "heading_open" if opening.tag in ("h1", "h2", "h3"):
                yield Block(opening.tag, _lines(inside))
            case "paragraph_open":
                yield Block("p", _lines(inside))
            case "bullet_list_open" | "ordered_list_open" if not any("list_open" in token.type for token in inside):
                yield Block(opening.tag, _lines(inside))
            case "table_open":
                yield Block("table", rows=tuple(_rows(inside)))
            case kind:
                raise BadFile(f"{NAME}: {kind} is not read here")
        at = end + 1


def _lines(tokens: Sequence[Token]) -> tuple[Line, ...]:
    return tuple(tuple(_pieces(token.children or [])) for token in tokens if token.type == "inline")


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[Line, ...]]:
    starts = [n for n, token in enumerate(tokens) if token.type == "tr_open"]
    ends = [n for n, token in enumerate(tokens) if token.type == "tr_close"]
    for start, end in zip(starts, ends, strict=True):
        yield _lines(tokens[start:end])


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    strong = False
    for token in tokens:
        match token.type:
            case "strong_open" | "em_open":
                strong = True
            case "strong_close" | "em_close":
                strong = False
            case "code_inline":
                yield Piece("code", token.content)
            case "text":
                if token.content:
                    yield Piece("strong" if strong else "text", token.content)
            case kind:
                raise BadFile(f"{NAME}: {kind} is not read here")
