"""How long the texts on a label may be: those of the settings, and those typed for one patient."""

from __future__ import annotations

#: Most characters of each text of a pharmacy, and why.
PHARMACY_TEXTS = {
    "name": (40, "one line of a label of 2.25 in beside the phone"),
    "address": (80, "street, city, state and ZIP code on one line of a sheet"),
    "phone": (20, "a number with its area code and punctuation"),
}
