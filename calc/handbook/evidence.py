"""The published figures as a page: `docs/evidence.md`, read into blocks of plain text. Markup in it stays text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from calc.library import BadFile, document

NAME = "evidence.md"
#: What a document may hold; what else it holds is left as it stands in the text, raw HTML above all.
RULES = ("table", "heading", "list", "backticks", "emphasis")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `kind` is "text", "code" or "strong"."""

    kind: str
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list or a table. `kind` is "h1" to "h3", "p", "ul", "ol" or "table".

    `lines` are its one line, or one for each item; of a table `rows` are the rows, the head first.
    """

    kind: str
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()


@cache
def evidence() -> tuple[Block, ...]:
    """The document; raises `BadFile` where it is not installed or holds what is not read here.

    >>> evidence()[0]
    Block(kind='h1', lines=((Piece(kind='text', text='Evidence'),),), rows=())
    """
    return blocks(document(NAME))


def blocks(text: str) -> tuple[Block, ...]:
    r"""A document in the small part of Markdown that is used here.

    >>> [block.kind for block in blocks("# Title\n\nWords with `code`.\n\n- one\n- two\n")]
    ['h1', 'p', 'ul']
    >>> blocks("<b>bold</b>")[0].lines[0][0].text
    '<b>bold</b>'
    """
    return tuple(_read(MarkdownIt("zero").enable(list(RULES)).parse(text)))


def _read(tokens: Sequence[Token]) -> Iterator[Block]:
    """The blocks: each opens with a token and ends with the one that closes it on the same level."""
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
