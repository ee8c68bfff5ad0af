"""`/paper`: the page that checks whether a printed paper still follows from the order in its code.

A code is scanned or a plan ID typed into the page by POST, so that no order stands in an address; an address printed in
a code is answered by GET, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, current_app, render_template, request

from calc.answers.problems import fault_shown, stop_shown
from calc.faults import Refused
from calc.limits import DEFAULTS_OF_SET_1, DEFAULTS_SET, VEHICLE_BEFORE_TABLE
from calc.orders.query import Pairs, shortest_pairs_of, written
from calc.paper.code import ADDRESS, BATCH, DEFAULTS, FINGERPRINT, PACKED, PACKED_ADDRESS, PLAN, unpack
from calc.service.papers import Verdict, judged
from calc.service.preparations import CAPSULES
from calc.web.guard import MOST_QUERY
from calc.web.pages import common
from calc.web.pages.order_page import OrderPage
from calc.wording import paper as words
from calc.wording.web import CODE_FAULTS

#: The pages of the preparations by their keys.
Pages = Mapping[str, OrderPage]
#: The function of an application with a record that returns the address of the batch of a paper, by its plan ID and
#: batch number; blank if there is none.
LEADS = "leads_to_batch"
Leads = Callable[[str, str], str]
CODE = "code"
LONGEST_CODE = 4096
#: A plan ID as it is typed: in fours or in one, in any case.
TYPED_PLAN_ID = re.compile(r"(?:[A-Za-z2-7]{4}[ \u00a0-]?){3}[A-Za-z2-7]{4}")


def blueprint(pages: Pages) -> Blueprint:
    """Return the routes of the page; `pages` are those of the preparations."""
    codes = Blueprint("codes", __name__)

    @codes.route(ADDRESS, methods=["GET", "POST"])
    def paper() -> common.Shown:
        if request.method == "POST":
            return _scanned(pages, request.form.get(CODE, ""))
        pairs = list(request.args.items(multi=True))
        return _of_pairs(pages, pairs) if pairs else (_say(), 200)

    @codes.get(f"{PACKED_ADDRESS}/<fingerprint>/<packed>")
    def packed(fingerprint: str, packed: str) -> common.Shown:
        pairs = unpack(packed)
        whole = [(FINGERPRINT, fingerprint), *(pairs or ())]
        if pairs is None or len(written(whole)) > MOST_QUERY:
            return _say(error=CODE_FAULTS["changed"]), 422
        return common.redirect_to(ADDRESS, whole)

    return codes


def _scanned(pages: Pages, typed: str) -> common.Shown:
    """Answer what a scanner or a person typed into the field, whatever host the code was printed for."""
    text = typed.strip()
    if not text:
        return _say(), 200
    if TYPED_PLAN_ID.fullmatch(text):
        return _compare(text, "")
    try:
        address = urlsplit(text[:LONGEST_CODE])
    except ValueError:
        return _say(typed=text, error=CODE_FAULTS["no_code"]), 422
    pairs = parse_qsl(address.query, keep_blank_values=True)
    if address.path == ADDRESS and {FINGERPRINT, PLAN} & dict(pairs).keys():
        return _of_pairs(pages, pairs)
    parts = address.path.split("/")
    if f"/{parts[1] if len(parts) > 1 else ''}" == PACKED_ADDRESS and len(parts) == 4:
        return _of_pairs(pages, [(FINGERPRINT, parts[2]), (PACKED, parts[3])])
    return _say(typed=text, error=CODE_FAULTS["no_code"]), 422


def _of_pairs(pages: Pages, pairs: Pairs) -> common.Shown:
    """Answer the query in a code: a plan and its batch, or a fingerprint and an order, written out or packed."""
    said = dict(pairs)
    if PLAN in said and said.keys() <= {PLAN, BATCH} and len(said) == len(pairs):
        return _lead(said[PLAN], said.get(BATCH, ""))
    fingerprints = [value for name, value in pairs if name == FINGERPRINT]
    if len(fingerprints) != 1:
        return _say(error=CODE_FAULTS["no_fingerprint"]), 422
    rest: Pairs | None = [pair for pair in pairs if pair[0] != FINGERPRINT]
    if said.keys() == {FINGERPRINT, PACKED}:
        rest = unpack(said[PACKED])
    sets = [value for name, value in rest or () if name == DEFAULTS]
    if rest is None or sets not in ([], [str(DEFAULTS_SET)]):
        return _say(error=CODE_FAULTS["changed"]), 422
    earlier = VEHICLE_BEFORE_TABLE | ({} if sets else DEFAULTS_OF_SET_1)
    return _judge(pages, fingerprints[0], [pair for pair in rest if pair[0] != DEFAULTS], earlier)


def _lead(fingerprint: str, batch: str) -> common.Shown:
    """Lead to the batch of a paper where a record has it, else return the page for its plan ID."""
    leads: Leads | None = current_app.extensions.get(LEADS)
    address = leads(fingerprint, batch) if leads is not None and batch else ""
    return common.redirect_to(address, []) if address else _compare(fingerprint, batch)


def _compare(fingerprint: str, batch: str) -> common.Shown:
    """Return the page for a plan ID without an order, which leads to the sheet."""
    if not TYPED_PLAN_ID.fullmatch(fingerprint):
        return _say(error=CODE_FAULTS["changed"]), 422
    printed = words.plan_id(re.sub(r"[^A-Z2-7]", "", fingerprint.upper()))
    return _say(fingerprint=printed, batch=batch, verdict=Verdict.COMPARE), 200


def _judge(pages: Pages, fingerprint: str, pairs: Pairs, earlier: Mapping[str, object]) -> common.Shown:
    """Return the page with the verdict on one paper, reached by the page of its preparation."""
    page = pages.get(dict(pairs).get("preparation", ""), pages[CAPSULES.key])
    printed = words.plan_id(fingerprint)
    try:
        plan = page.planned(pairs, earlier=earlier)
    except Refused as refused:
        troubles = [fault_shown(fault)["text"] for fault in refused.faults]
        troubles += [stop_shown(stop)["text"] for stop in refused.stops]
        return _say(fingerprint=printed, verdict=Verdict.OTHERWISE, troubles=troubles), 422
    sheet, found = page.preparation.sheet(plan), judged(fingerprint, plan, earlier)
    details = {
        "now": words.plan_id(sheet.fingerprint) if found.verdict is Verdict.OTHERWISE else "",
        "link": page.link(shortest_pairs_of(plan.order)),
        "echo": sheet.echo,
        "changes": [words.CHANGES[path] for path in found.changes],
    }
    return _say(fingerprint=printed, verdict=found.verdict, **details), 200


def _say(**values: object) -> str:
    """Render the page with the given values; the others are blank."""
    blank: dict[str, object] = dict.fromkeys(("typed", "error", "fingerprint", "batch", "now", "link", "echo"), "")
    blank |= {"verdict": None, "troubles": [], "changes": []}
    blank |= {"verdicts": words.VERDICTS, "advice": words.VERDICT_ADVICE, "may_have_changed": words.MAY_HAVE_CHANGED}
    return render_template("shared/paper_code.html", **(blank | values))
