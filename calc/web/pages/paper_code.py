"""`GET /paper`: the page that checks whether the fingerprint on a paper still follows from the order in its code."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, render_template, request

from calc.answers.problems import fault_shown, stop_shown
from calc.faults import Refused
from calc.orders.query import Pairs
from calc.paper.code import ADDRESS, FINGERPRINT, PACKED_ADDRESS, unpack
from calc.service.preparations import CAPSULES
from calc.web.pages import common
from calc.web.pages.order_page import OrderPage
from calc.wording import paper as words
from calc.wording.web import CODE_FAULTS

#: The pages of the preparations by their keys.
Pages = Mapping[str, OrderPage]
CODE = "code"
LONGEST_CODE = 4096


def blueprint(pages: Pages) -> Blueprint:
    """Return the routes of the page; `pages` are those of the preparations."""
    codes = Blueprint("codes", __name__)

    @codes.get(ADDRESS)
    def paper() -> common.Shown:
        pairs = list(request.args.items(multi=True))
        if not pairs:
            return _say(), 200
        if {name for name, _ in pairs} == {CODE}:
            return _scanned(pairs[0][1])
        fingerprints = [value for name, value in pairs if name == FINGERPRINT]
        rest = [pair for pair in pairs if pair[0] != FINGERPRINT]
        if len(fingerprints) != 1:
            return _say(error=CODE_FAULTS["no_fingerprint"]), 422
        return _judge(pages, fingerprints[0], rest)

    @codes.get(f"{PACKED_ADDRESS}/<fingerprint>/<packed>")
    def packed(fingerprint: str, packed: str) -> common.Shown:
        pairs = unpack(packed)
        if pairs is None:
            return _say(error=CODE_FAULTS["changed"]), 422
        return common.redirect_to(ADDRESS, [(FINGERPRINT, fingerprint), *pairs])

    return codes


def _scanned(typed: str) -> common.Shown:
    """Redirect to the address that a scanner typed into the field, whatever host it was printed for."""
    text = typed.strip()
    if not text:
        return _say(), 200
    address = urlsplit(text[:LONGEST_CODE])
    if address.path == ADDRESS and FINGERPRINT in dict(parse_qsl(address.query)):
        return common.redirect_to(ADDRESS, parse_qsl(address.query, keep_blank_values=True))
    parts = address.path.split("/")
    if f"/{parts[1] if len(parts) > 1 else ''}" == PACKED_ADDRESS and len(parts) == 4:
        pairs = unpack(parts[3])
        if pairs is not None:
            return common.redirect_to(ADDRESS, [(FINGERPRINT, parts[2]), *pairs])
        return _say(typed=text, error=CODE_FAULTS["changed"]), 422
    return _say(typed=text, error=CODE_FAULTS["no_code"]), 422


def _judge(pages: Pages, fingerprint: str, pairs: Pairs) -> common.Shown:
    """Return the page with the verdict on one paper, reached by the page of its preparation."""
    page = pages.get(dict(pairs).get("preparation", ""), pages[CAPSULES.key])
    try:
        plan = page.planned(pairs)
    except Refused as refused:
        troubles = [fault_shown(fault)["text"] for fault in refused.faults]
        troubles += [stop_shown(stop)["text"] for stop in refused.stops]
        return _say(fingerprint=fingerprint, follows=False, troubles=troubles), 422
    sheet = page.preparation.sheet(plan)
    follows = sheet.fingerprint == fingerprint.strip().upper()
    details = {"now": sheet.fingerprint, "link": page.link(pairs), "echo": sheet.echo}
    return _say(fingerprint=fingerprint, follows=follows, **details), 200


def _say(**values: object) -> str:
    """Render the page with the given values; the others are blank."""
    blank: dict[str, object] = dict.fromkeys(("typed", "error", "fingerprint", "now", "link", "echo"), "")
    verdicts: dict[str, object] = {
        "follows": None,
        "troubles": [],
        "verdicts": words.STATES,
        "advice": words.STATE_ADVICE,
    }
    return render_template("shared/paper_code.html", **(blank | verdicts | values))
