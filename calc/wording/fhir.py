"""The words of a FHIR Medication."""

from __future__ import annotations

MEDICATION = "{form} {dose} capsules"
CAPSULE = "capsule"
FINGERPRINT = "Plan ID by Triturate {version}"
EXCIPIENTS = "Excipients of the crushed {strength} tablets"
PASSED = "Overridden: {text}"
