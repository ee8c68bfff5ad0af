"""`GET /paper`: whether the fingerprint on a paper still follows from the order in its code."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, render_template, request, url_for

from calc.answers.problems import fault_shown, stop_shown
from calc.capsule.answer import answer
from calc.capsule.sheet import sheet
from calc.faults import Refused
from calc.liquid.answer import answer as answer_liquid
from calc.liquid.sheet import liquid_sheet
from calc.orders.query import Pairs, written
from calc.paper.code import ADDRESS, FINGERPRINT, PACKED_ADDRESS, unpack
from calc.service.answering import Service
from calc.web.forms import query
from calc.web.pages import capsule, common, liquid
from calc.wording import paper as words
from calc.wording.web import CODE_FAULTS

CODE = "code"
LONGEST_CODE = 4096


def blueprint(service: Service) -> Blueprint:
    """The page of the papers' codes over one service."""
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
        return _judge(service, fingerprints[0], rest)

    @codes.get(f"{PACKED_ADDRESS}/<fingerprint>/<packed>")
    def packed(fingerprint: str, packed: str) -> common.Shown:
        pairs = unpack(packed)
        if pairs is None:
            return _say(error=CODE_FAULTS["changed"]), 422
        return common.redirect_to(url_for("codes.paper"), [(FINGERPRINT, fingerprint), *pairs])

    return codes


def _scanned(typed: str) -> common.Shown:
    """What a scanner typed into the page's field: its address, on whatever host it was printed for."""
    text = typed.strip()
    if not text:
        return _say(), 200
    found = urlsplit(text[:LONGEST_CODE])
    if found.path == ADDRESS and FINGERPRINT in dict(parse_qsl(found.query)):
        return common.redirect_to(url_for("codes.paper"), parse_qsl(found.query, keep_blank_values=True))
    parts = found.path.split("/")
    if f"/{parts[1] if len(parts) > 1 else ''}" == PACKED_ADDRESS and len(parts) == 4:
        pairs = unpack(parts[3])
        if pairs is not None:
            return common.redirect_to(url_for("codes.paper"), [(FINGERPRINT, parts[2]), *pairs])
        return _say(typed=text, error=CODE_FAULTS["changed"]), 422
    return _say(typed=text, error=CODE_FAULTS["no_code"]), 422


def _judge(service: Service, fingerprint: str, pairs: Pairs) -> common.Shown:
    """The verdict on one paper, of capsules or of a liquid."""
    of_liquid = liquid.PREPARATION in pairs
    try:
        if of_liquid:
            made = liquid.planned(service, pairs)
            now, echo = answer_liquid(made)["fingerprint"], liquid_sheet(made).echo
        else:
            plan = capsule.planned(service, pairs)
            now, echo = answer(plan)["fingerprint"], sheet(plan).echo
    except Refused as refused:
        troubles = [fault_shown(fault)["text"] for fault in refused.faults]
        troubles += [stop_shown(stop)["text"] for stop in refused.stops]
        return _say(fingerprint=fingerprint, follows=False, troubles=troubles), 422
    where, fields = ("liquid.page", query.LIQUID) if of_liquid else ("pages.page", query.CAPSULES)
    link = f"{url_for(where)}?{written(query.canonical(pairs, fields))}"
    follows = now == fingerprint.strip().upper()
    return _say(fingerprint=fingerprint, now=now, follows=follows, link=link, echo=echo), 200


def _say(**said: object) -> str:
    """The page of the codes; what is not said is left out."""
    blank: dict[str, object] = dict.fromkeys(("typed", "error", "fingerprint", "now", "link", "echo"), "")
    verdicts: dict[str, object] = {
        "follows": None,
        "troubles": [],
        "verdicts": words.STATES,
        "advice": words.STATE_ADVICE,
    }
    return render_template("shared/paper_code.html", **(blank | verdicts | said))
