"""Which of two ways to be answered a request asks for: JSON by the contract, or a Medication of FHIR R5."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_options_header

JSON, FHIR = "application/json", "application/fhir+json"
VERSIONS = frozenset({"", "5.0", "5.0.0"})
#: What a Medication is sent as.
SENT = f"{FHIR}; fhirVersion=5.0"


def asks_for_fhir(accepted: Iterable[tuple[str, float]], *, can: bool) -> bool:
    """Whether to answer in FHIR, by the media types of an Accept header with their weights.

    FHIR must be named, and no less welcome than JSON. Where it cannot be given (`can`, or another version is asked
    for), JSON takes its place if that is welcome too; else this raises `NotAcceptable`. Without a word of FHIR it is
    JSON.

    >>> asks_for_fhir([("application/fhir+json", 1), ("*/*", 0.5)], can=True)
    True
    >>> asks_for_fhir([("application/fhir+json", 1), ("*/*", 0.5)], can=False)
    False
    """
    fhir, other_version, json = 0.0, 0.0, 0.0
    for value, weight in accepted:
        kind, options = parse_options_header(value)
        if kind == FHIR and options.get("fhirversion", "") in VERSIONS:
            fhir = max(fhir, weight)
        elif kind == FHIR:
            other_version = max(other_version, weight)
        elif kind in {JSON, "application/*", "*/*"}:
            json = max(json, weight)
    if can and fhir > 0 and fhir >= json:
        return True
    if json == 0 and (fhir > 0 or other_version > 0):
        raise NotAcceptable
    return False
