"""The words of a FHIR Medication."""

from __future__ import annotations

MEDICATION = "{form} {dose} capsules"
CAPSULE = "capsule"
FINGERPRINT = "Fingerprint of the plan by Triturate {version}"
EXCIPIENTS = "Excipients of the crushed {strength} tablets"
PASSED = "Let pass: {text}"
