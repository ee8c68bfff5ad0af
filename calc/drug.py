"""Models of a drug's TOML file: names, chemical forms, dose ranges, products, cautions, studies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from calc.arithmetic.units import G_PER_MOL, MG, MG_PER_ML, Figure, figure
from calc.faults import REASONS, StopCode
from calc.limits import LONG_NAME, SLIPS_OF_LONG_NAME, SLIPS_OF_NAME
from calc.reading.fields import Mass
from calc.reading.spelling import slips_between

Words = Annotated[str, StringConstraints(min_length=1)]
PlainDecimal = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]*)(\.[0-9]+)?$")]


class Data(BaseModel):
    """Frozen data of a file; a name that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Basis(Data):
    """One chemical form of a drug."""

    label: Words
    #: As a label names it, where that is shorter.
    on_label: str = ""
    molar_mass: PlainDecimal
    reference: Words

    @property
    def molar_mass_figure(self) -> Figure:
        """The molar mass in g/mol, exactly as printed."""
        return figure(self.molar_mass, G_PER_MOL)


class DoseBand(Data):
    """A band of doses that has a name in the literature, for display."""

    label: Words
    low: Mass | None = None
    high: Mass | None = None
    reference: Words


class DoseRanges(Data):
    """What doses of a drug are usual, unusual and out of the question, as one chemical form."""

    basis: Words
    absolute_low: Mass
    notice_low: Mass
    usual_low: Mass
    usual_high: Mass
    tenfold_above: Mass
    absolute_high: Mass
    reference: Words
    bands: tuple[DoseBand, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> DoseRanges:
        rising = (self.absolute_low, self.notice_low, self.usual_low, self.usual_high, self.tenfold_above)
        if list(rising) != sorted(rising) or not self.tenfold_above < self.absolute_high:
            raise ValueError("the doses must rise from absolute_low to absolute_high")
        return self


class Product(Data):
    """One commercial product, taken as a source or refused."""

    labeler: Words
    ndc: str
    strength: Mass
    release: Literal["immediate", "extended"]
    accepted: bool
    contains: tuple[str, ...] = ()
    note: str = ""
    source: Words

    @model_validator(mode="after")
    def _never_extended(self) -> Product:
        if self.accepted and self.release == "extended":
            raise ValueError("an extended-release product is never accepted as a source")
        return self


class AvoidedDiluent(Data):
    """A diluent that needs a reason with this drug."""

    name: Words
    evidence: Literal["weak", "strong"]
    text: Words
    reference: Words


class OfDoses(Data):
    """Words that speak of certain doses of the file's basis; without bounds, of all."""

    low: Mass | None = None
    high: Mass | None = None

    def holds_for(self, doses: Sequence[Figure]) -> bool:
        """Return True if all of these doses lie within the bounds, both included."""
        return all(
            (self.low is None or self.low <= dose) and (self.high is None or dose <= self.high) for dose in doses
        )


class AtDoses(OfDoses):
    """A sentence added to a text, or to one line of it, for the doses that it speaks of."""

    text: Words
    line: Annotated[int, Field(ge=1)] = 1


class Caution(Data):
    """One clinical warning, with the sentences added to it at certain doses."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
    severity: Literal["warning", "caution", "information"]
    text: Words
    at_doses: tuple[AtDoses, ...] = ()
    reference: Words
    source: Literal["article", "label", "table"]

    def text_for(self, doses: Sequence[Figure]) -> str:
        """Return its text with the sentences on these doses."""
        added = self.at_doses and [each.text for each in self.at_doses if each.holds_for(doses)]
        return " ".join([self.text, *added]) if added else self.text


class CautionInShort(Data):
    """What stands on the bench pages of a sheet for some cautions, named by their codes; its annex has them in full."""

    text: Annotated[Words, StringConstraints(max_length=140)]
    of: Annotated[tuple[str, ...], Field(min_length=1)]


class ScreeningQuestion(Data):
    """A question to the patient before release, and what a yes does.

    `stop` is the code of the stop that a yes raises, `yes` why it stops, `asks_for` what is then written down on paper.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$", max_length=40)]
    question: Words
    stop: StopCode
    yes: Words
    asks_for: str = ""
    detail: Words

    @model_validator(mode="after")
    def _stops_softly(self) -> ScreeningQuestion:
        if self.stop not in REASONS:
            raise ValueError(f"{self.stop.value}: a yes needs a stop that a reason can override")
        return self


class Study(Data):
    """A stability study: how long a preparation held.

    One of a liquid says its class of beyond-use dates, the drug in 1 mL (in its usual form), and where it was kept.
    """

    key: Words
    preparation: Literal["capsule", "liquid"]
    diluents: tuple[str, ...] = ()
    beyond_use_class: Literal["nonpreserved_aqueous", "preserved_aqueous", "oral_liquid_nonaqueous"] | None = None
    in_one_ml: Mass | None = None
    kept: Literal["refrigerator", "room temperature"] | None = None
    days: Annotated[int, Field(ge=1, le=3650)]
    storage: Words
    conditions: Words
    reference: Words
    source: Words

    @model_validator(mode="after")
    def _says_what_it_is_of(self) -> Study:
        of_liquid = self.beyond_use_class, self.in_one_ml, self.kept
        if self.preparation == "liquid" and (None in of_liquid or self.diluents):
            raise ValueError("a study of a liquid says beyond_use_class, in_one_ml and kept, and no diluents")
        if self.preparation == "capsule" and of_liquid != (None, None, None):
            raise ValueError("beyond_use_class, in_one_ml and kept belong to a study of a liquid")
        return self

    def applies_to(self, beyond_use_class: str, strength: Figure, kept: str) -> bool:
        """Return True if it studied a liquid of this class, strength (in the drug's usual form) and storage."""
        return (
            (self.beyond_use_class, self.kept) == (beyond_use_class, kept)
            and self.in_one_ml is not None
            and Figure(self.in_one_ml.to(MG).value, MG_PER_ML) == strength
        )


class LabelWarning(Data):
    """A warning short enough for a label; the gravest of a drug stands first, white on black.

    `joined` says that it stands in one box with the one before it, where a label has room.
    """

    text: Annotated[Words, StringConstraints(max_length=60)]
    joined: bool = False
    reference: Words


class LeafletPart(OfDoses):
    """A part of the patient's leaflet, in plain words, with the sentences added to its lines at certain doses."""

    title: Words
    lines: Annotated[tuple[Words, ...], Field(min_length=1)]
    at_doses: tuple[AtDoses, ...] = ()
    reference: Words

    @model_validator(mode="after")
    def _adds_to_its_lines(self) -> LeafletPart:
        if any(added.line > len(self.lines) for added in self.at_doses):
            raise ValueError("at_doses: there is no such line")
        return self

    def lines_for(self, doses: Sequence[Figure]) -> list[str]:
        """Return its lines with the sentences on these doses."""
        return [
            " ".join([line, *(added.text for added in self.at_doses if added.line == at and added.holds_for(doses))])
            for at, line in enumerate(self.lines, start=1)
        ]


class Drug(Data):
    """Everything the program knows about one drug."""

    name: Words
    confused_with: tuple[Words, ...] = ()
    also_called: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]+$")], ...] = ()
    default_basis: Words
    default_strength: Mass
    default_size: Words
    release: Literal["immediate"]
    #: Its schedule if it is a controlled substance; the program keeps no records that the law asks for.
    controlled_schedule: Literal["II", "III", "IV", "V"] | None = None
    bases: Annotated[Mapping[str, Basis], Field(min_length=1)]
    dose: DoseRanges
    products: Annotated[tuple[Product, ...], Field(min_length=1)]
    diluents_to_avoid: tuple[AvoidedDiluent, ...] = ()
    cautions: Annotated[tuple[Caution, ...], Field(min_length=1)]
    cautions_in_short: tuple[CautionInShort, ...] = ()
    screening: tuple[ScreeningQuestion, ...] = ()
    studies: tuple[Study, ...] = ()
    label_warnings: tuple[LabelWarning, ...] = ()
    leaflet: tuple[LeafletPart, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Drug:
        for field, basis in (("default_basis", self.default_basis), ("dose.basis", self.dose.basis)):
            if basis not in self.bases:
                raise ValueError(f"{field}: {basis!r} is not one of the bases")
        if all(product.strength != self.default_strength for product in self.accepted_products):
            raise ValueError("default_strength: no accepted product has it")
        shortened = [code for line in self.cautions_in_short for code in line.of]
        if self.cautions_in_short and sorted(shortened) != sorted(caution.code for caution in self.cautions):
            raise ValueError("cautions_in_short: the lines must name each caution once")
        return self

    def is_meant_by(self, typed: str) -> bool:
        """Return True if a typed name means this drug: it contains the name, or a brand or misspelling as a word."""
        words = re.findall("[a-z]+", typed.lower())
        return self.name.lower() in typed.lower() or any(name in words for name in self.also_called)

    def is_confused_with(self, typed: str) -> bool:
        """Return True if a typed name contains that of a drug easily confused with this one."""
        return any(other.lower() in typed.lower() for other in self.confused_with)

    def is_misspelled_by(self, word: str) -> bool:
        """Return True if a word is a slip or two away from the name of this drug, a synonym or a brand."""
        return any(_is_slip(word, known) for known in (self.name.lower(), *self.also_called))

    def is_confused_with_slip(self, word: str) -> bool:
        """Return True if a word is a slip or two away from the name of a drug easily confused with this one."""
        return any(_is_slip(word, other.lower()) for other in self.confused_with)

    @cached_property
    def accepted_products(self) -> tuple[Product, ...]:
        """The products that may be crushed."""
        return tuple(product for product in self.products if product.accepted)

    @cached_property
    def accepted_strengths(self) -> tuple[Figure, ...]:
        """The distinct strengths of the accepted products, the lowest first."""
        return tuple(sorted({product.strength for product in self.accepted_products}))


def _is_slip(word: str, known: str) -> bool:
    """Return True if a word is not a known name but so few slips away from it that this one is probably meant."""
    long = len(known) >= LONG_NAME.value.numerator
    most = (SLIPS_OF_LONG_NAME if long else SLIPS_OF_NAME).value.numerator
    return word != known and slips_between(word, known, most) is not None
