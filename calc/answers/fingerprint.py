"""The fingerprint of a plan: a short digest, printed on every paper, of the normalized order and its figures."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from calc.answers.json_text import canonical
from calc.faults import NoticeCode
from calc.limits import ASSESSMENT

SCHEME = 1
#: So many bytes of the digest are the sixteen characters that are printed.
BYTES = 10
#: Names added to the plan after papers with fingerprints had been printed.
BESIDE_FINGERPRINT = frozenset(
    {
        *("spread", "controlled_schedule", "all_of_the_powder", "ten_tablets", "content_of_tablets"),
        *("nearly_whole_tablets", "bench", "vehicle", "formulation", "strength", "ingredients"),
    }
)
#: Notices that say only what the order leaves open, or says unlike a table: in the hash the order itself says it.
NOTICES_BESIDE = frozenset(
    {
        *(NoticeCode.ASSESSMENT_OPEN, NoticeCode.VEHICLE_OPEN, NoticeCode.VEHICLE_UNLIKE_TABLE),
        *(
            NoticeCode.MIXTURE_PRESERVED,
            NoticeCode.UNPROVEN_DATE,
            *(NoticeCode.FORMULATION_NAMED, NoticeCode.FORMULATION_CHANGED, NoticeCode.FORMULATION_INCOMPLETE),
            NoticeCode.INGREDIENTS_NEGLECTED,
        ),
    }
)
#: What stands beside an order: it names something, and no figure knows of it.
BESIDE_ORDER = frozenset({"formulation"})
#: The same of names within a part of the plan.
BESIDE_WITHIN = {"beyond_use": frozenset({"hours", "by_storage"})}
_IN_FINGERPRINT = frozenset(
    {"code", "exact", "unit", "name", "ok", "size", "by", "date", "bound_by", "value", "reason"}
)
#: What may hold texts and figures.
_HOLDING = (dict, list)
#: Parts of the plan that are hashed as their codes: all else in them is text.
_CODES_ALONE = frozenset({"steps", "cautions", "notices"})
_WRITTEN_APART = _CODES_ALONE | BESIDE_FINGERPRINT


def _paths(part: str, names: str) -> frozenset[str]:
    return frozenset(f"{part}.{name}" if part else name for name in names.split())


_EVERY_ORDER = frozenset[str]().union(
    _paths("", "drug dose dose_basis prepared_on internal_number crushing_loss source balance"),
    _paths("", "beyond_use screening acknowledgements"),
    _paths("drug", "name"),
    _paths("balance", "readability sensitivity tolerated_error repeatability minimum"),
    _paths("beyond_use", "counting"),
    _paths("screening", "opioids liver_disease"),
    _paths("acknowledgements", "code value reason"),
)
_CAPSULES = _EVERY_ORDER.union(
    _paths("", "quantity allowance extra_capsules capsule diluent tablet_powder"),
    _paths("capsule", "size brand shell_mass fill_mass lot expiry"),
    _paths("diluent", "name packing_statistic lot expiry"),
    _paths("tablet_powder", "packing_statistic"),
)
_LIQUIDS = _EVERY_ORDER.union(
    _paths("", "preparation strength volume doses_per_day vehicle syringes"),
    _paths("vehicle", "name aqueous preserved storage lot expiry"),
    _paths("syringes", "capacity graduation"),
)
_TABLETS = _paths(
    "source", "kind strength release tablets_weighed total_mass weighed_on recovered_mass maker ndc lot expiry"
)
_BULK = _paths("source", "kind basis assay assay_basis water maker lot expiry")
#: Every name that an order had when papers were first printed, by preparation and kind of source; for a list, the names
#: of its items. Frozen: these names are hashed whatever they say, and no name is ever added here.
SCHEME_1_NAMES: Mapping[tuple[str, str], frozenset[str]] = {
    ("capsule", "tablet"): _CAPSULES | _TABLETS,
    ("capsule", "powder"): _CAPSULES | _BULK | {"source.packing_statistic"},
    ("liquid", "tablet"): _LIQUIDS | _TABLETS,
    ("liquid", "powder"): _LIQUIDS | _BULK,
}
_SCHEME_1_UNASKED = {"opioids": "not asked", "liver_disease": "not asked"}
_OF_A_STUDY = {
    "beyond_use.studies.kind": "study",
    "beyond_use.studies.stability_indicating": "unknown",
    "beyond_use.studies.microbial": "unknown",
}
#: The default that each later name came with, by preparation and path, as the normalized order writes it. Kept as it
#: is when `calc.limits` changes that default, so that the order of an old paper keeps its fingerprint.
_OF_INGREDIENTS = {"ingredients.per": "batch", "ingredients.role": "other"}
FIRST_DEFAULTS: dict[str, dict[str, Any]] = {
    "capsule": {
        **_OF_INGREDIENTS,
        "source.least_tablets": 3,
        "beyond_use.storage": "room temperature",
        **_OF_A_STUDY,
        **dict.fromkeys(ASSESSMENT, "not asked"),
        **{f"{part}.packing.shells": "tared" for part in ("diluent", "tablet_powder", "source")},
    },
    "liquid": {
        **_OF_INGREDIENTS,
        "source.least_tablets": 3,
        **_OF_A_STUDY,
        **dict.fromkeys(ASSESSMENT, "not asked"),
    },
}

#: What the program did before a name was there, by path: the order of an old paper, read so, keeps its fingerprint. Two
#: orders that differ in it alone have one fingerprint only if no figure of their plans differs.
BEFORE: dict[str, Any] = {"source.least_tablets": 1}


def fingerprint(understood: Mapping[str, Any], plan: Mapping[str, Any]) -> str:
    """Return sixteen characters derived from the normalized order and the codes and exact values of its plan.

    Texts, the paths of defaults and the program's version are left out, so that a release with the same figures keeps
    the fingerprint; so are later names without a value of their own, in the order and in the plan.
    """
    figured = {name: part for name, part in plan.items() if name not in _WRITTEN_APART}
    for name in BESIDE_WITHIN.keys() & figured.keys():
        figured[name] = {key: value for key, value in plan[name].items() if key not in BESIDE_WITHIN[name]}
    figured = codes_and_exact_values(figured)
    for name in _CODES_ALONE & plan.keys():
        figured[name] = [{"code": said["code"]} for said in plan[name] if said["code"] not in NOTICES_BESIDE]
    content = {"scheme": SCHEME, "order": without_silent_names(understood), "plan": figured}
    return base64.b32encode(hashlib.sha256(canonical(content)).digest()[:BYTES]).decode("ascii")


def without_silent_names(understood: Mapping[str, Any]) -> dict[str, Any]:
    """Return the normalized order without the later names that are null, empty or at their first default.

    Values decide, never the list of defaults filled in: an order sent back in full states each of them itself.
    """
    preparation = understood.get("preparation", "capsule")
    known = SCHEME_1_NAMES.get((preparation, understood["source"]["kind"]), frozenset())
    counts = {name: value for name, value in understood.items() if name not in BESIDE_ORDER}
    kept = _said(counts, "", known, FIRST_DEFAULTS.get(preparation, {}))
    if "screening" in kept:  # scheme 1 knew two questions, and wrote them for every drug
        kept["screening"] = {**_SCHEME_1_UNASKED, **kept["screening"]}
    return kept


def _said(part: Mapping[str, Any], place: str, known: frozenset[str], first: Mapping[str, Any]) -> dict[str, Any]:
    kept = {}
    for name, value in part.items():
        path = place + name
        if isinstance(value, dict):
            value = _said(value, f"{path}.", known, first)
        elif isinstance(value, list):
            value = [_said(item, f"{path}.", known, first) if isinstance(item, dict) else item for item in value]
        if path in known or not (
            value in (None, "", [], {}) or (path in first and value in (first[path], BEFORE.get(path)))
        ):
            kept[name] = value
    return kept


def codes_and_exact_values(part: Any) -> Any:
    """Return a part of the plan without its texts and without the figures as shown."""
    if isinstance(part, dict):
        if "exact" in part:
            return [part["exact"], part["unit"]]
        return {
            name: codes_and_exact_values(value) if isinstance(value, _HOLDING) else value
            for name, value in part.items()
            if not isinstance(value, str) or name in _IN_FINGERPRINT
        }
    if isinstance(part, list):
        return [codes_and_exact_values(item) for item in part]
    return part
