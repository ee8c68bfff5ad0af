"""The words of pages that refuse, and of the frame around the pages of the record."""

from __future__ import annotations

#: By kind: the title, why, and the text of the link that leads on ("" for none).
REFUSED = {
    "cross_site": ("This was not sent from this page", "Open the page here, and send it from there.", "To the batches"),
    "not_set_up": (
        "The record is not set up",
        "On the computer where this program runs: run triturate setup, then open /record/setup there.",
        "",
    ),
    "unreadable": (
        "The record cannot be opened",
        "Calculating works as ever. On the computer where this program runs: {command}, then start it again.",
        "",
    ),
    "not_allowed": (
        "Your role may not do this",
        "Ask the pharmacist-in-charge, or go back to the batches.",
        "To the batches",
    ),
    "old_page": (
        "This page was made before you signed in again",
        "Nothing was saved. Open the page again: what you typed waits there.",
        "Open the page again",
    ),
    "old_token": ("This page is too old", "Nothing was saved. Open it again and type it once more.", "To the batches"),
    "not_found": ("The record does not have this", "Check the number or the address.", "To the batches"),
    "not_saved": ("Not saved", "{why} Nothing was saved. Go on with the paper sheet, and enter it later.", "Try again"),
    "locked": ("Too many wrong tries", "{text}", "To the batches"),
    "setup_elsewhere": (
        "The first run is on the computer itself",
        "Open this page on the computer where the program runs, by its loopback address (127.0.0.1 or localhost).",
        "",
    ),
}

#: The red line on every page while nothing can be recorded, by what is wrong.
UNOPENED = "The record cannot be opened. Run {command}, then start this program again."
GONE = "The record is gone from its folder. Nothing can be recorded; calculating works as ever."
TROUBLE = {
    "behind": "The record is behind its witness: entries may be lost. Nothing is recorded until it is looked at.",
    "altered": "The guards of the record are not as they were made. Nothing is recorded. Run triturate doctor.",
}
