"""Writing: a posted form becomes an act of somebody, and every refusal becomes the same page with what was typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from calc.faults import Refused
from calc.record.envelope import Signed
from calc.record.people import decide as people
from calc.record.people.state import PersonState
from calc.record.refusals import (
    ActRefused,
    Conflict,
    NeedsSignature,
    NotAllowed,
    NotSaved,
    Problem,
    RequestReused,
    Unknown,
)
from calc.record.rights import Act, Right
from calc.record.stamp import Stamp
from calc.record.words import people as words
from calc.store.door import Appended, Decided
from calc.store.reading import Reading
from calc.web.forms.fields import field_name
from calc.web.record import refused
from calc.web.record.forms import RecordForm, SignedForm
from calc.web.record.ground import ground
from calc.web.record.private import public_pairs, texts_beside
from calc.web.record.session import ask_again, current, here, log_refusal
from calc.web.record.signing import Unproved, sign
from calc.wording import fault_text, stop_text

#: What follows from an act, decided inside the door: from what the record holds, who asks, and the signature.
Decide = Callable[[Reading, Stamp, Signed | None], Decided]


def write(
    form: RecordForm,
    act: Act,
    stream: str,
    decide: Decide,
    *,
    again: Callable[[], str],
    done: Callable[[Appended], str | AnyResponse],
) -> AnyResponse:
    """Write what `decide` asks for, in the name of whoever signs the form, or of the session.

    `again` makes the page with the form: problems stand at its fields and in `form.told`. `done` is what comes
    after it was written: an address, or an answer where something is shown once. All else says that nothing was.
    """
    if not current().may_act and not isinstance(form, SignedForm):
        return ask_again(current())  # a form that is not signed is written by nobody while the screen is locked
    try:
        appended = _appended(form, act, stream, decide)
    except Refused as fault:
        faults = [(field_name(each.field), fault_text(each, form.label_of)) for each in fault.faults]
        form.refuse([*faults, *((field_name(each.field), stop_text(each, form.label_of)) for each in fault.stops)])
        form.stops = fault.stops
        return _page(again, 422)
    except ActRefused as fault:
        form.refuse(fault.problems)
        return _page(again, 422)
    except Unproved as fault:
        form.refuse([fault.problem])
        return _page(again, fault.status, fault.wait)
    except NotAllowed:
        signer = people.find(here().people, form.signer.data or "") if isinstance(form, SignedForm) else None
        if signer is None:
            return refused.page("not_allowed", 403)
        form.refuse([Problem("may_not", "signer", {"name": signer.name, "role": words.ROLES[signer.role]})])
        return _page(again, 403)
    except NeedsSignature:
        form.refuse([Problem("needs_signature", "secret")])
        return _page(again, 422)
    except Conflict:
        form.refuse([Problem("conflict")])
        return _page(again, 409)
    except RequestReused:
        form.refuse([Problem("request_reused")])
        return _page(again, 422)
    except Unknown:
        return refused.page("not_found", 404)
    except NotSaved as fault:
        why = words.NOT_SAVED.get(fault.why, words.NOT_SAVED_OTHER)
        form.refuse([("", f"{why} {words.GO_ON_ON_PAPER}")])
        return _page(again, 503, 5)
    after = done(appended)
    return redirect(after, 303) if isinstance(after, str) else after


def _appended(form: RecordForm, act: Act, stream: str, decide: Decide) -> Appended:
    session = current()
    if not form.validate():
        raise ActRefused
    if form.number is None:
        raise RequestReused
    signer, signed = (session.person, None) if not isinstance(form, SignedForm) else sign(form)
    _may(signer, act, signed)
    stamp = Stamp(signer.by, session.person.id, session.device, form.number, digest())
    expected = _expected(form, stream)

    def decided(reading: Reading) -> Decided:
        _are_still(reading, signer, session.person)
        return decide(reading, stamp, signed)

    appended = ground().store.append(stamp, decided, expected=expected, beside=texts_beside(request.form))
    if signed is not None and not session.may_act and signer.id == session.person.id:
        ground().sessions.unlock(session.hash)
    return appended


def _may(signer: PersonState, act: Act, signed: Signed | None) -> None:
    """Raise unless the one in whose name it is written may do it, and signs where that is asked for."""
    right = here().site.settings.right(signer.role, act)
    if right is Right.NO:
        log_refusal(signer)
        raise NotAllowed
    if right is Right.SIGNED and signed is None:
        raise NeedsSignature


def _expected(form: RecordForm, stream: str) -> dict[str, int]:
    """Return the version of a stream that the page of a form had seen. Raises `Conflict` where it should say one."""
    version = form.version.data or ""
    if version.isascii() and version.isdecimal() and len(version) < 10:
        return {stream: int(version)}
    if form.says_version:
        raise Conflict(stream, 0)
    return {}


def _are_still(reading: Reading, *people: PersonState) -> None:
    """Raise `NotAllowed` for one who was closed or changed since this request began, while a secret was tried."""
    if any((now := reading.person(person.id)).closed or now.by != person.by for person in people):
        raise NotAllowed


def digest() -> str:
    """Return the digest of what was posted, and where; nothing secret or of one patient can be guessed from it."""
    return sha256(json.dumps([request.path, list(public_pairs(request.form))]).encode()).hexdigest()


def _page(again: Callable[[], str], status: int, wait: int = 0) -> Response:
    headers = {"Retry-After": str(wait)} if wait else {}
    return Response(again(), status, headers, content_type="text/html; charset=utf-8")
