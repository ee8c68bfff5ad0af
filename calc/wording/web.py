"""The words of the pages and endpoints around an order: titles of refusals, error pages, frames of pages."""

from __future__ import annotations

TITLES = {
    "faults": "The order cannot be read",
    "stops": "The order passes a limit",
    "json": "The body is not JSON that is read here",
    "too-large": "The request is too large",
    "media-type": "This address does not take that media type",
    "method": "This address does not take that method",
    "not-acceptable": "This program cannot answer in that media type",
    "not-found": "There is nothing at this address",
    "busy": "Too much is asked at once",
    "timeout": "The request did not arrive in time",
    "storage": "There is no room for the request",
    "host": "This program does not answer for that host",
    "request": "The request cannot be read",
    "unexpected": "The program made a mistake",
}

JSON_FAULTS = {
    "not_utf8": "The body is not UTF-8.",
    "not_json": "The body is not one JSON value (NaN and Infinity are not JSON).",
    "too_deep": "The body is nested more deeply than 10.",
    "duplicate_key": "An object names a key twice.",
}

#: What was seen in a body that is not JSON, where it can be told, with its place.
JSON_SEEN = {
    "utf_16": "The body is UTF-16. Send it as UTF-8.",
    "empty": "The body is empty. Send one JSON value.",
    "half_character": "A name in the body holds half a character (\\ud800 to \\udfff).",
    "constant": "The body is not one JSON value: NaN and Infinity are not JSON.",
    "byte_order_mark": "Line {line}, column {column}: a byte-order mark within the body, as in files that "
    "were joined. Take it out.",
    "trailing_comma": "Line {line}, column {column}: take this comma away; nothing follows it before the bracket.",
    "other": "Line {line}, column {column}: the body is not one JSON value from here on.",
}

DETAILS = {
    "too-large": "Send at most 64 KiB in a body (to /api/v1/plans 16 MiB) and 32 KiB in a query.",
    "unexpected": "Nothing was calculated. Quote the number {number} to whoever looks after this program.",
    "not-found": "Check the address, or start again from the form.",
    "host": "Ask for it by the name under which it was started.",
    "media-type": "Send application/json, to /api/v1/plans application/x-ndjson, and not compressed.",
    "not-acceptable": "FHIR is answered for capsules in release 5.0, where the program is installed with its extra "
    "named fhir; take application/json otherwise.",
    "busy": "Send it again in a moment: only a few papers, and a few bodies of many orders, are worked out at a time.",
    "timeout": "Send the head within 30 seconds and the body within 60.",
    "storage": "Nothing was calculated. Quote the number {number} to whoever looks after this program.",
}

#: Details for one line of many orders.
LINE_TOO_LONG = "A line is at most 64 KiB."
TOO_MANY_LINES = "At most {most} lines are read; nothing from this line on was. Send the rest by itself."

#: Details for chosen fields of an answer.
UNKNOWN_FIELD, AN_ANSWER = "No answer has the field {field}; {place} has: {known}.", "an answer"
FIELD_WITHIN_VALUE = "No answer has the field {field}; {place} is a single value."
NO_FIELDS = "Name at least one field of the answer, such as plan.portion."

#: Texts in place of an answer while there is none, and the messages of the page's script.
LIVE = {
    "needed": "Type a dose and a number of capsules: the answer appears here.",
    "needed_schedule": "Type the first step of the schedule: the answer appears here.",
    "needed_liquid": "Type dose, strength, volume and vehicle: the answer appears here.",
    "working": "Working it out.",
    "silent": "The program did not answer, so nothing is shown. Press the button to ask again.",
}

#: The page of each preparation: its title and heading, the invitation to type, and the fields that an answer needs.
ORDER_PAGES = {
    "capsule": {
        "title": "Capsules from commercial tablets",
        "heading": "Capsules from commercial tablets",
        "about": "Two fields to a first plan. Every step and every source is shown.",
        "example": "/?dose=4.5&dose_unit=mg&quantity=30&source-tablets_weighed=3&source-total_mass=0.480"
        "&source-total_mass_unit=g&capsule-size=3&diluent-packing_statistic=135&diluent-packing_statistic_unit=mg"
        "&tablet_powder-packing_statistic=165&tablet_powder-packing_statistic_unit=mg",
        "waiting_for": LIVE["needed"],
        "needed": "dose quantity",
    },
    "liquid": {
        "title": "Oral liquid",
        "heading": "Oral liquid from tablets or powder",
        "about": "Four fields to a first plan: dose, strength, volume and vehicle.",
        "example": "",
        "waiting_for": LIVE["needed_liquid"],
        "needed": "dose strength|source-tablets_used|source-capsules_used volume vehicle-name|vehicle-parts-0-name",
    },
}

#: The head of every page that a browser prints.
PRINTED = {
    "plan": "Screen print. Work from the preparation sheet.",
    "other": "Screen print.",
    "batch": "Batch number",
    "batches": "on the plan of each batch",
    "blank": "____________",
    "fingerprint": "Plan ID",
}

#: The settings of a pharmacy, saved in its browser.
BENCH = {
    "title": "Your bench",
    "about": "Balance, shells, diluent, packing, allowance and papers, kept in this browser only.",
    "held": "Filled in from your bench:",
    "apart": "This address has its own values: your bench is not filled in.",
    "keep": "Remember this bench",
    "forget": "Forget the bench",
    "paper": "Paper of sheet and leaflet",
    "label": "Stock of the labels",
    "usual": "your bench",
    "no_choice": "no choice",
    "kept": "The bench is remembered in this browser.",
    "forgotten": "The bench is forgotten.",
}

CODE_FAULTS = {
    "no_fingerprint": "The code holds no plan ID: scan the square code on the paper.",
    "no_code": "This is not the code of one of our papers, nor a plan ID: sixteen letters and digits in fours.",
    "changed": "The code was changed or is cut off: scan it again.",
}
