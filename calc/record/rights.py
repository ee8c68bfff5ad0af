"""Who may do what: one table of acts and roles, which routes, rules and the page on rights all read."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Role(StrEnum):
    """What a person, or another system, is to this pharmacy."""

    COMPOUNDER = "compounder"
    PHARMACIST = "pharmacist"
    IN_CHARGE = "pharmacist-in-charge"
    AUDITOR = "auditor"
    SYSTEM = "system"


@unique
class Right(StrEnum):
    """What a role may do, may do with a signature, or may not; some hang on a setting of the pharmacy."""

    NO = "no"
    YES = "yes"
    SIGNED = "signed"
    IF_SET = "if set"
    IF_SET_SIGNED = "if set, signed"


@unique
class Act(StrEnum):
    """What can be done with the record. Each route names one; a route without an act fails a test."""

    READ = "read"
    READ_REFERENCES = "read references"
    OPEN_BATCH = "open a batch"
    RECORD = "record amounts, counts, lots and steps"
    PRINT_SHEET = "print a sheet or a record"
    PRINT_LABEL = "print a label"
    SIGN_MADE = "sign that a batch is made"
    CHECK_BEFORE_CRUSHING = "check before crushing"
    CHECK_BEFORE_MIXING = "check before mixing"
    RELEASE = "check before release, release, reject"
    DRAFT_DEVIATION = "draft a deviation"
    SIGN_DEVIATION = "sign a deviation, resolve a mismatch, hold, free, record a test"
    CANCEL = "cancel a batch before it is made"
    CORRECT_OWN = "correct an entry of one's own before any check"
    CORRECT = "correct any entry"
    DISPENSE = "dispense"
    GIVE_BACK = "return, destroy, count"
    MANAGE = "manage people, devices, keys and settings"
    AUDIT = "export, verify, read the log"


_N, _Y, _S = Right.NO, Right.YES, Right.SIGNED
_ROLES = (Role.COMPOUNDER, Role.PHARMACIST, Role.IN_CHARGE, Role.AUDITOR, Role.SYSTEM)
#: What each role may do of each act: compounder, pharmacist, pharmacist-in-charge, auditor, another system.
TABLE: dict[Act, tuple[Right, Right, Right, Right, Right]] = {
    Act.READ: (_Y, _Y, _Y, _Y, _Y),
    Act.READ_REFERENCES: (_N, _Y, _Y, _N, _N),
    Act.OPEN_BATCH: (_Y, _Y, _Y, _N, _Y),
    Act.RECORD: (_Y, _Y, _Y, _N, _N),
    Act.PRINT_SHEET: (_Y, _Y, _Y, _N, _N),
    Act.PRINT_LABEL: (_Y, _Y, _Y, _N, _N),
    Act.SIGN_MADE: (_S, _S, _S, _N, _N),
    Act.CHECK_BEFORE_CRUSHING: (Right.IF_SET_SIGNED, _S, _S, _N, _N),
    Act.CHECK_BEFORE_MIXING: (Right.IF_SET_SIGNED, _S, _S, _N, _N),
    Act.RELEASE: (_N, _S, _S, _N, _N),
    Act.DRAFT_DEVIATION: (_Y, _Y, _Y, _N, _N),
    Act.SIGN_DEVIATION: (_N, _S, _S, _N, _N),
    Act.CANCEL: (_S, _S, _S, _N, _N),
    Act.CORRECT_OWN: (_Y, _Y, _Y, _N, _N),
    Act.CORRECT: (_N, _S, _S, _N, _N),
    Act.DISPENSE: (_N, _S, _S, _N, Right.IF_SET),
    Act.GIVE_BACK: (_N, _S, _S, _N, _N),
    Act.MANAGE: (_N, _N, _S, _N, _N),
    Act.AUDIT: (_N, _Y, _Y, _Y, _N),
}


def right_of(role: Role, act: Act) -> Right:
    """Return what a role may do of an act.

    >>> right_of(Role.COMPOUNDER, Act.SIGN_MADE), right_of(Role.AUDITOR, Act.RECORD)
    (<Right.SIGNED: 'signed'>, <Right.NO: 'no'>)
    """
    return TABLE[act][_ROLES.index(role)]
