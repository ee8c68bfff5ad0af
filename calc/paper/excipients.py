"""The excipients that a label names, because some patients must avoid them; only those that are known to be in it."""

from __future__ import annotations

from collections.abc import Iterator

from calc.drug import Product
from calc.planning.parts import Planned

#: The excipients named, in the words of the drugs' files and of the table of diluents.
NAMED = ("lactose", "sucrose")
#: Those that are named where an ingredient says so in its own name.
ADDED = (
    "paraben",
    "sorbitol",
    "glycerin",
    "saccharin",
    "aspartame",
    "alcohol",
    "benzoate",
    "sulfite",
    "propylene glycol",
)
#: The fewest letters by which a maker is recognized.
_LETTERS = 4


def excipients_of(plan: Planned, diluent: str = "", ingredients: str = "") -> tuple[str, ...]:
    """Return the named excipients that are known to be in a preparation: in `diluent`, tablets or an ingredient."""
    in_tablets, added = _in_tablets(plan), ingredients.casefold()
    in_all = (name for name in NAMED if name in diluent or name in in_tablets or name in added)
    return (*in_all, *(name for name in ADDED if name in added))


def _in_tablets(plan: Planned) -> frozenset[str]:
    """Return what all products contain that the tablets may be, by their NDC or their maker; nothing if none is."""
    source = plan.order.source
    if plan.drug is None or source.component != "tablets":
        return frozenset()
    meant = [
        product
        for product in plan.drug.accepted_products
        if product.strength == source.strength and _is_meant(product, source.ndc or "", source.maker or "")
    ]
    return frozenset.intersection(*(frozenset(product.contains) for product in meant)) if meant else frozenset()


def _is_meant(product: Product, ndc: str, maker: str) -> bool:
    """Return True if a product has this NDC; where none is typed, if its labeler's name begins as the maker's does."""
    if ndc:
        return _labeler_and_product(ndc) in {_labeler_and_product(known) for known in product.ndc.split(";")} - {()}
    return len(maker) >= _LETTERS and product.labeler.casefold().startswith(maker.casefold())


def _labeler_and_product(ndc: str) -> tuple[int, ...]:
    """Return the numbers of labeler and product in an NDC with hyphens, whatever zeros fill them up; else nothing.

    >>> _labeler_and_product("16729-081-01"), _labeler_and_product(" 16729-0081-01"), _labeler_and_product("1672908101")
    ((16729, 81), (16729, 81), ())
    """
    return tuple(_numbers(ndc.split("-")[:2])) if ndc.count("-") >= 1 else ()


def _numbers(parts: list[str]) -> Iterator[int]:
    """Yield the parts that are numbers."""
    for part in parts:
        if part.strip(" ").isascii() and part.strip(" ").isdecimal():
            yield int(part)
