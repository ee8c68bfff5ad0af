"""What ends a run early: a signal, heeded between two orders and while one waits, never in the midst of an order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: The signals that ask a run to end.
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Stopped(KeyboardInterrupt):
    """A signal asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Ending:
    """Raises `Stopped` for a signal that asks the run to end: at once, or after the order that is being worked out.

    A second signal does not wait for the order. A library that is called back in the midst of one may take the
    interruption for a fault of its own: the order would be answered with a mistake of the program, and the run go on.
    """

    def __init__(self) -> None:
        self._number: int | None = None
        self._holds = False

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Heed the signals, but those that were to be ignored, as by `nohup`; leave all as they were."""
        numbers = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, self._came) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep a signal that comes now until the end. Raises `Stopped` then if one came."""
        self._holds = True
        try:
            yield
        finally:
            self._holds = False
        if self._number is not None:
            raise Stopped(self._number)

    def _came(self, number: int, _: FrameType | None) -> None:
        first, self._number = self._number is None, number
        if not (self._holds and first):
            raise Stopped(number)
