"""`/record/findings`: mismatches by point and by value, and deviations by reason, of a period; no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import render_template, request
from wtforms import Form, StringField

from calc.record.batch.typed import Typed
from calc.record.envelope import Event
from calc.record.rights import Act
from calc.record.words.readings import READINGS, point_words, upper_first
from calc.store.reading import MOST
from calc.web.record.batches import words
from calc.web.record.batches.moments import day_of
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route

#: The days that are looked at where none is asked for.
USUAL = 90
#: Events that are read at once.
PAGE = 250


class PeriodForm(Form):
    """From which day on."""

    since = StringField(words.SINCE, description=words.DAY_HINT)


@route("/findings", Act.READ)
def findings() -> Answer:
    """Count checks, mismatches and deviations since a day."""
    form = PeriodForm(request.args)
    with ground().store.reading() as reading:
        usual = reading.moment().day - timedelta(days=USUAL)
        asked = Typed().day("since", form.since.data) if form.since.data else usual
        if asked is None:
            form.since.errors = [words.NO_DAY]
    since = (asked or usual).isoformat()
    events = _events(since)
    page = render_template(
        "record/batches/findings.html",
        form=form,
        period=words.SINCE_SAID.format(day=day_of(since)),
        tables=[_by_point(events), _by_value(events), _resolved(events), _deviations(events)],
    )
    return (page, 422) if form.since.errors else page


def _events(since: str) -> list[Event]:
    """Return what is counted, read in pages: a long reading holds up who writes."""
    found: list[Event] = []
    while True:
        with ground().store.reading() as reading:
            page = reading.findings(since, after=found[-1].seq if found else 0, limit=PAGE)
        found += page
        if len(page) < PAGE or len(found) >= MOST:
            return found


def _by_point(events: Sequence[Event]) -> dict[str, Any]:
    made, differ = Counter[str](), Counter[str]()
    for event in events:
        if event.type == "check.made":
            kind = event.data["point"].partition("-")[0]
            made[kind] += 1
            differ[kind] += bool(event.data["differ"])
    rows = [(point_words(kind).title, str(made[kind]), str(differ[kind])) for kind in made]
    return _table(words.BY_POINT, words.BY_POINT_HEAD, rows)


def _by_value(events: Sequence[Event]) -> dict[str, Any]:
    found = Counter(name for event in events if event.type == "check.made" for name in event.data["differ"])
    rows = [(_value(name), str(count)) for name, count in found.most_common()]
    return _table(words.BY_VALUE, words.BY_VALUE_HEAD, rows)


def _value(name: str) -> str:
    """Return the label of a value of any batch, by its name alone."""
    last = name.rpartition(".")[2].partition("-")[0]
    known = READINGS.get(last) or READINGS.get(f"counted_{last.removeprefix('count_').rstrip('s')}")
    return known.label if known is not None else last.replace("_", " ").capitalize()


def _resolved(events: Sequence[Event]) -> dict[str, Any]:
    found = Counter(upper_first(event.data["finding"]) for event in events if event.type == "mismatch.resolved")
    return _table(words.RESOLVED, words.RESOLVED_HEAD, [(name, str(count)) for name, count in found.most_common()])


def _deviations(events: Sequence[Event]) -> dict[str, Any]:
    written = [event for event in events if event.type == "deviation.recorded" and not event.data.get("signs")]
    found = Counter(upper_first(event.data["reason"]) for event in written)
    return _table(words.DEVIATIONS, words.DEVIATIONS_HEAD, [(name, str(count)) for name, count in found.most_common()])


def _table(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    return {"title": title, "head": head, "rows": rows, "none": words.NONE_IN_PERIOD}
