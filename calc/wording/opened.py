"""What is said of tablets that are crushed, told of other sources by glossaries over all sentences.

Capsules are opened, pellets are not ground, and a powder common to several batches was crushed before, once for all.

Phrases come before the words in them. What a person typed, and what a drug's file says, is never retold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from calc.drug import Drug
from calc.orders.base import AnyOrder
from calc.orders.sources import PELLETS, AnySource, CapsuleSource, is_common
from calc.planning.bench_codes import BenchCode, BenchStage

T = TypeVar("T")
#: What the opened capsules are called: in a batch of capsules apart from those made.
_CALLED = {True: "source capsule", False: "capsule"}
_EMPTIED = "open the {one}s, empty them, brush the shells clean and rub all that they held to an even, fine powder"
_PHRASES = (
    ("Crush all the tablets to an even, fine powder, film coat included.", "Rub all that they held to an even powder."),
    ("Crush all the tablets in it to an even, fine powder, film coat too.", f"In it, {_EMPTIED}."),
    ("Crush all tablets in it to an even, fine powder, coat too.", f"In it, {_EMPTIED}."),
    ("Crush to an even, fine powder, coat included.", "Open, empty, brush the shells clean, rub to an even powder."),
    ("Do not sieve the coat out.", "Sieve nothing out."),
    ("Count and weigh before crushing", "Count, open and weigh"),
    ("Weigh before crushing", "Open and weigh"),
    ("Check before crushing", "Check before rubbing"),
    ("Crush and weigh out", "Rub and weigh out"),
    ("Crush to an even, fine powder.", "Rub to an even, fine powder."),
    ("Weigh all tablets together, before crushing.", "Contents of all of them: full, less the empty shells."),
    ("Weigh tablets together, before crushing.", "Contents of them: full, less the empty shells."),
    ("All together, before crushing.", "Full, less the empty shells."),
    ("Tablets together, before crushing", "Full capsules and their shells"),
    ("Tablets, before crushing", "Full {one}s"),
    ("All tablets, before crushing", "All {one}s, full"),
    ("before any tablet goes in", "before anything else goes in"),
    ("crushed or opened", "crushed or opened"),
    ("commercial tablet", "commercial capsule"),
    ("Crush one more tablet", "Open one more {one}"),
    ("crush one more tablet", "open one more {one}"),
    ("Crush them in diluent", "Rub what they hold with diluent"),
    ("Crush in diluent", "Open into diluent"),
    ("Mean mass of one tablet", "Mean contents of one {one}"),
    ("to crush them", "to open them"),
    ("crushing-loss", "opening-loss"),
    ("Crushing loss", "Loss in opening"),
    ("crushing loss", "loss in opening"),
    ("lost in crushing", "lost in opening and rubbing"),
    ("Crushing", "Opening"),
    ("crushing", "opening"),
    ("Crushed", "Opened"),
    ("crushed", "opened"),
    ("Crush", "Open"),
    ("crush", "open"),
    ("Tablets", "{One}s"),
    ("tablets", "{one}s"),
    ("Tablet", "{One}"),
    ("tablet", "{one}"),
)
#: What is told besides of pellets that a published formula names, which are poured out and never rubbed.
_PHRASES_OF_PELLETS = (
    ("Crush all the tablets to an even, fine powder, film coat included.", "Open all and empty out every pellet."),
    ("Crush to an even, fine powder, coat included.", "Open, empty out every pellet, brush the shells clean."),
    ("Leave none behind: all of the powder is needed.", "Brush the shells clean, leave none behind, grind none."),
    ("Leave nothing behind.", "Leave none behind. Grind nothing."),
    ("Wet the powder with a little vehicle", "Pour some of the vehicle over the pellets"),
    ("Wet the powder with a little of the", "Pour over the pellets some of the"),
    (" and rub it to a smooth paste.", ", and let them stand as the source of the formula says."),
    ("; rub it to a smooth paste.", "; let them stand as the source of the formula says."),
    ("in small parts, rub, and pour each into the measure.", "without rubbing, and pour all of it into the measure."),
    ("in small parts, rub, pour into the measure.", "without rubbing; pour all of it into the measure."),
    ("Rinse mortar and pestle", "Rinse the vessel"),
    ("Lay out mortar, pestle, spatula", "Lay out a vessel, a spatula"),
    ("Mortar", "Vessel"),
    ("mortar", "vessel"),
    ("The powder of tablets does not dissolve: it is a suspension, even only while it has just been shaken.",
     "It is even only while it has just been shaken."),
    ("Check before crushing", "Check before opening"),
    ("bulk powder", "bulk powder"),
    ("Bulk powder", "Bulk powder"),
    ("tablet powder", "pellets"),
    ("Powder", "Pellets"),
    ("powder", "pellets"),
)  # fmt: skip


#: What is told of a powder that was crushed once for several batches, of which this is one.
_PHRASES_OF_COMMON = (
    ("Crush all the tablets to an even, fine powder, film coat included.", "Crush nothing: take the common powder."),
    ("Do not sieve the coat out: losing a 3 % coat would raise the dose by 3 %.",
     "It was crushed once for all batches. Mix it through before each portion."),
    ("Crush to an even, fine powder.", "Crush nothing: take the common powder, crushed once for all batches."),
    ("Do not sieve the coat out.", "Mix it through."),
    ("Count the tablets.", "The tablets of all batches, counted once: compare their number."),
    ("Weigh all tablets together, before crushing.", "All tablets, weighed together once: compare their mass."),
    ("together, before crushing.", "together, once for all batches: compare their mass."),
    ("Set apart", "Once for all batches: set apart"),
    ("Weigh the powder recovered from the mortar.", "The powder recovered for all batches, weighed once: compare."),
    ("Weigh the powder recovered.", "The powder recovered for all batches, weighed once: compare."),
    ("Destroy the powder left over", "Keep the powder left over for the other batches; after the last, destroy it"),
    ("Destroy the rest", "Keep the rest for the other batches; after the last, destroy it"),
    ("Check before crushing", "Check before weighing out"),
    ("Count and weigh before crushing", "Compare what was counted and weighed"),
    ("Weigh before crushing", "Weigh, or compare"),
    ("Crush and weigh out", "Weigh out"),
    ("Tablets to crush", "Tablets crushed for all batches"),
    ("tablets to crush", "tablets crushed for all batches"),
    ("crush one more tablet", "crush one more tablet for all batches"),
    ("Crush all the tablets in it", "Crush all the tablets in it"),
    ("Crush all tablets in it", "Crush all tablets in it"),
    ("Crush in diluent", "Crush in diluent"),
    ("Crush", "Common powder of"),
)  # fmt: skip


def _found_as(phrases: Iterable[str]) -> str:
    """Return the pattern that finds any of these phrases, whole words of it, the first before the others."""
    return "|".join(rf"\b{re.escape(phrase)}" + (r"\b" if phrase[-1].isalpha() else "") for phrase in phrases)


class _Glossary(NamedTuple):
    """What each phrase becomes, and the pattern that finds any of them."""

    words: Mapping[str, str]
    any: str


_OF_POWDER = _Glossary(dict(_PHRASES), _found_as(dict(_PHRASES)))
_WITH_PELLETS = dict([*_PHRASES_OF_PELLETS, *(each for each in _PHRASES if each[0] not in dict(_PHRASES_OF_PELLETS))])
_OF_COMMON = _Glossary(dict(_PHRASES_OF_COMMON), _found_as(dict(_PHRASES_OF_COMMON)))
_OF_PELLETS = _Glossary(_WITH_PELLETS, _found_as(_WITH_PELLETS))
_SPOKEN = re.compile(r"tablet|crush|powder|mortar", re.IGNORECASE)
#: Names within a sheet that are keys, and no words.
_KEYS = frozenset({*map(str, BenchCode), *map(str, BenchStage)})


def retold(part: T, order: AnyOrder, drug: Drug | None) -> T:
    """Return finished texts of a page or a paper, told of opened capsules or a common powder if it is made of them."""
    return _retold(part, order, drug, _OF_PAPERS)


def retold_answer(part: T, order: AnyOrder, drug: Drug | None) -> T:
    """Return the plan of an answer, whose texts are told likewise; its names and codes stay."""
    return _retold(part, order, drug, _OF_ANSWERS)


def _retold(part: T, order: AnyOrder, drug: Drug | None, kept: frozenset[str]) -> T:
    glossary = _glossary_of(order.source)
    if glossary is None:
        return part
    pattern = _pattern(_kept_texts(order, drug), glossary)
    told: T = _Telling(pattern, glossary.words, _CALLED[not hasattr(order, "volume")], kept).of(part)
    return told


def _glossary_of(source: AnySource) -> _Glossary | None:
    """Return what the texts of an order are told by; None where they stay as they are."""
    if isinstance(source, CapsuleSource):
        return _OF_PELLETS if source.contents == PELLETS else _OF_POWDER
    return _OF_COMMON if is_common(source) else None


def of_source(text: str, order: Mapping[str, Any]) -> str:
    """Return words of a page, told of capsules where the source of a normalized order is opened ones.

    >>> of_source("Tablets to crush", {"preparation": "liquid", "source": {"kind": "capsule"}})
    'Capsules to open'
    """
    if order["source"]["kind"] != "capsule":
        return text
    return told_of_capsules(text, {"opened": "preparation" not in order, "named": ""})


def told_of_capsules(text: str, facts: Mapping[str, object]) -> str:
    """Return the sentence of a stop of opened capsules, by the facts that planning gives such a stop."""
    named = str(facts["named"])
    kept = (named,) if _SPOKEN.search(named) else ()
    pattern = _pattern(kept, _OF_POWDER)
    told: str = _Telling(pattern, _OF_POWDER.words, _CALLED[bool(facts["opened"])], _OF_PAPERS).of(text)
    return told


def _kept_texts(order: AnyOrder, drug: Drug | None) -> tuple[str, ...]:
    """Return the texts that stay as they are: those typed, and those of the drug's file."""
    typed = _texts_in(order.understood())
    return tuple(text for text in (*typed, *_texts_in(drug)) if _SPOKEN.search(text))


def _pattern(kept: Iterable[str], glossary: _Glossary) -> re.Pattern[str]:
    """Return the pattern that finds what is kept, before any phrase in it, and every phrase of the glossary."""
    longest_first = sorted(kept, key=len, reverse=True)
    return re.compile("|".join((*map(re.escape, longest_first), glossary.any)))


#: Names whose values are data, or sentences of others.
_OF_PAPERS = frozenset({"code", "key", "cautions", "methods", "whole"})
_OF_ANSWERS = _OF_PAPERS | {"name", "unit", "value", "exact", "reference", "bound_by", "by"}


#: Fields of a sheet that are addresses or data.
_ADDRESSES = frozenset({"query", "code", "key", "whole"})


class _Telling(NamedTuple):
    """One telling: what is found, what it becomes, what the capsules are called, and the names whose values stay."""

    pattern: re.Pattern[str]
    words: Mapping[str, str]
    one: str
    kept: frozenset[str]

    def of(self, part: Any) -> Any:
        """Return a part with every text in it told."""
        if type(part) is str:
            return part if part in _KEYS else self.pattern.sub(self._word, part)
        if isinstance(part, Mapping):
            return {name: value if name in self.kept else self.of(value) for name, value in part.items()}
        if isinstance(part, tuple) and hasattr(part, "_fields"):
            named = zip(part._fields, part, strict=True)
            return type(part)(*(value if name in _ADDRESSES else self.of(value) for name, value in named))
        if isinstance(part, list | tuple):
            return type(part)(map(self.of, part))
        if is_dataclass(part) and not isinstance(part, type):
            held = {each.name: getattr(part, each.name) for each in fields(part)}
            return type(part)(**{name: part if name in _ADDRESSES else self.of(part) for name, part in held.items()})
        return part

    def _word(self, found: re.Match[str]) -> str:
        after = self.words.get(found[0])
        return found[0] if after is None else after.format(one=self.one, One=self.one.capitalize())


def _texts_in(part: Any) -> Iterable[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _texts_in(value)
    elif isinstance(part, list | tuple | frozenset):
        for value in part:
            yield from _texts_in(value)
    elif is_dataclass(part) and not isinstance(part, type):
        for each in fields(part):
            yield from _texts_in(getattr(part, each.name))
    elif isinstance(part, BaseModel):
        yield from _texts_in(dict(part))
