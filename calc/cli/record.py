"""The commands of the record: to make it, look after it, verify, copy and write it out."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from calc.answers.csv_text import csv_row
from calc.cli.whole_file import BadOutput, written_whole
from calc.library import load
from calc.record.batch.recompute import recompute
from calc.record.chain import Head
from calc.record.envelope import Draft
from calc.record.refusals import NotSaved, NotSetUp
from calc.record.streams import SITE, of_batch
from calc.service.clock import BadSetting
from calc.store import copying, doctor, exporting, upkeep
from calc.store.accounts import Accounts
from calc.store.door import WITNESS, Store
from calc.store.opening import SETUP
from calc.store.rebuilding import rebuild
from calc.store.removing import remove_references
from calc.store.restoring import commanded, restore
from calc.store.settings import moment
from calc.store.sqlite import FILE, BadSettings
from calc.store.verify import Bad, verify
from calc.store.witness import Line, Witness
from calc.wording import cli_record as words

GOOD, FOUND_BAD, MISUSED, NOT_DONE = 0, 1, 2, 3


def run(given: argparse.Namespace) -> int:
    """Run a command and return its exit code; what could not be done is said in one line on standard error."""
    try:
        if given.data is None:
            return _tell(words.NO_FOLDER, MISUSED)
        return _COMMANDS[given.command](given)
    except Bad as bad:
        return _tell(words.BAD.format(where=bad.where, why=words.WHY[bad.what]), FOUND_BAD)
    except NotSaved as fault:
        return _tell(words.NOT_SAVED.format(why=words.NOT_SAVED_BY[fault.why]), NOT_DONE)
    except NotSetUp as fault:
        return _tell(words.NOT_OPENED.format(command=fault.command), NOT_DONE)
    except (sqlite3.Error, BadSettings, BadSetting, BadOutput, OSError) as fault:
        return _tell(words.NOT_DONE.format(why=fault), NOT_DONE)


def _setup(given: argparse.Namespace) -> int:
    upkeep.make(given.data, given.witness)
    with _opened(given) as store:
        with store.reading() as reading:
            if reading.people():
                return _tell(words.IS_SET_UP.format(folder=given.data), NOT_DONE)
        _say(words.MADE.format(folder=given.data))
        _say(words.CODE.format(code=Accounts(store, moment).new_code()))
    return GOOD


def _doctor(given: argparse.Namespace) -> int:
    worst = GOOD
    for found in doctor.looked_at(given.data, now=moment, witness=given.witness):
        facts = {**found.facts}
        if "why" in facts:
            facts["why"] = words.NOT_SAVED_BY.get(facts["why"], facts["why"])
        _say(f"{words.LEVELS[found.level]}: {words.DOCTOR_SAYS[found.code].format(**facts)}")
        worst = FOUND_BAD if found.level == doctor.BAD else worst
    return worst


def _upgrade(given: argparse.Namespace) -> int:
    upkeep.upgrade(given.data)
    _say(words.UPGRADED)
    return GOOD


def _verify(given: argparse.Namespace) -> int:
    path = given.file or given.data / FILE
    if not path.is_file():
        raise NotSetUp(SETUP)
    seen = Witness(given.witness or given.data / WITNESS)
    looks = given.file is None or given.witness is not None
    begins = given.begin_witness and given.file is None and not seen.exists()
    found = verify(path, witness=seen if looks and not begins else None, head=given.head, indexes=given.indexes)
    _say(words.VERIFIED.format(events=found.head.seq, documents=found.documents, lines=found.lines))
    _say(words.HEAD_IS.format(head=found.head.named))
    if not found.indexes:
        _say(words.INDEXES_LEFT)
    if begins:
        with _opened(given) as store, store.reading() as reading:
            seen.begin(Line(found.head, reading.highest_number()))
        _say(words.WITNESS_BEGUN)
    elif not looks:
        _say(words.NO_WITNESS)
    if given.note and given.file is None:
        _noted(given, "record.verified", found.head)
    return GOOD


def _rebuild(given: argparse.Namespace) -> int:
    with _opened(given) as store:
        wrong = rebuild(store.writing)
    if wrong:
        return _tell(words.REBUILT_WRONG.format(what=", ".join(wrong)), FOUND_BAD)
    _say(words.REBUILT)
    return GOOD


def _recompute(given: argparse.Namespace) -> int:
    library, batches, otherwise, below = load(), 0, 0, None
    with _opened(given) as store:
        while True:
            with store.reading() as reading:
                numbers = [row.number for row in reading.batches(after=below)]
                states = [reading.batch(number) for number in numbers]
            if not numbers:
                break
            below = numbers[-1]
            batches += len(numbers)
            for found in filter(None, (recompute(state, library) for state in states)):
                otherwise += 1
                _say(words.PLANNED_OTHERWISE.format(**{**found._asdict(), "now": found.now or words.NOT_PLANNED}))
    _say(words.RECOMPUTED.format(batches=batches, same=batches - otherwise))
    return FOUND_BAD if otherwise else GOOD


def _backup(given: argparse.Namespace) -> int:
    with _opened(given):
        head = copying.backup(given.data, given.file)
    _say(words.BACKED_UP.format(events=head.seq))
    _say(words.HEAD_IS.format(head=head.named))
    _noted(given, "record.backed_up", head)
    return GOOD


def _restore(given: argparse.Namespace) -> int:
    done = restore(given.file, given.data, now=moment, witness=given.witness, above=given.above or "")
    if done is None:
        return _tell(words.EXISTS.format(folder=given.data), NOT_DONE)
    _say(words.RESTORED.format(events=done.head.seq))
    _say(words.HEAD_IS.format(head=done.head.named))
    if done.witness.seq > done.head.seq:
        _say(words.GAP.format(seq=done.witness.seq, number=done.number))
    return GOOD


def _unlock(given: argparse.Namespace) -> int:
    with _opened(given) as store:
        with store.reading() as reading:
            found = [one for one in reading.people().values() if one.name.casefold() == given.name.casefold()]
        if not found:
            return _tell(words.UNKNOWN_NAME.format(name=given.name), NOT_DONE)
        for person in found:
            commanded(store, Draft(person.stream, "person.unlocked", {"reason": words.UNLOCK}))
            Accounts(store, moment).unlock(person.id)
        _say(words.UNLOCKED.format(name=found[0].name))
    return GOOD


def _remove_references(given: argparse.Namespace) -> int:
    with _opened(given) as store:
        if given.before > store.now().day.isoformat():
            return _tell(words.IN_THE_FUTURE.format(day=given.before), NOT_DONE)
        removed = remove_references(store, given.before)
    _say(words.REFERENCES_REMOVED.format(number=removed, before=given.before))
    return GOOD


def _export(given: argparse.Namespace) -> int:
    with _opened(given) as store:
        if given.format == "csv":
            parts: Iterator[bytes] = map(csv_row, exporting.rows(store, given.table))
        else:
            stream = None if given.batch is None else of_batch(given.batch)
            parts = exporting.lines(
                store, stream=stream, first=given.from_day or "", last=given.to_day or exporting.LAST_DAY
            )
        if given.output is None:
            for part in parts:
                sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()
        else:
            with written_whole(given.output, follow=False) as file:
                file.writelines(parts)
    return GOOD


def _noted(given: argparse.Namespace, type_: str, head: Head) -> None:
    """Write into the record what was done with it up to a head."""
    with _opened(given) as store:
        commanded(store, Draft(SITE, type_, {"upto": head.seq, "hash": head.hash}))


@contextmanager
def _opened(given: argparse.Namespace) -> Iterator[Store]:
    store = Store.open(given.data, now=moment, witness=given.witness)
    try:
        yield store
    finally:
        store.close()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _tell(text: str, code: int) -> int:
    sys.stderr.write(f"triturate: {text}\n")
    return code


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "setup": _setup,
    "doctor": _doctor,
    "upgrade": _upgrade,
    "verify-log": _verify,
    "rebuild-views": _rebuild,
    "recompute": _recompute,
    "backup": _backup,
    "restore": _restore,
    "unlock": _unlock,
    "remove-references": _remove_references,
    "export": _export,
}
