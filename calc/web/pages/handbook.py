"""`GET /methods`, `/limits`, `/drugs/<name>`, `/evidence`: the program laid open, from its own data."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from calc.handbook.bounds import groups
from calc.handbook.drugs import drug_page
from calc.handbook.evidence import evidence
from calc.handbook.methods import subjects
from calc.library import Library
from calc.wording import handbook as words


def blueprint(library: Library) -> Blueprint:
    """The pages over one library; raises where a document that is a page is not installed."""
    pages = Blueprint("handbook", __name__)
    evidence()

    @pages.get("/methods")
    def methods() -> str:
        found = subjects()
        formulas = sum(len(subject.methods) for subject in found)
        count = words.COUNT.format(formulas=formulas, subjects=len(found))
        return render_template("handbook/methods.html", subjects=found, count=count, words=words)

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
