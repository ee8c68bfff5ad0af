"""The media type of an answer: JSON as in the contract, or a FHIR R5 Medication if the request prefers it."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_options_header

JSON, FHIR = "application/json", "application/fhir+json"
VERSIONS = frozenset({"", "5.0", "5.0.0"})
#: The content type of a Medication in a response.
SENT = f"{FHIR}; fhirVersion=5.0"


def asks_for_fhir(accepted: Iterable[tuple[str, float]], *, can: bool) -> bool:
    """Return True to answer in FHIR, given the media types of an Accept header with their weights.

    FHIR must be named, with a weight at least that of JSON. If FHIR cannot be produced (`can` is False, or another
    version is requested), the answer is JSON if that is accepted; otherwise `NotAcceptable` is raised. A header that
    does not name FHIR gets JSON.

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
