"""Names of diluents and vehicles as labels print them: which product of the tables a printed name means, if any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]

#: Pharmacopoeias that a label names beside a product, which every grade of it may meet.
_STANDARDS = re.compile(r"\b(?:usp|nf|bp|ep|jp|ph\.? ?eur)(?![^\W_])\.?")
#: Words, numbers and per cent; a point behind a letter is no decimal point.
_WORDS = re.compile(r"(?:(?<![^\W_])[.,])?[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|%")


class PrintedName(BaseModel):
    """One row of the table: what a label prints, and the product of the tables of diluents and vehicles it means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    printed: Text
    name: Text
    source: Text


def words_in(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a printed name in small letters, without the pharmacopoeias that it names.

    >>> words_in("Microcrystalline Cellulose, NF/Ph. Eur. (Avicel PH-101)")
    ('microcrystalline', 'cellulose', 'avicel', 'ph', '101')
    >>> words_in("Methylcellulose 1.0%"), words_in("8.4 %"), words_in("USP")
    (('methylcellulose', '1', '%'), ('8.4', '%'), ('usp',))
    """
    plain = text.casefold()
    found = _WORDS.findall(_STANDARDS.sub(" ", plain)) or _WORDS.findall(plain)
    return tuple(_plain_number(word) for word in found)


def _plain_number(word: str) -> str:
    """Return a number without the zeros that end its decimals."""
    return word.rstrip("0").rstrip(".") if "." in word and "," not in word else word


def joined(text: str) -> str:
    """Return a printed name in one piece, as names are compared that no table knows: never two numbers as one.

    >>> joined("Ora Plus") == joined("ORA-PLUS"), joined("PH 10 1") == joined("PH-101")
    (True, False)
    >>> joined("8.4 %") == joined("84 %"), joined("1 %") == joined("10 %")
    (False, False)
    """
    pieces: list[str] = []
    for word in words_in(text):
        if pieces and pieces[-1][-1].isdecimal() and word[0] in "0123456789.,":
            pieces.append(" ")
        pieces.append(word)
    return "".join(pieces)


class PrintedNames:
    """All names of the products of the tables. Raises `ValueError` where one name would mean two products."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._products: dict[str, str] = {}
        self._words: dict[str, list[frozenset[str]]] = {}
        for product, printed in names.items():
            for name in (product, *printed):
                if self._products.setdefault(joined(name), product) != product:
                    raise ValueError(f"{name!r} is two products")
                self._words.setdefault(product, []).append(frozenset(words_in(name)))

    def product_of(self, printed: str) -> str | None:
        """Return the product that a label means: by one of its names, or by several of them beside each other.

        None if it means none, or if it says a word that none of the product's names has.
        """
        product = self._products.get(joined(printed))
        if product is not None:
            return product
        words = frozenset(words_in(printed))
        found = [
            product
            for product, names in self._words.items()
            if words <= frozenset().union(*names) and any(name <= words for name in names)
        ]
        return found[0] if len(found) == 1 else None

    def may_be_one(self, name: str, printed: str) -> bool:
        """Return True if a person may say that both names are of one thing: no table and no number says otherwise."""
        products = {self.product_of(name), self.product_of(printed)} - {None}
        numbers = [{word for word in words_in(text) if word[-1].isdecimal()} for text in (name, printed)]
        return len(products) < 2 and numbers[1] <= numbers[0]

    def are_one(self, name: str, printed: str) -> bool:
        """Return True if a label names what a record names: letters and digits alike, or one product of the tables."""
        if joined(name) == joined(printed):
            return True
        product = self.product_of(name)
        return product is not None and product == self.product_of(printed)
