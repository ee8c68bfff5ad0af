"""The pages of settings: what the pharmacy has chosen, and changing one at a time, with a reason."""

from __future__ import annotations

from flask import render_template
from wtforms import SelectField, StringField

from calc.record.envelope import By, Signed
from calc.record.people import decide
from calc.record.people.acts import ChangeSetting
from calc.record.people.decide import Change
from calc.record.refusals import Unknown
from calc.record.rights import Act
from calc.record.streams import SITE
from calc.record.words import people as words
from calc.store.reading import Reading
from calc.web.forms.fields import listed
from calc.web.record.managing import ReasonForm, manage, posted
from calc.web.record.routes import PREFIX, Answer, route
from calc.web.record.session import here

#: The setting that is a text: the name of the pharmacy.
PHARMACY = "pharmacy"


class SettingForm(ReasonForm):
    """A setting that is yes or no, and why it is changed."""

    value = SelectField("From now on", choices=listed((("yes", "yes"), ("no", "no"))), validate_choice=False)


class PharmacyForm(ReasonForm):
    """The name of the pharmacy, and why it is changed."""

    value = StringField("From now on")


@route("/settings", Act.MANAGE)
def settings() -> Answer:
    """Show every setting."""
    return render_template("record/settings.html", site=here().site, names=words.SETTINGS, hints=words.SETTING_HINTS)


@route("/settings/<name>", Act.MANAGE, methods=("GET", "POST"), signed=True)
def setting(name: str) -> Answer:
    """Change one setting."""
    site = here().site
    if name != PHARMACY and name not in words.SETTINGS:
        raise Unknown(name)
    kind: type[SettingForm | PharmacyForm] = PharmacyForm if name == PHARMACY else SettingForm
    now = site.pharmacy if name == PHARMACY else ("yes" if getattr(site.settings, name) else "no")
    form = kind(posted(), version=site.version, value=now)

    def again() -> str:
        title = words.SETTINGS.get(name, "Name of the pharmacy")
        return render_template(
            "record/setting.html", form=form, title=title, now=now, hint=words.SETTING_HINTS.get(name, "")
        )

    def change(reading: Reading, by: By, signed: Signed | None) -> Change:
        act = ChangeSetting(name, form.value.data or "", form.reason.data or "")
        return decide.change_setting(reading.site(), act, by, signed)

    if posted() is None:
        return again()
    return manage(form, SITE, change, again=again, done=lambda _: f"{PREFIX}/settings")
