"""What the pages of the record work with: the service, the store, and who has which secrets and sessions."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from calc.library import Library
from calc.service.answering import Service
from calc.store.accounts import Accounts
from calc.store.door import Store
from calc.store.sessions import Sessions

#: The name under which an application keeps it.
NAME = "record"


@dataclass(frozen=True, slots=True)
class Ground:
    """The record of one application that is open."""

    service: Service
    store: Store
    accounts: Accounts
    sessions: Sessions

    @property
    def library(self) -> Library:
        """What the program knows of drugs and tables."""
        return self.service.library


def ground() -> Ground:
    """Return the ground of this application."""
    found: Ground = current_app.extensions[NAME]
    return found
