"""The commands of the record: to make it, look after it, verify, copy and write it out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from calc.answers.csv_text import csv_row
from calc.cli.record_faults import FOUND_BAD, GOOD, NOT_DONE, Misused, needs, plain, told
from calc.cli.record_options import TABLES
from calc.cli.whole_file import written_whole
from calc.library import load
from calc.reading.numbers import hidden_named
from calc.record.batch.recompute import recompute
from calc.record.chain import Head
from calc.record.envelope import Draft
from calc.record.refusals import NotSaved, NotSetUp
from calc.record.streams import SITE, of_batch
from calc.store import copying, doctor, exporting, upkeep
from calc.store.accounts import Accounts
from calc.store.commanding import commanded
from calc.store.door import Store
from calc.store.opening import missing
from calc.store.rebuilding import rebuild
from calc.store.removing import remove_references
from calc.store.restoring import restore
from calc.store.settings import moment
from calc.store.sqlite import FILE
from calc.store.verify import Verified, verify
from calc.store.witness import Line, Witness, witness_of
from calc.wording import cli_record as words


def run(given: argparse.Namespace) -> int:
    """Run a command and return its exit code; what could not be done is said in one line on standard error."""
    try:
        if given.data is None and not (given.command == "verify-log" and given.file):
            raise Misused(words.NO_FOLDER)
        return _COMMANDS[given.command](given)
    except BrokenPipeError:  # the reader of our output has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_DONE
    except KeyboardInterrupt:
        return _tell(words.INTERRUPTED, NOT_DONE)
    except Exception as fault:
        said = told(fault, given.data)
        if said is None:
            raise
        return _tell(*said)


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
        match facts.get("why"):
            case NotSetUp() as fault:
                facts["why"] = needs(fault)
            case Exception() as fault:
                facts["why"] = plain(fault)
            case str(code):
                facts["why"] = words.NOT_SAVED_BY[code]
        _say(f"{words.LEVELS[found.level]}: {words.DOCTOR_SAYS[found.code].format(**facts)}")
        worst = FOUND_BAD if found.level == doctor.BAD else worst
    return worst


def _upgrade(given: argparse.Namespace) -> int:
    upkeep.upgrade(given.data)
    _say(words.UPGRADED)
    return GOOD


def _verify(given: argparse.Namespace) -> int:
    if given.file is not None:
        return _verify_copy(given)
    seen = witness_of(given.data, given.witness)
    if not (given.data / FILE).is_file():
        raise missing(given.data, seen)
    begins = given.begin_witness and not seen.exists()
    found = verify(given.data / FILE, witness=None if begins else seen, head=given.head, indexes=given.indexes)
    _say_verified(found)
    if begins:
        with _opened(given) as store, store.reading() as reading:
            seen.begin(Line(found.head, reading.highest_number()))
        _say(words.WITNESS_BEGUN)
    return _noted(given, "record.verified", found.head) if given.note else GOOD


def _verify_copy(given: argparse.Namespace) -> int:
    if given.note or given.begin_witness:
        raise Misused(words.OF_THE_RECORD)
    seen = None if given.witness is None else Witness(given.witness)
    found = verify(given.file, witness=seen, head=given.head, indexes=given.indexes, copy=True)
    _say_verified(found)
    if seen is None:
        _say(words.NO_WITNESS)
    elif found.beyond:
        _say(words.BEYOND.format(seq=found.beyond))
    return GOOD


def _say_verified(found: Verified) -> None:
    _say(words.VERIFIED.format(events=found.head.seq, documents=found.documents, lines=found.lines))
    _say(words.HEAD_IS.format(head=found.head.named))
    if not found.indexes:
        _say(words.INDEXES_LEFT)


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
    return _noted(given, "record.backed_up", head)


def _restore(given: argparse.Namespace) -> int:
    if (given.above or "")[:2] > f"{moment().day.year % 100:02d}":
        raise Misused(words.NO_YEAR_YET.format(number=given.above))
    done = restore(given.file, given.data, now=moment, witness=given.witness, above=given.above or "")
    if done is None:
        return _tell(words.EXISTS.format(folder=given.data), NOT_DONE)
    _say(words.RESTORED.format(events=done.head.seq))
    _say(words.HEAD_IS.format(head=done.head.named))
    if done.gap:
        _say(words.GAP.format(seq=done.witness.seq) if done.witness.seq > done.head.seq else words.OTHER_WITNESS)
    if done.number:
        _say(words.NUMBERS_ABOVE.format(number=done.number))
    _say(words.START_AGAIN)
    return GOOD if done.told else _tell(words.UNTOLD, NOT_DONE)


def _unlock(given: argparse.Namespace) -> int:
    with _opened(given) as store:
        with store.reading() as reading:
            named = [one for one in reading.people().values() if one.name.casefold() == given.name.casefold()]
        if not named:
            return _tell(words.UNKNOWN_NAME.format(name=given.name), NOT_DONE)
        found = [one for one in named if not one.closed]
        if not found:
            return _tell(words.IS_CLOSED.format(name=named[0].name), NOT_DONE)
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
    first, last = given.from_day or "", given.to_day or exporting.LAST_DAY
    if given.format == "csv" and (given.batch or given.from_day or given.to_day):
        raise Misused(words.WHOLE_TABLE)
    if given.format == "jsonl" and given.table:
        raise Misused(words.NO_TABLE)
    if first > last:
        raise Misused(words.NO_DAYS.format(first=first, last=last))
    with _opened(given) as store:
        if given.format == "csv":
            parts: Iterator[bytes] = map(csv_row, exporting.rows(store, given.table or TABLES[0]))
        else:
            stream = None if given.batch is None else of_batch(given.batch)
            with store.reading() as reading:
                if stream is not None and not reading.version(stream):
                    return _tell(words.UNKNOWN_BATCH.format(number=given.batch), NOT_DONE)
            parts = exporting.lines(store, stream=stream, first=first, last=last)
        if given.output is None:
            for part in parts:
                sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()
        else:
            with written_whole(given.output, follow=False) as file:
                file.writelines(parts)
    return GOOD


def _noted(given: argparse.Namespace, type_: str, head: Head) -> int:
    """Write into the record what was done with it up to a head, and return the exit code."""
    try:
        with _opened(given) as store:
            commanded(store, Draft(SITE, type_, {"upto": head.seq, "hash": head.hash}))
    except NotSaved as fault:
        return _tell(words.NOT_NOTED.format(why=words.NOT_SAVED_BY[fault.why]), NOT_DONE)
    return GOOD


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
    """Write a sentence to standard error, in which nothing steers the terminal, and return the exit code."""
    sys.stderr.write(f"triturate: {hidden_named(text)}\n")
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
