"""The audit trail: every event, filtered by person, stream, day and type; its head, and the events as JSON lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request

from calc.record.envelope import By, Event, Signed
from calc.record.people import decide
from calc.record.people.acts import AcceptGap
from calc.record.people.decide import Change
from calc.record.people.state import SiteState
from calc.record.rights import Act
from calc.record.streams import BATCH_STREAM, NUMBER, SITE, of_batch
from calc.record.words import people as words
from calc.record.words.readings import upper_first
from calc.store.reading import Reading
from calc.web.record.batches.moments import day_of, moment_of, time_of
from calc.web.record.batches.titles import TITLES
from calc.web.record.ground import ground
from calc.web.record.lines import MOST, before_hidden, lines
from calc.web.record.managing import ReasonForm, manage, posted
from calc.web.record.routes import PREFIX, Answer, route
from calc.web.record.session import here

#: Events of one page of the log.
PAGE = 50
FILTERS = ("person", "stream", "day", "type")
#: What each entry of the log is, by the type of its event.
TYPES = words.EVENTS | {type_: upper_first(title) for type_, title in TITLES.items()}


@route("/log", Act.AUDIT)
def log() -> Answer:
    """Show events, newest page by page from a sequence on, with the filters that are set."""
    chosen = {name: request.args.get(name, "").strip() for name in FILTERS}
    if NUMBER.fullmatch(chosen["stream"]):
        chosen["stream"] = of_batch(chosen["stream"])
    asked = {name: value for name, value in chosen.items() if value}
    with ground().store.reading() as reading:
        head = reading.head()
        after = _number(request.args.get("after")) if request.args.get("after") or asked else max(head.seq - PAGE, 0)
        events = reading.log(after=after, limit=PAGE, **asked)
        named = {each.stream: each.name for each in reading.devices().values()}
        named |= {each.stream: each.name for each in reading.keys().values()}
    named |= {each.stream: each.name for each in here().people.values()}
    more = f"{PREFIX}/log?{urlencode({**asked, 'after': events[-1].seq})}" if len(events) == PAGE else ""
    return render_template(
        "record/log.html",
        entries=[_entry(event, named) for event in events],
        head=head.named,
        last=max(head.seq - MOST, 0),
        about=_about(here().site),
        chosen=chosen,
        of_what=named.get(chosen["stream"], chosen["stream"].removeprefix(BATCH_STREAM)),
        people=here().people.values(),
        types=TYPES,
        more=more,
        trouble=ground().store.trouble,
    )


def _entry(event: Event, named: Mapping[str, str]) -> dict[str, Any]:
    """Return an entry as the log shows it; `named` are the names of people, devices and keys by their streams."""
    batch = event.stream.removeprefix(BATCH_STREAM) if event.stream.startswith(BATCH_STREAM) else ""
    another = event.session_of and event.session_of != event.by.person
    return {
        "seq": event.seq,
        "day": day_of(event.day),
        "time": time_of(event.at),
        "who": event.by.name,
        "role": f"{event.by.role}{words.ON_ANOTHER_SCREEN if another else ''}",
        "what": TYPES.get(event.type, event.type),
        "signed": event.signature.meaning if event.signature else "",
        "batch": batch,
        "of": batch or named.get(event.stream, words.RECORD),
        "why": event.data.get("reason", ""),
    }


def _about(site: SiteState) -> str:
    """Return when the record was last verified and backed up."""
    verified, backed_up = site.verified, site.backed_up
    checked = words.VERIFIED.format(at=moment_of(verified.at), seq=verified.seq) if verified else words.NOT_VERIFIED
    copied = words.BACKED_UP.format(at=moment_of(backed_up.at)) if backed_up else words.NOT_BACKED_UP
    return f"{checked} {copied}"


@route("/log.jsonl", Act.AUDIT)
def log_lines() -> Answer:
    """Send up to 10,000 events above a sequence as JSON lines, up to a batch that this person may still check."""
    answer = lines(ground().store, _number(request.args.get("after")), before_hidden())
    answer.headers["Content-Disposition"] = 'attachment; filename="events.jsonl"'
    return answer


@route("/gap", Act.MANAGE, methods=("GET", "POST"), signed=True)
def gap() -> Answer:
    """Show what the witness saw that the record does not have, and let the pharmacist-in-charge accept it."""
    found = ground().store.gap
    if found is None:
        return redirect(f"{PREFIX}/log", 303)
    form = ReasonForm(posted())

    def again() -> str:
        return render_template("record/gap.html", form=form, gap=found)

    def change(_: Reading, by: By, signed: Signed | None) -> Change:
        act = AcceptGap(form.reason.data or "", found.record, found.witness, found.number)
        return decide.accept_gap(act, by, signed)

    if posted() is None:
        return again()
    return manage(form, SITE, change, again=again, done=lambda _: f"{PREFIX}/log")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 16 else 0
