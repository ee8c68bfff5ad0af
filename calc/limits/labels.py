"""How long the texts on a label may be: those of the settings, and those typed for one patient."""

from __future__ import annotations

#: Most characters of each text of a pharmacy, and why.
PHARMACY_TEXTS = {
    "name": (40, "one line of a label of 2.25 in beside the phone"),
    "address": (80, "street, city, state and ZIP code on one line of a sheet"),
    "phone": (20, "a number with its area code and punctuation"),
}
#: Most characters of each text typed for one patient, and why.
LABEL_TEXTS = {
    "patient": (60, "given and family names on two lines of a label of 4 x 2 in; a longer one is written by hand"),
    "rx_number": (20, "numbers of pharmacies have 6 to 12 digits, some with letters before them"),
    "prescriber": (60, "a name with its title"),
    "directions": (160, "four lines of a label of 4 x 2 in; longer ones belong on the leaflet"),
    "pharmacist": (20, "initials, or a family name"),
}
#: Most refills of a prescription: two digits; the law allows far fewer.
MOST_REFILLS = 99
