"""`/record/batches/N/difference`: both readings of a point side by side, and what a pharmacist found about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import redirect, render_template, request

from calc.answers.writer import Writer
from calc.record.batch import figures
from calc.record.batch.acts import Resolve
from calc.record.batch.bench_order import part_of
from calc.record.batch.checking import named_otherwise
from calc.record.batch.codes import BOTH_RIGHT, YES
from calc.record.batch.planned import plan_batch
from calc.record.batch.points import Point, point_named
from calc.record.batch.state import BatchState
from calc.record.batch.values import FORM_OF, Asked, values_of
from calc.record.rights import Act
from calc.record.words.meanings import meaning_of
from calc.record.words.readings import point_words
from calc.web.forms.fields import listed
from calc.web.record.batches import words
from calc.web.record.batches.acting import address_of, batch_of, send
from calc.web.record.batches.forms import ResolveForm, ShowForm, shown, text_of
from calc.web.record.batches.moments import day_of
from calc.web.record.batches.names import Names
from calc.web.record.batches.readings import label_of
from calc.web.record.batches.states import DIFFERS, MATCHED
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route
from calc.web.record.session import current


@route("/batches/<number>/difference", Act.SIGN_DEVIATION, methods=("GET", "POST"), at_any_screen=True)
def difference(number: str) -> Answer:
    """Show both readings to one who may see them, and write what was found.

    Who has not made the batch says first that the figures are to be shown, after which this person checks it no more.
    Where names alone differ, these are shown without any figure: both may be right, and then this person may check it.
    """
    state = batch_of(number)
    point = None if state.mismatch is None else point_named(state, state.mismatch)
    if point is None or state.tries(point.key) < 2:
        return redirect(address_of(number), 303)
    person = current().person.id
    if person in state.makers and not state.self_checked:
        return redirect(address_of(number), 303)
    names, sees = named_otherwise(state, ground().library), person in state.makers | state.saw
    if not sees and (not names or request.args.get("readings")):
        return render_template("record/batches/look.html", number=number, form=ShowForm(version=state.version))
    posted = request.form if request.method == "POST" else None
    form = ResolveForm(posted, meaning=meaning_of(state, Resolve, person), version=state.version)
    if not sees:
        form.finding.choices = listed([(BOTH_RIGHT, words.FINDINGS[BOTH_RIGHT])])
        form.finish.choices = form.finish.choices[:1]

    def page() -> str:
        return render_template(
            "record/batches/difference.html",
            number=number,
            title=words.DIFFERENCE,
            about=point_words(point.key).title,
            button=words.DIFFERENCE_BUTTON,
            happens=words.DIFFERENCE_HAPPENS if sees else words.DIFFERENCE_HAPPENS[:1],
            address=address_of(number, "difference"),
            meaning=form.meaning,
            form=form,
            shown=shown(form),
            messages=form.told,
            readings="" if sees else address_of(number, "difference?readings=all"),
            **_sides(state, point, None if sees else names),
        )

    if posted is None:
        return page()
    act = Resolve(*(text_of(form, name) for name in ("finding", "reason", "text", "finish")))
    return send(form, Act.SIGN_DEVIATION, number, [act], again=page)


def _sides(state: BatchState, point: Point, only: Collection[str] | None) -> dict[str, Any]:
    """Return the values as recorded and as read each time, by row; of some values alone if they are named."""
    read = [check for check in state.checks if check.point == point.key and check.differ and not check.void]
    names = Names({}, Writer(plan_batch(state.order, ground().library).readability).balance_decimals)
    return {
        "attempts": [words.ATTEMPT.format(number=check.attempt) for check in read],
        "sides": [
            {
                "name": label_of(asked),
                "recorded": recorded(state, asked, names),
                "read": [check.values.get(asked.name, "") for check in read],
                "state": DIFFERS if any(asked.name in check.differ for check in read) else MATCHED,
            }
            for asked in values_of(state, point)
            if only is None or asked.name in only
        ],
    }


def recorded(state: BatchState, asked: Asked, names: Names) -> str:
    """Return what the record holds of a value, as text."""
    on = asked.stands_on
    if asked.kind == "lots":
        return ", ".join(lot.lot for lot in state.lots_of(on.removeprefix("lot.")))
    if asked.kind == "dates":
        return ", ".join(day_of(lot.expiry) for lot in state.lots_of(on.removeprefix("lot.")))
    if asked.name.endswith(".boat"):
        return state.entries[on].boat
    if asked.name.endswith(".name"):
        part = part_of(state.order, asked.name.removesuffix(".name"))
        return str(part["name"]) if part is not None else ""
    if on:
        amount = state.made if on == "made" else state.entries[on].actual if on in state.entries else None
        return "" if amount is None else names.amount(figures.written(amount))
    return str(_OF_ORDER[asked.name](state, state.order))


def _drug(_: BatchState, order: Mapping[str, Any]) -> str:
    drug = order["drug"]
    return drug if isinstance(drug, str) else str(drug["name"])


def _of_source(name: str) -> Callable[[BatchState, Mapping[str, Any]], Any]:
    return lambda _, order: order["source"].get(name) or ""


def _of(name: str) -> Callable[[BatchState, Mapping[str, Any]], Any]:
    return lambda _, order: order.get(name) or ""


def _strength(state: BatchState, order: Mapping[str, Any]) -> Any:
    return order["strength"] if state.is_liquid else order["dose"]


def _quantity(state: BatchState, order: Mapping[str, Any]) -> Any:
    return order["volume"] if state.is_liquid else state.number_on_label


#: What the order says of each value that no entry stands for.
_OF_ORDER: Mapping[str, Callable[[BatchState, Mapping[str, Any]], Any]] = {
    "drug": _drug,
    "source_drug": _drug,
    "label_drug": _drug,
    "form": lambda state, _: FORM_OF[state.preparation],
    "dose": _of("dose"),
    "quantity": _of("quantity"),
    "strength": _of("strength"),
    "volume": _of("volume"),
    "label_strength": _strength,
    "label_quantity": _quantity,
    "label_number": lambda state, _: state.number,
    "label_until": lambda state, _: day_of(state.use_until or ""),
    "source_strength": _of_source("strength"),
    "immediate": lambda _, __: YES,
    "drug_in_gram": _of_source("drug_in_gram"),
    "assay": _of_source("assay"),
    "water": _of_source("water"),
    "basis": _of_source("basis"),
    "size": lambda _, order: order["capsule"]["size"],
    "number_crushed": lambda _, __: words.BY_THE_PLAN,
    "all_of_the_powder": lambda _, __: words.BY_THE_PLAN,
    "bottles": lambda _, __: words.BY_THE_PLAN,
    "zeroed": lambda _, __: YES,
}
