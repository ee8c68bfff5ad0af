"""What is known of a person, a device, a key and the site: folded from their events, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from calc.record.envelope import By
from calc.record.rights import Act, Role
from calc.record.settings import Settings


@dataclass(frozen=True, slots=True)
class PersonState:
    """A person. `locked` are the doors that were shut after too many wrong secrets, until somebody unlocks them."""

    id: str
    version: int
    name: str
    role: Role
    initials: str = ""
    license: str = ""
    certified: bool = False
    closed: bool = False
    locked: frozenset[str] = frozenset()

    @property
    def by(self) -> By:
        """The person as events name her today."""
        return By(self.id, self.name, self.role.value, self.license)

    @property
    def stream(self) -> str:
        """The stream of her events."""
        return f"person:{self.id}"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A device at a bench on which a PIN will do."""

    id: str
    version: int
    name: str
    removed: bool = False

    @property
    def stream(self) -> str:
        """The stream of its events."""
        return f"device:{self.id}"


@dataclass(frozen=True, slots=True)
class KeyState:
    """A key of another system, with the acts that it may do. The record never has the key's secret."""

    id: str
    version: int
    name: str
    acts: tuple[Act, ...]
    ended: bool = False

    @property
    def by(self) -> By:
        """The system as events name it."""
        return By(self.id, self.name, Role.SYSTEM.value)

    @property
    def stream(self) -> str:
        """The stream of its events."""
        return f"key:{self.id}"


class Looked(NamedTuple):
    """When the record was last verified, backed up or restored, up to which event and its hash."""

    at: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class SiteState:
    """The site: its name, its settings, and when its record was last verified and backed up."""

    version: int = 0
    pharmacy: str = ""
    settings: Settings = field(default_factory=Settings)
    verified: Looked | None = None
    backed_up: Looked | None = None
