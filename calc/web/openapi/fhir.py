"""The FHIR R5 Medication in the OpenAPI description: what the program writes in it; the full schema is HL7's."""

from __future__ import annotations

MEDICATION = {
    "title": "Medication",
    "description": "A Medication of HL7 FHIR R5 (5.0.0), checked by the server against that release. Strengths are "
    "ratios to one capsule with units of UCUM, digits as the plan shows them; `batch` holds the batch number as its "
    "lot and the beyond-use date; an estimate of the diluent is left out. Its narrative holds what must be read first.",
    "type": "object",
    "required": ["resourceType", "text", "code", "status", "totalVolume", "ingredient", "batch"],
    "properties": {"resourceType": {"type": "string", "const": "Medication"}},
}
