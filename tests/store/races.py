"""Acts that two people send at the same time, on what both saw before."""

from threading import Thread

from calc.record.refusals import Conflict
from tests.store.records import noted, stamp


def pairs(store, number):
    """Yield what became of each pair of acts on one version of a stream: "written", or the version that was there."""
    for at in range(number):
        outcomes = []

        def act(name, at=at, outcomes=outcomes):
            try:
                store.append(stamp(f"{name}{at}"), noted("note:1"), expected={"note:1": at})
                outcomes.append("written")
            except Conflict as fault:
                outcomes.append((fault.stream, fault.version))

        racing = [Thread(target=act, args=(name,)) for name in "ab"]
        for thread in racing:
            thread.start()
        for thread in racing:
            thread.join()
        yield outcomes
