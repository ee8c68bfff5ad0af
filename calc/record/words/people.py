"""The words of people, signing in, signing, devices, keys and settings."""

from __future__ import annotations

from calc.record.rights import Act, Role

SENTENCES = {
    "required": "Fill this in.",
    "wrong_type": "Type a text here.",
    "text_too_long": "At most {longest} characters fit here.",
    "hidden_character": "This holds a character that cannot be seen. Type it again.",
    "not_printable": "The papers cannot print {character} ({number}). Write it otherwise.",
    "unknown_choice": "Choose one of the list.",
    "reason_too_short": "Give a reason of at least three letters.",
    "nothing_changed": "Nothing is changed here yet.",
    "name_taken": "{name} is here already. Add something that tells the two apart.",
    "last_in_charge": "Nobody else is pharmacist-in-charge. Make somebody else that first.",
    "closed_already": "This person was closed before.",
    "ended_already": "This ended before.",
    "set_up_already": "The record is set up already. Sign in.",
    "must_be_accepted": "Check the box to accept this, or sign out.",
    "pin_digits": "A PIN has {fewest} to {most} digits and nothing else.",
    "password_length": "A password has {fewest} to {most} characters. A sentence is easy to remember.",
    "secret_common": "This is among those that are tried first. Choose another.",
    "secrets_differ": "The two are not the same. Type both again.",
    "pins_not_allowed": "This pharmacy takes no PINs.",
    "pin_only_enrolled": "A PIN is taken on enrolled devices only. Type the password.",
    "wrong_secret": "This is not the PIN or password of this name. Type it again.",
    "needs_password": "This needs the password; a PIN is not enough.",
    "locked": "Too many wrong tries. Wait {wait}, then try again.",
    "busy": "Others are signing at this moment. Try again.",
    "shut": "Too many wrong tries. The pharmacist-in-charge can unlock this.",
    "not_certified": "{name} has not signed in yet and accepted that signatures count. Sign in once, then sign.",
    "may_not": "{name} may not do this as {role}.",
    "needs_signature": "This has to be signed: name, and PIN or password.",
    "conflict": "Somebody recorded something here since you opened this page. Look again, then send it once more.",
    "request_reused": "This page was sent before with something else in it. Open it again, then type what is new.",
    "no_number_left": "This year has no number of a batch left.",
    "setup_code_wrong": "This is not the code that triturate setup printed.",
    "setup_code_ended": "This code has ended. Run triturate setup again for a new one.",
    "code_wrong": "Name and code do not go together, or the code has ended (24 hours, ten wrong tries, or used).",
}

#: Why nothing could be written, by the code of `NotSaved`.
NOT_SAVED = {
    "full": "The disk is full.",
    "locked": "The record was busy for too long.",
    "read-only": "The record cannot be written to.",
    "behind": "The record is behind its witness: entries may be lost.",
    "altered": "The record has lost its guards: somebody changed its tables.",
    "exchanged": "Another file stands in the place of the record. Start the program again.",
    "disk": "The disk cannot be read or written.",
    "witness": "The witness cannot be written: is its stick in place?",
}
NOT_SAVED_OTHER = "The record could not be written."
#: What helps while the record is down.
GO_ON_ON_PAPER = "Nothing was saved. Go on with the paper sheet, and enter it later. Calculating works as ever."

ROLES = {
    Role.COMPOUNDER: "compounder",
    Role.PHARMACIST: "pharmacist",
    Role.IN_CHARGE: "pharmacist-in-charge",
    Role.AUDITOR: "auditor",
    Role.SYSTEM: "another system",
}
#: What a key may do, in words.
KEY_ACTS = {
    Act.READ: "read batches",
    Act.OPEN_BATCH: "open batches",
    Act.DISPENSE: "dispense, unsigned, in the name of the system",
}

#: The sentences that signatures stand for.
MEANINGS = {
    "manage": "I manage people, devices, keys and settings of this pharmacy, and I make this change.",
}
#: What a person accepts before the first signature.
CERTIFIED = "When I sign here with my name and my PIN or password, it counts as my signature by hand."
#: How a secret was given, as signatures keep it.
PIN, PASSWORD = "PIN on enrolled device", "password"

#: The pages of a pharmacy: their addresses below /record, their names, and the act of who may open them.
PAGES = {
    "people": ("People", Act.MANAGE),
    "devices": ("Devices", Act.MANAGE),
    "keys": ("Keys of other systems", Act.MANAGE),
    "settings": ("Settings", Act.MANAGE),
    "log": ("Log", Act.AUDIT),
}
SETTINGS = {
    "technicians_check_before_crushing": "Technicians check before crushing",
    "technicians_check_before_mixing": "Technicians check before mixing",
    "systems_dispense": "Other systems dispense by their key",
    "self_check_allowed": "A batch may be opened as self-check",
    "pins_allowed": "PINs are taken on enrolled devices",
}
SETTING_HINTS = {
    "technicians_check_before_crushing": "The pharmacist always can. The check before release is never a technician's.",
    "technicians_check_before_mixing": "The pharmacist always can.",
    "systems_dispense": "Such an entry is unsigned and names the system.",
    "self_check_allowed": "For one who works alone. Sheet, record and label say so; it is never called verification.",
    "pins_allowed": "Without them every signature needs the password.",
}
#: What the log says: of which thing an entry is, who signed on whose screen, when the record was looked at last.
RECORD, ON_ANOTHER_SCREEN = "The record", ", on another's screen"
VERIFIED, NOT_VERIFIED = "Last verified {at}, up to entry {seq}.", "Never verified."
BACKED_UP, NOT_BACKED_UP = "Last backup {at}.", "Never backed up."
#: What each type of event says on the log.
EVENTS = {
    "person.added": "Person added",
    "person.changed": "Person changed",
    "person.certified": "Signature accepted",
    "person.locked": "Locked after wrong PINs or passwords",
    "person.unlocked": "Unlocked",
    "person.closed": "Person closed",
    "device.enrolled": "Device enrolled",
    "device.removed": "Device removed",
    "key.made": "Key made",
    "key.ended": "Key ended",
    "setting.changed": "Setting changed",
    "record.verified": "Record verified",
    "record.backed_up": "Record backed up",
    "references.removed": "References and answers removed",
    "record.restored": "Record restored",
    "record.exported": "Record exported",
    "record.forked": "Gap accepted",
    "record.upgraded": "Record upgraded",
    "clock.jumped": "Clock went back",
}
