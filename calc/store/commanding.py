"""What is written for a command of the program: by the program itself, which signs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import uuid4

from calc.record.envelope import By, Draft
from calc.record.rights import Role
from calc.record.stamp import Stamp
from calc.store.door import Appended, Decided, Store
from calc.store.reading import Reading

#: Who writes for a command.
COMMAND = By("triturate", "triturate", Role.SYSTEM.value)


def commanded(store: Store, draft: Draft) -> Appended:
    """Write an event that a command of the program asks for."""
    return decided_by_command(store, lambda _: Decided([draft]))


def decided_by_command(store: Store, decide: Callable[[Reading], Decided]) -> Appended:
    """Write what a command of the program asks for, decided inside the door."""
    request = str(uuid4())
    stamp = Stamp(COMMAND, "", "command line", request, hashlib.sha256(request.encode()).hexdigest())
    return store.append(stamp, decide)
