"""The codes on paper: DataMatrix with an address of this program.

The code of a sheet, which stays in the pharmacy, holds the fingerprint and the query that recomputes it:
`/paper?fingerprint=...&defaults=2&dose=4.5&dose_unit=mg&...`, or the query packed in capitals and digits. The code of a
label or leaflet holds no order: `/paper?plan=<fingerprint>&batch=<number>`.
"""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass
from urllib.parse import quote, unquote

import zxingcpp

from calc import limits
from calc.orders.query import Pairs, written

#: The address of every code, and the one of packed codes printed before version 0.3, which is only read.
ADDRESS, PACKED_ADDRESS = "/paper", "/PAPER"
FINGERPRINT, PACKED, DEFAULTS, PLAN, BATCH = "fingerprint", "packed", "defaults", "plan", "batch"
#: A code holds far less; a text that unpacks to more was not packed here.
MOST_UNPACKED = 8 * 1024

_OF_A_PART = ("name", "share", "volume", "to_volume", "aqueous", "preserved", "lot", "expiry")
_OF_A_STUDY = ("hours", "container", "kind", "stability_indicating", "microbial")
_OF_AN_INGREDIENT = ("name", "amount", "per", "role", "packing_statistic", "lot", "expiry")
_OF_FORMS = ("dose", "source", "dose_molar_mass", "source_molar_mass", "dose_equals", "source_equals")
_OF_PACKING = ("bodies", "total", "shells")
#: Every name of a query, in the order of its token. Papers rely on it: add names at the end only.
_NAMES = (
    *("dose", "quantity", "prepared_on", "internal_number", "allowance", "extra_capsules", "crushing_loss", "drug"),
    *("drug-name", "dose_basis", "source-kind", "source-strength", "source-release", "source-tablets_weighed"),
    *("source-total_mass", "source-weighed_on", "source-recovered_mass", "source-maker", "source-ndc", "source-lot"),
    *("source-expiry", "balance-readability", "balance-sensitivity", "balance-tolerated_error"),
    *("balance-repeatability", "balance-minimum", "capsule-size", "capsule-brand", "capsule-shell_mass"),
    *("capsule-fill_mass", "capsule-lot", "capsule-expiry", "diluent-name", "diluent-packing_statistic", "diluent-lot"),
    *("diluent-expiry", "tablet_powder-packing_statistic", "beyond_use-counting", "screening-opioids"),
    "screening-liver_disease",
    *(f"acknowledgements-{index}-{part}" for index in range(20) for part in ("code", "value", "reason")),
    *("source-assay", "source-assay_basis", "source-water", "source-basis", "source-packing_statistic"),
    *("preparation", "strength", "volume", "doses_per_day", "vehicle-name", "vehicle-aqueous", "vehicle-preserved"),
    *("vehicle-storage", "vehicle-lot", "vehicle-expiry", "syringes", DEFAULTS),
    *("source-tablets_crushed", "source-crushed_mass", "source-least_tablets"),
    *(f"beyond_use-studies-0-{part}" for part in ("days", "storage", "reference")),
    *("assessment-may_be_crushed", "assessment-hazardous", "assessment-narrow_index"),
    "assessment-stability_supported",
    *(f"{part}-packing-{name}" for part in ("diluent", "tablet_powder", "source") for name in _OF_PACKING),
    *("capsule-shells-number", "capsule-shells-total"),
    *(f"vehicle-parts-{index}-{part}" for index in range(2) for part in _OF_A_PART),
    *("beyond_use-storage", *(f"beyond_use-studies-0-{part}" for part in _OF_A_STUDY)),
    *(f"beyond_use-studies-1-{part}" for part in ("days", "storage", "reference", *_OF_A_STUDY)),
    "source-tablets_used",
    *(f"ingredients-{index}-{part}" for index in range(3) for part in _OF_AN_INGREDIENT),
    *("source-drug_in_gram", "source-discard_after"),
    *("source-contents", "source-capsules_weighed", "source-full_mass", "source-shells_mass", "source-capsules_used"),
    *(f"forms-{part}" for part in _OF_FORMS),
    "source-common_powder",
)
#: Those names that are a number and a unit; new ones belong here, too.
_QUANTITIES = frozenset(
    {
        *("dose", "allowance", "crushing_loss", "source-strength", "source-total_mass", "source-recovered_mass"),
        *(
            "source-drug_in_gram",
            "source-full_mass",
            "source-shells_mass",
            "source-crushed_mass",
            "source-assay",
            "source-water",
            "source-packing_statistic",
        ),
        *("balance-readability", "balance-sensitivity", "balance-tolerated_error", "balance-repeatability"),
        *("balance-minimum", "capsule-shell_mass", "capsule-fill_mass", "diluent-packing_statistic"),
        *("tablet_powder-packing_statistic", "strength", "volume", "capsule-shells-total"),
        *(f"{part}-packing-{name}" for part in ("diluent", "tablet_powder", "source") for name in _OF_PACKING[1:]),
        *(f"vehicle-parts-{index}-volume" for index in range(4)),
        *(f"forms-{part}" for part in _OF_FORMS[2:]),
        *(f"ingredients-{index}-{part}" for index in range(8) for part in ("amount", "packing_statistic")),
    }
)
#: All syringes of a liquid share one token.
_SYRINGES = "syringes"
_FIRST_TOKEN = 128
#: The token before a name that has none, which is written out; and the one before a token of the second page.
_BY_NAME, _SECOND_PAGE = "\xfe", "\xff"
_ON_FIRST_PAGE = ord(_BY_NAME) - _FIRST_TOKEN
_PAIR = re.compile("(\xff[\x80-\xff]|[\x80-\xfe])([\x00-\x7f]*)")
_QUANTITY = re.compile(r"([0-9.]*)(.*)", re.DOTALL)
_TOKENS = {name: chr(_FIRST_TOKEN + index) for index, name in enumerate(_NAMES[:_ON_FIRST_PAGE])} | {
    name: _SECOND_PAGE + chr(_FIRST_TOKEN + index) for index, name in enumerate(_NAMES[_ON_FIRST_PAGE:])
}
_NAME_OF = {token: name for name, token in _TOKENS.items()}
#: Frequent parts of values, the most frequent last, so that they cost almost nothing. They never change, either.
_WORDS = (
    b"counted_again weighed_again patient_request label_checked opioid_free_interval_kept reference_checked"
    b"quantity_large many_tablets_per_dose heavy_tablet diluent_to_avoid strength_not_in_drug_file"
    b"liver_disease_yes\xc1yes\xc2prescriber_confirmed opioids_yes\xc1yes\xc2prescriber_confirmed"
    b"dose_above_usual dose_below_usual base immediate Capsulcn ACG Coni-Snap calcium carbonate lactose monohydrate"
    b"microcrystalline cellulose PH-102 -2030-2029-2028-01-31"
    b"-12-31-11-30-10-31-09-30-08-31-07-31-06-30-05-31-04-30-03-31-02-28 g0.0 mcg mgno2027-2026-"
)


@dataclass(frozen=True, slots=True)
class Code:
    """A DataMatrix: its text, its modules per side without the quiet zone, and the modules themselves, row by row.

    A module is 0 for black and 255 for white, as in a picture with one pixel per module.
    """

    text: str
    modules: int
    pixels: tuple[int, ...]


def code(fingerprint: str, pairs: Pairs, *, most: int) -> Code | None:
    """Return the code of a sheet with at most `most` modules per side, written out if that fits; None if none fits."""
    pairs = [(DEFAULTS, str(limits.DEFAULTS_SET)), *pairs]
    packed = f"{ADDRESS}?{written([(FINGERPRINT, fingerprint), (PACKED, pack(pairs))])}"
    return _drawn(written_out(fingerprint, pairs), most) or _drawn(packed, most)


def reference_code(fingerprint: str, batch: str | None, *, most: int) -> Code | None:
    """Return the code of a paper that leaves the pharmacy: plan and batch; the plan alone if the batch does not fit."""
    plan = [(PLAN, fingerprint)]
    named = plan if batch is None else [*plan, (BATCH, batch)]
    return _drawn(f"{ADDRESS}?{written(named)}", most) or _drawn(f"{ADDRESS}?{written(plan)}", most)


def written_out(fingerprint: str, pairs: Pairs) -> str:
    """Return the text of a code that has room: an address of this program.

    >>> written_out("AAAA", [("quantity", "30")])
    '/paper?fingerprint=AAAA&quantity=30'
    """
    return f"{ADDRESS}?{written([(FINGERPRINT, fingerprint), *pairs])}"


def _drawn(text: str, most: int) -> Code | None:
    """Return the code of a text, or None if it needs more than `most` modules per side."""
    try:
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    except ValueError:  # more than the largest code holds
        return None
    picture = barcode.to_image(scale=1, add_quiet_zones=False)
    if picture.shape[0] > most:
        return None
    seen = memoryview(picture)  # type: ignore[arg-type]  # it has a buffer, and its stubs do not say so
    return Code(text, picture.shape[0], tuple(seen.tobytes()))


def pack(pairs: Pairs) -> str:
    """Return a query in capitals and digits, as short as its words allow.

    >>> unpack(pack([("quantity", "30"), ("capsule-lot", "A & B")]))
    [('quantity', '30'), ('capsule-lot', 'A & B')]
    """
    query = _with_one_name_for_syringes(dict(pairs))
    units = {name: query.pop(f"{name}_unit") for name in _QUANTITIES & query.keys()}
    text = "".join(_token(name) + quote(value + units.get(name, ""), safe=" ") for name, value in query.items())
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _WORDS)
    packed = packer.compress(text.encode("latin-1")) + packer.flush()
    return base64.b32encode(packed).decode("ascii").rstrip("=")


def _token(name: str) -> str:
    return _TOKENS.get(name) or f"{_BY_NAME}{quote(name)}="


def _with_one_name_for_syringes(query: dict[str, str]) -> dict[str, str]:
    """Return the query with all syringes in one text: capacity and graduation in turn, each a number and a unit."""
    own = [name for name in query if name.startswith(f"{_SYRINGES}-")]
    texts = [query.pop(name) for name in own]
    return {**query, _SYRINGES: " ".join(texts)} if texts else query


def _syringes(text: str) -> Pairs:
    """Return the syringes in such a text as pairs of a query."""
    parts = text.split(" ")
    names = (
        f"{_SYRINGES}-{index}-{part}"
        for index in range(len(parts) // 4)
        for size in ("capacity", "graduation")
        for part in (size, f"{size}_unit")
    )
    return list(zip(names, parts, strict=False))


def unpack(text: str) -> Pairs | None:
    """Return the query that was packed, or None if the text was not packed here or was altered."""
    try:
        packed = base64.b32decode(text + "=" * (-len(text) % 8))
        unpacker = zlib.decompressobj(-15, _WORDS)
        query = unpacker.decompress(packed, MOST_UNPACKED).decode("latin-1")
        if not unpacker.eof or unpacker.unused_data:
            return None
    except (ValueError, zlib.error):
        return None
    pairs: Pairs = []
    for token, value in _PAIR.findall(query):
        name = _NAME_OF.get(token)
        if token == _BY_NAME:
            name, _, value = value.partition("=")
            name = unquote(name)
        if name is None:
            return None
        quantity = _QUANTITY.fullmatch(unquote(value)) if name in _QUANTITIES else None
        if name == _SYRINGES:
            pairs += _syringes(unquote(value))
        elif quantity is None:
            pairs.append((name, unquote(value)))
        else:
            pairs += [(name, quantity[1]), (f"{name}_unit", quantity[2])]
    return pairs if len(dict(pairs)) == len(pairs) else None
