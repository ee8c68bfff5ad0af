"""The strength of a dilution as it is written: drug in a gram. A ratio is refused, and said in mg in a gram."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any

from calc.arithmetic.notation import grouped, plain
from calc.arithmetic.units import MG, Figure
from calc.reading.fields import Reader, canonical, pattern_of, quantity_in, refuse
from calc.reading.numbers import NUMBER

#: What may stand behind the mass, because it says what the mass is in.
_IN_A_GRAM = "/g"
_RATIO = re.compile(rf"({NUMBER.pattern}) *(?::|/| in | to ) *({NUMBER.pattern})(?: +[a-z]+)?", re.ASCII)
_MG_IN_A_GRAM = 1000


def drug_in_gram(given: Any) -> Figure:
    """Parse the drug in 1 g. Raises `PydanticCustomError` with the code of its fault.

    >>> drug_in_gram("10 mg"), drug_in_gram("100 mcg/g").to(MG)
    (Figure(value=Fraction(10, 1), unit=Unit('mg')), Figure(value=Fraction(1, 10), unit=Unit('mg')))
    """
    if not isinstance(given, str):
        return quantity_in(given, MG)
    typed = given.strip(" ")
    ratio = _RATIO.fullmatch(typed)
    if ratio and Fraction(ratio[2]):
        in_gram = Figure(Fraction(ratio[1]) / Fraction(ratio[2]) * _MG_IN_A_GRAM, MG)
        raise refuse(
            "ratio_not_allowed",
            typed=typed,
            parts=f"{grouped(ratio[1])} in {grouped(ratio[2])}",
            in_gram=plain(in_gram),
        )
    return quantity_in(typed.removesuffix(_IN_A_GRAM), MG)


#: The drug in 1 g of a dilution.
DrugInGram = Annotated[
    Figure,
    Reader(
        drug_in_gram,
        {"type": "string", "pattern": rf"^ *{pattern_of(MG)}({_IN_A_GRAM})? *$", "examples": ["10 mg"]},
        canonical,
        MG,
    ),
]
