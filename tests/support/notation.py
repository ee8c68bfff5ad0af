"""How figures must be written wherever a person reads them: a lint over finished texts, which knows nothing of `calc`.

The rules are the house's own (a point for decimals, a zero before it, none trailing, a space before the unit, commas
from 1,000, "mcg") and the abbreviations of dosing that are easily misread. Each fault is told with the text about it.
"""

import re
import unicodedata
from fractions import Fraction

#: What may stand behind a number; the longer before the shorter.
UNITS = r"mcg|mg|kg|ug|ng|g|mL|ml|L|%|\u00b0C|mPa|tablets?|capsules?|bodies|shells?|days?|weeks?|months?|years?|hours?"
#: A unit that has ended: no letter follows.
UNIT = rf"(?:{UNITS})(?![A-Za-z])"
#: What looks like a figure and is none: dates, product codes, addresses of papers, our own codes and versions.
NO_FIGURES = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b(?:19|20)\d\d-\d\d\b"  # dates, and expiries of a month
    r"|\b(?:\d{4,5}-\d{3,4}-\d{1,2}|\d{5}-\d{3,4})\b"  # NDC, with and without its package
    r"|\b10\.\d{4,9}/\S+"  # DOI
    r"|\b\d+\(\d+\): \d+-\d+\b(?! ?[A-Za-z])"  # pages of a journal: volume(number): from-to
    r"|\b(?=[A-Z2-7]*[2-7])(?=[A-Z2-7]*[A-Z])[A-Z2-7]{16}\b"  # fingerprints
    r"|\b(?:[A-Z2-7]{4} ){3}[A-Z2-7]{4}\b"  # plan IDs
    r"|\bPlan {1,2}[A-Z2-7]{4} [A-Z2-7]{4}\b"  # their first half, on the readout
    r"|\b\d+\.\d+\.\d+\b"  # versions
    r"|\[U\+[0-9A-F]{4,6}\]"  # names of characters that cannot be seen
)
YEAR = re.compile(rf"(?:19|20)\d\d(?!\d|[,.]\d)(?! ?{UNIT})")
NUMBER = r"\d[\d,]*(?:\.\d+)?"

TRAILING_ZERO = re.compile(
    r"(?<![\d.,])(?P<whole>\d[\d,]*)\.(?P<decimals>\d*0)(?!\d|\.\d|\.\.\.|\u2026)(?P<gram> g\b)?"
)
BARE_POINT = re.compile(
    r"(?<![\w.,)\]])\.\d"  # .5 mg
    rf"|\d\.(?= ?{UNIT})"  # 5. mg, 5.mg
    r"|\d\.(?=[A-Za-z(/])"  # 5./30
    r"|^\s*[-+\u2212]?\d+\.\s*$"  # a figure by itself: 5.
)
RUN_TOGETHER = re.compile(rf"(?<![\w.,-])(?:\d[\d,]*\.?\d*|\.\d+)(?:{UNITS})(?![A-Za-z])")
UNGROUPED = re.compile(r"(?<![\w.,:#-])\d{4,}(?!\w)")
MISGROUPED = re.compile(r"(?<![\w.,])(?:\d{4,},\d{3}|0\d*,\d{3}|\d{1,3}(?:,\d{3})*,(?:\d{1,2}|\d{4,})(?!\d))(?![\d,])")
ABBREVIATION = re.compile(
    r"(?<![\w.-])(?:ug|cc|IU|I\.U\.|q\.?o\.?d\.?|q\.?d\.?)(?![\w-])"
    r"|\d ?(?:u|U|iu|IU|cc|ug)(?![\w-])"
    r"|(?<![\w.-])U(?![\w.+-])",  # U+2010 is the number of a character
    re.IGNORECASE,
)
SCIENTIFIC = re.compile(
    r"(?<![\w.])\d[\d.]*[eE][+-]?\d+(?!\w)"  # 1E+2
    r"|\d ?[x\u00d7\u22c5*] ?10 ?(?:\^|\*\*|[\u207b\u2070-\u2079\u00b2\u00b3\u00b9])"  # 4.5 x 10^3
)
ZERO_CUT = re.compile(r"(?<![\d.,])-?0(?:\.0+)?(?:\.\.\.|\u2026)")


def faults_of(text, *, typed=(), names=(), decimals=3):
    """Each fault of a text as (kind, excerpt), kind by kind.

    `typed` is what a person typed and is quoted in the text: between quotation marks it is not ours. `names` (of
    makers, products, lots) are not ours wherever they stand, and are left out whole.
    `decimals` are those of the balance: a mass in g with just so many may end in zeros, as on its display.

    >>> faults_of("Weigh 10mg of powder, then 1.0 mg.")
    [('trailing zero', 'f powder, then 1.0 mg.'), ('run together', 'Weigh 10mg of powder, then 1.0')]
    >>> faults_of("Weigh 0.280 g, of 1,728 mg")
    []
    """
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    for given in typed:
        text = text.replace(f"\u201c{given}\u201d", "\u201c\u201d")
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "#")
    text = NO_FIGURES.sub("#", text)
    found = [("mu", excerpt(text, text.index(character))) for character in sorted(set(text)) if is_mu(character)]
    found += [("trailing zero", at) for at in trailing_zeros(text, decimals)]
    for kind, pattern in (
        ("bare point", BARE_POINT),
        ("run together", RUN_TOGETHER),
        ("not grouped", UNGROUPED),
        ("not grouped", MISGROUPED),
        ("abbreviation", ABBREVIATION),
        ("scientific", SCIENTIFIC),
        ("zero", ZERO_CUT),
    ):
        for match in pattern.finditer(text):
            if pattern is UNGROUPED and YEAR.match(text, match.start()):
                continue
            found.append((kind, excerpt(text, match.start())))
    return found


def trailing_zeros(text, decimals):
    """Where a number ends in a zero behind its point, unless it is a mass as the balance shows it."""
    for match in TRAILING_ZERO.finditer(text):
        if not (match["gram"] and len(match["decimals"]) == decimals):
            yield excerpt(text, match.start())


def is_mu(character):
    """Whether a character is the micro sign or a Greek mu in any of its forms, alone or within a sign of a unit."""
    return "\u03bc" in unicodedata.normalize("NFKC", character).casefold()


def excerpt(text, place):
    """The text about a place, on one line."""
    return " ".join(text[max(0, place - 15) : place + 25].split())


def shown_figures(part, path=""):
    """Every figure {value, unit, text, exact} within an answer, with the path to it."""
    if isinstance(part, dict):
        if {"value", "unit", "text", "exact"} <= part.keys():
            yield path, part
        for name, value in part.items():
            yield from shown_figures(value, f"{path}.{name}" if path else name)
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from shown_figures(value, f"{path}[{index}]")


def zero_faults_of(shown):
    """What a shown figure says of zero that is not so: nothing but zero is shown as zero, and zero as nothing else.

    >>> zero_faults_of({"value": "0", "unit": "mg", "text": "0 mg", "exact": "1/3000"})
    ['value 0 of 1/3000', 'text 0 mg of 1/3000']
    >>> zero_faults_of({"value": "0", "unit": "1", "text": "0 %", "exact": "sqrt(1/90000000000)"})
    ['value 0 of sqrt(1/90000000000)', 'text 0 % of sqrt(1/90000000000)']
    """
    root = re.fullmatch(r"sqrt\((\d+/\d+)\)", shown["exact"])
    nothing = Fraction(root[1] if root else shown["exact"]) == 0
    found = []
    if (Fraction(shown["value"]) == 0) != nothing:
        found.append(f"value {shown['value']} of {shown['exact']}")
    said = re.search(NUMBER, shown["text"])
    if said is None or (Fraction(said[0].replace(",", "")) == 0) != nothing:
        found.append(f"text {shown['text']} of {shown['exact']}")
    return found
