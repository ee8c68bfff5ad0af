"""The pages of devices and of keys: enrolling the one that is being used, removing; keys for other systems."""

from __future__ import annotations

from flask import make_response, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, StringField

from calc.record.envelope import By, Signed
from calc.record.people import decide
from calc.record.people.acts import EndKey, EnrollDevice, MakeKey, RemoveDevice
from calc.record.people.decide import Change
from calc.record.people.state import DeviceState, KeyState
from calc.record.refusals import Unknown
from calc.record.rights import Act
from calc.record.words import people as words
from calc.store.door import Appended
from calc.store.reading import Reading
from calc.web.forms.fields import listed
from calc.web.record.ground import ground
from calc.web.record.managing import ManagingForm, ReasonForm, manage, posted
from calc.web.record.routes import PREFIX, Answer, route
from calc.web.record.session import DEVICE, here, set_cookie

#: A browser keeps no cookie for longer.
A_YEAR = 365 * 24 * 3600


class EnrollForm(ManagingForm):
    """The device that is being used."""

    name = StringField("Name of this device", description="As the bench is called, such as bench 1.")


class KeyForm(ManagingForm):
    """A key for another system."""

    name = StringField("Name of the system")
    acts = SelectMultipleField(
        "What it may do",
        choices=listed((act.value, words.KEY_ACTS[act]) for act in decide.KEY_ACTS),
        validate_choice=False,
    )


def _devices() -> dict[str, DeviceState]:
    with ground().store.reading() as reading:
        return dict(reading.devices())


def _keys() -> dict[str, KeyState]:
    with ground().store.reading() as reading:
        return dict(reading.keys())


@route("/devices", Act.MANAGE, methods=("GET", "POST"), signed=True)
def devices() -> Answer:
    """List devices, and enroll the one that is being used."""
    known = _devices()
    form = EnrollForm(posted())
    id_ = f"d{len(known) + 1}"

    def again() -> str:
        return render_template("record/devices.html", devices=known.values(), form=form, this=here().device)

    def change(reading: Reading, by: By, signed: Signed | None) -> Change:
        return decide.enroll_device(EnrollDevice(id_, form["name"].data or ""), reading.devices(), by, signed)

    def done(appended: Appended) -> Response:
        answer = redirect(f"{PREFIX}/devices", 303)
        if not appended.repeated:
            set_cookie(answer, DEVICE, ground().sessions.enroll(id_), max_age=A_YEAR)
        return answer

    if posted() is None:
        return again()
    form.version.data = "0"
    return manage(form, f"device:{id_}", change, again=again, done=done)


@route("/devices/<device>", Act.MANAGE, methods=("GET", "POST"), signed=True)
def device_page(device: str) -> Answer:
    """Remove a device: no PIN is taken on it any more, and sessions on it end."""
    known = _devices()
    if device not in known:
        raise Unknown(device)
    state = known[device]
    form = ReasonForm(posted(), version=state.version)

    def again() -> str:
        return render_template("record/end.html", form=form, kind="device", name=state.name, ended=state.removed)

    def change(reading: Reading, by: By, signed: Signed | None) -> Change:
        return decide.remove_device(reading.devices()[device], RemoveDevice(form.reason.data or ""), by, signed)

    def done(_: Appended) -> str:
        ground().sessions.remove_device(device)
        return f"{PREFIX}/devices"

    return again() if posted() is None else manage(form, state.stream, change, again=again, done=done)


@route("/keys", Act.MANAGE, methods=("GET", "POST"), signed=True)
def keys() -> Answer:
    """List keys, and make one, whose secret is shown once."""
    known = _keys()
    form = KeyForm(posted())
    id_ = f"k{len(known) + 1}"

    def again() -> str:
        return render_template("record/keys.html", keys=known.values(), form=form, acts=words.KEY_ACTS)

    def change(reading: Reading, by: By, signed: Signed | None) -> Change:
        act = MakeKey(id_, form["name"].data or "", tuple(form.acts.data or ()))
        return decide.make_key(act, reading.keys(), by, signed)

    def done(appended: Appended) -> str | Response:
        address = f"{PREFIX}/keys"
        if appended.repeated:
            return address
        secret = ground().sessions.make_key(id_)
        name = form["name"].data
        return make_response(render_template("record/once.html", kind="key", name=name, secret=secret, address=address))

    if posted() is None:
        return again()
    form.version.data = "0"
    return manage(form, f"key:{id_}", change, again=again, done=done)


@route("/keys/<key>", Act.MANAGE, methods=("GET", "POST"), signed=True)
def key_page(key: str) -> Answer:
    """End a key."""
    known = _keys()
    if key not in known:
        raise Unknown(key)
    state = known[key]
    form = ReasonForm(posted(), version=state.version)

    def again() -> str:
        return render_template("record/end.html", form=form, kind="key", name=state.name, ended=state.ended)

    def change(reading: Reading, by: By, signed: Signed | None) -> Change:
        return decide.end_key(reading.keys()[key], EndKey(form.reason.data or ""), by, signed)

    def done(_: Appended) -> str:
        ground().sessions.end_key(key)
        return f"{PREFIX}/keys"

    return again() if posted() is None else manage(form, state.stream, change, again=again, done=done)
