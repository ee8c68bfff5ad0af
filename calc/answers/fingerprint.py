"""The fingerprint of a plan: what a paper bears to tell whether it still follows from its order."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

SCHEME = 1
#: Added to the plan when papers with fingerprints were printed already.
BESIDE_FINGERPRINT = frozenset({"spread"})
_IN_FINGERPRINT = frozenset(
    {"code", "exact", "unit", "name", "ok", "size", "by", "date", "bound_by", "value", "reason"}
)


def fingerprint(understood: Mapping[str, Any], plan: Mapping[str, Any]) -> str:
    """Sixteen characters that follow from the order understood and the codes and exact values of its plan.

    Texts, defaults and the program's version are left out: a new release with the same figures keeps it. So is what
    was added to the plan since and follows from its figures.
    """
    figured = {name: part for name, part in plan.items() if name not in BESIDE_FINGERPRINT}
    content = {"scheme": SCHEME, "order": understood, "plan": codes_and_exact_values(figured)}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return base64.b32encode(hashlib.sha256(canonical.encode("ascii")).digest()).decode("ascii")[:16]


def codes_and_exact_values(part: Any) -> Any:
    """A part of the plan without its texts and without figures as shown."""
    if isinstance(part, list):
        return [codes_and_exact_values(item) for item in part]
    if not isinstance(part, dict):
        return part
    if "exact" in part:
        return [part["exact"], part["unit"]]
    kept = {}
    for name, value in part.items():
        if isinstance(value, str):
            if name in _IN_FINGERPRINT:
                kept[name] = value
        elif isinstance(value, dict | list):
            kept[name] = codes_and_exact_values(value)
        else:
            kept[name] = value
    return kept
