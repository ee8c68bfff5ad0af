"""`GET /methods`, `/limits`, `/drugs/<name>`, `/evidence`: reference pages generated from the program's own data."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from calc.handbook.bounds import groups
from calc.handbook.drugs import drug_page
from calc.handbook.evidence import evidence
from calc.handbook.methods import subjects
from calc.library import Library
from calc.wording import handbook as words


def blueprint(library: Library) -> Blueprint:
    """Return the routes of the pages for one library; raises `BadFile` if a document is not installed."""
    pages = Blueprint("handbook", __name__)
    evidence()

    @pages.get("/methods")
    def methods() -> str:
        all_subjects = subjects()
        formulas = sum(len(subject.methods) for subject in all_subjects)
        count = words.COUNT.format(formulas=formulas, subjects=len(all_subjects))
        return render_template("handbook/methods.html", subjects=all_subjects, count=count, words=words)

    @pages.get("/limits")
    def limits() -> str:
        return render_template("handbook/limits.html", groups=groups(library), words=words)

    @pages.get("/drugs/<name>")
    def drug(name: str) -> str:
        known = library.drugs.get(name)
        if known is None:
            abort(404)
        return render_template("handbook/drug.html", page=drug_page(known))

    @pages.get("/evidence")
    def measured() -> str:
        return render_template("handbook/evidence.html", blocks=evidence(), words=words)

    return pages
