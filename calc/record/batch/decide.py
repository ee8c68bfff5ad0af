"""The events that follow from an act on a batch, or why it is refused. Pure: no clock, no database, no chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from calc.answers.parts import VERSION
from calc.faults import Fault, Refused
from calc.library import Library
from calc.record.batch import acts
from calc.record.batch.acts import Act
from calc.record.batch.asking import Asking, Decision
from calc.record.batch.checking import check, resolve, show_figures
from calc.record.batch.correcting import correct_entry
from calc.record.batch.ending import cancel, deviate, free, hold, record_test, reject
from calc.record.batch.finishing import make
from calc.record.batch.giving import dispense, move, print_paper
from calc.record.batch.late import read_late
from calc.record.batch.making import open_batch, record, take_lot
from calc.record.batch.planned import ANSWER, plan_again
from calc.record.batch.provisional import after
from calc.record.batch.releasing import release
from calc.record.batch.rights import act_of
from calc.record.batch.state import BatchState
from calc.record.envelope import Late, Signed
from calc.record.refusals import ActRefused, NeedsSignature, NotAllowed, Problem, Unknown
from calc.record.rights import Right, Role
from calc.record.settings import Settings
from calc.record.stamp import Moment, Stamp
from calc.record.words.meanings import meaning_of

_DECIDES: dict[type[Any], Callable[[Asking[Any]], Decision]] = {
    acts.Open: open_batch,
    acts.TakeLot: take_lot,
    acts.Record: record,
    acts.Deviate: deviate,
    acts.Check: check,
    acts.ShowFigures: show_figures,
    acts.Resolve: resolve,
    acts.Make: make,
    acts.RecordTest: record_test,
    acts.Hold: hold,
    acts.Free: free,
    acts.Release: release,
    acts.Reject: reject,
    acts.Cancel: cancel,
    acts.Print: print_paper,
    acts.Dispense: dispense,
    acts.Move: move,
    acts.Correct: correct_entry,
}
#: Acts that rest on the plan: another version of the program plans the order again before.
_BY_PLAN = (acts.TakeLot, acts.Record, acts.Check, acts.Make, acts.Release, acts.Correct, acts.Deviate, acts.Print)


def decide(
    state: BatchState | None,
    act: Act,
    stamp: Stamp,
    moment: Moment,
    library: Library,
    *,
    signed: Signed | None,
    settings: Settings,
    late: Late | None = None,
    number: str = "",
    salt: str = "",
    program: str = VERSION,
    elsewhere: Callable[[], bool] = lambda: False,
) -> Decision:
    """Return what an act asks to be written.

    `number` is that of a new batch; `salt` a random text for what is kept beside the chain; `elsewhere` says,
    if it is asked, whether this person did something with another batch since this one was signed as made. Raises
    `Refused` with the faults of typed values and the stops of a plan, `ActRefused` with a rule of the record,
    `NotAllowed`, `NeedsSignature`, and `Unknown` for a batch that there is not.
    """
    opens = isinstance(act, acts.Open)
    if state is None and not opens:
        raise Unknown(number)
    signed = _signed(state, act, stamp, signed, settings)
    asking: Asking[Any] = Asking(
        act,
        BatchState(number=number) if state is None or opens else state,
        stamp,
        moment,
        library,
        signed,
        settings,
        late,
        number,
        salt,
        program,
        elsewhere,
    )
    if late is not None:
        asking = replace(asking, late=read_late(asking, late))
    if opens or not _rests_on_plan(asking.state, act) or asking.state.program == program:
        return _DECIDES[type(act)](asking)
    return _by_this_version(asking)


def decide_all(
    state: BatchState,
    together: Sequence[Act],
    stamp: Stamp,
    moment: Moment,
    library: Library,
    **more: Any,
) -> Decision:
    """Return what several acts ask to be written, each decided on what those before it leave.

    All or none: one that is refused refuses them all, with every fault and every rule in the way. `more` are the names
    of `decide`.
    """
    faults: list[Fault] = []
    problems: list[Problem] = []
    found = Decision(())
    program = more.get("program", VERSION)
    for act in together:
        try:
            decision = decide(state, act, stamp, moment, library, **more)
        except Refused as refused:
            if refused.stops:
                raise
            faults += refused.faults
        except ActRefused as refused:
            problems += refused.problems
        else:
            found = Decision(
                (*found.drafts, *decision.drafts),
                (*found.documents, *decision.documents),
                (*found.references, *decision.references),
            )
            state = after(state, decision.drafts, stamp, moment, program)
    if faults:
        raise Refused(tuple(faults))
    if problems:
        raise ActRefused(*problems)
    return found


def _signed(
    state: BatchState | None, act: Act, stamp: Stamp, signed: Signed | None, settings: Settings
) -> Signed | None:
    """Return the signature with what it stands for. Raises `NotAllowed` or `NeedsSignature` by the table of rights."""
    role, person = Role(stamp.by.role), stamp.by.person
    right = settings.right(role, act_of(state, act, person, signed))
    if right is Right.NO:
        raise NotAllowed
    if right is Right.SIGNED and signed is None:
        raise NeedsSignature
    meaning = meaning_of(state, act, person)
    return None if signed is None or not meaning else signed._replace(meaning=meaning)


def _rests_on_plan(state: BatchState, act: Act) -> bool:
    """Return True if an act is decided by the plan; what was released stays as it was planned, unless corrected."""
    is_record = isinstance(act, acts.Print) and act.paper == "record"
    if state.last_lock or is_record or not isinstance(act, _BY_PLAN):
        return False
    return not state.is_out or isinstance(act, acts.Correct)


def _by_this_version(asking: Asking[Any]) -> Decision:
    """Plan the order by this version of the program first; figures that changed need a deviation before they count."""
    state = asking.state
    planned = plan_again(state.order, asking.library)
    changed = planned.fingerprint != state.fingerprint
    draft = replace(asking, signed=None).draft("batch.planned", planned.data("program", changed=changed))
    now = after(state, [draft], asking.stamp, asking.moment, asking.program)
    decision = _DECIDES[type(asking.act)](replace(asking, state=now))
    return Decision((draft, *decision.drafts), ((ANSWER, planned.answer), *decision.documents), decision.references)
