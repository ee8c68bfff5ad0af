"""The words of the commands of the record."""

from __future__ import annotations

NO_FOLDER = "say where the record is: --data FOLDER, or TRITURATE_DATA"
NOT_INSTALLED = "the record needs the extra [record]: pip install triturate[record]"
WITNESS = "file of the witness (default: TRITURATE_WITNESS, else heads.txt beside the record)"

SETUP = "make the record and print the code for the first run"
SETUP_AFTER = "Run on the computer that serves the pages. The code is valid for 24 hours and once; another ends it."
DOCTOR = "look at everything that the record needs"
UPGRADE = "bring the record to this version of the program; stop the server first"
VERIFY = "verify every event, document and index, the schema, and the witness"
VERIFY_FILE = "another record, such as a backup (default: the record itself)"
HEAD = "a head as printed, SEQUENCE:HASH (at least 8 characters of the hash)"
INDEXES = "check the indexes of a large record too; nothing can be written meanwhile"
NOTE = "write into the record that it was verified"
BEGIN_WITNESS = "if all is well and there is no witness, begin one"
REBUILD = "make the view tables anew from the events, and say what was wrong in them"
RECOMPUTE = "plan every stored batch again, and name those whose plan ID this version does not give"
BACKUP = "bring a copy of the record up to date, while work goes on"
BACKUP_FILE = "the copy; made if it does not exist"
RESTORE = "make the record anew from a copy, in an empty folder"
RESTORE_FILE = "the copy"
ABOVE = "highest batch number on any paper: new numbers go above it"
UNLOCK = "let somebody sign in again who is locked after wrong secrets"
NAME = "the name, as on the tile"
REMOVE = "remove references of dispensings and answers to questions, which are kept beside the chain"
BEFORE = "those of earlier days than this one, such as 2024-01-01"
EXPORT = "write the events as JSON lines, or a view table as CSV"
FORMAT = "jsonl: events with their hashes; csv: a table"
TABLE = "table for CSV (default: batch)"
BATCH = "the events of this batch only"
FROM_DAY, TO_DAY = "events of this day and later", "events of this day and earlier"
OUTPUT = "file to write to, whole or not at all (default: standard output)"

EXISTS = "there is a record in {folder} already"
MADE = "The record is in {folder}."
CODE = "Code for the first run: {code}\nOpen /record/setup on this computer within 24 hours."
IS_SET_UP = "the record in {folder} is set up: people sign in"
UPGRADED = "The record is at this version of the program."
VERIFIED = "Good. Events: {events}; documents: {documents}; lines of the witness: {lines}."
HEAD_IS = "Head {head}"
INDEXES_LEFT = "The indexes were not checked: the record is large. Stop the server and say --indexes."
NO_WITNESS = "No witness was looked at."
BEYOND = "The witness has seen events up to {seq}: the copy is older than that."
OF_THE_RECORD = "--note and --begin-witness are for the record itself, not for a copy"
WITNESS_BEGUN = "A new witness begins at this head."
BAD = "Bad: {where}: {why}"
REBUILT = "The view tables are as the events say."
REBUILT_WRONG = (
    "Put right in the view tables, which did not say what the events say (a mistake of the program, if nobody has"
    " changed them by hand): {what}"
)
RECOMPUTED = "Batches planned again: {batches}. With the plan ID that they were made by: {same}."
PLANNED_OTHERWISE = "Batch {number}: plan ID {then} by version {program_then}, {now} by version {program_now}"
NOT_PLANNED = "none"
BACKED_UP = "Events in the copy: {events}."
RESTORED = "Events in the record: {events}."
GAP = "The witness saw events up to {seq}: what is between is lost. It is kept beside the new one."
OTHER_WITNESS = "The witness saw another record. It is kept beside the new one."
UNTOLD = "the record is restored, but its witness cannot be written to: triturate doctor says what it lacks"
NUMBERS_ABOVE = "New batch numbers go above {number}."
START_AGAIN = "If the program is running, start it again."
NO_YEAR_YET = "{number} is of a year to come"
OVER_HEAD = "{seq}:{start} is not a head: give its sequence and its hash, as 1234:0A1B2C3D"
BAD_NUMBER = "{number} is not the number of a batch, such as 26-000123"
BAD_DAY = "{day} is not a day, such as 2026-11-30"
REFERENCES_REMOVED = "Removed: {number}, of before {before}. Back up now, so that the copy has none of them either."
IN_THE_FUTURE = "{day} is no day up to today"
UNKNOWN_NAME = "nobody here is called {name}"
IS_CLOSED = "{name} was closed, and does not sign in any more"
UNLOCKED = "{name} is not locked any more."
WHOLE_TABLE = "--batch, --from and --to choose events: for a table leave them out"
NO_TABLE = "--table is for --format csv"
NO_DAYS = "no day is both {first} or later and {last} or earlier"
UNKNOWN_BATCH = "there is no batch {number}"
NOT_OPENED = "run {command} first"
GONE = (
    "the record is not here that its witness has seen, or that was being restored: triturate restore FILE brings it"
    " back from a copy. For another record name another folder or witness"
)
NOT_NOTED = "that is done, but it could not be noted in the record: {why}"
INTERRUPTED = "interrupted: run it again"
#: Why a file is no copy of the record, by the code of `NoCopy`.
NO_COPY = {
    "itself": "that is the record itself: name another file, on another device",
    "other": "that file is no copy of a record: name another one, or one that does not exist",
}
NOT_SAVED = "nothing was saved: {why}"
NOT_DONE = "it could not be done: {why}"

#: What is wrong with a row, by the code of `Bad`.
WHY = {
    "missing": "it is not there",
    "sequence": "its sequence does not belong here",
    "link": "it does not follow on the event before",
    "hash": "its text is not the one that was hashed",
    "columns": "the columns beside its text say something else",
    "request": "the request that wrote it is not noted",
    "document": "the answer that it names is not kept",
    "text": "its definition is not that of this program",
    "added": "this program does not make it",
    "integrity": "the database is damaged; if only a view table is, triturate upgrade makes them anew",
    "unreadable": "it cannot be read",
    "cut": "it is not there, and the witness has seen it",
    "witness": "its hash is not the one that the witness has seen",
    "head": "its hash is not the one that was printed",
    "another": "the copy is of another record, or has seen more of this one: keep it, and name a new file",
}

#: Why nothing was saved, by the code of `NotSaved`.
NOT_SAVED_BY = {
    "full": "the disk is full",
    "locked": "the record was busy for too long: try again",
    "read-only": "the record cannot be written to: look at the disk, and at who owns the folder and what is in it",
    "behind": "the record is behind its witness: the pharmacist-in-charge has to sign for the gap on its pages",
    "altered": "the record has lost its guards: back up into a new file, verify that, and restore it elsewhere",
    "exchanged": "another file stands in the place of the record",
    "disk": "the disk cannot be read or written",
    "witness": "the witness cannot be written to",
}

#: What the doctor says, by code: good, to be looked at, or bad.
DOCTOR_SAYS = {
    "opened": "the record opens, and its settings are those it needs",
    "not_opened": "the record does not open: {why}",
    "other_owner": "{path} belongs to another user than the one who looks: run commands as the user of the server",
    "owners": "{path} belongs to another user than its folder: chown it to the user of the server",
    "ready": "it can be written",
    "not_ready": "it cannot be written: {why}",
    "private": "only its owner may enter the folder",
    "not_private": "others may enter the folder: chmod 700 {folder}",
    "witness_gone": "there is no witness at {path}: put it back, or see triturate verify-log --begin-witness",
    "witness_elsewhere": "the witness is on another device",
    "witness_beside": "the witness is on the same device: set TRITURATE_WITNESS to a stick or another computer",
    "room": "{free} MB are free",
    "little_room": "only {free} MB are free",
    "clock": "the clock is not behind the last event",
    "clock_behind": "the clock is behind the last event ({at}): set it",
    "backed_up": "last backup on {at}",
    "backup_old": "last backup on {at}: make one",
    "no_backup": "there is no backup: triturate backup FILE",
    "verified": "last verified on {at}",
    "not_verified": "not verified in the last {days} days: triturate verify-log --note",
    "set_up": "it is set up for {pharmacy}",
    "not_set_up": "nobody has signed in yet: triturate setup prints a code",
    "disk_encrypted": "whether the disk and the copies are encrypted, the program cannot see: let the system do that",
}
LEVELS = {"good": "good", "look": "look", "bad": "BAD"}
