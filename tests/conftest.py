"""Settings of the whole test run: Hypothesis repeats the same examples, and nothing is asserted about time."""

import gc

from hypothesis import HealthCheck, settings

settings.register_profile("repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", parent=settings.get_profile("repeatable"), derandomize=False, max_examples=20_000)
settings.register_profile("quick", parent=settings.get_profile("repeatable"), max_examples=10)
settings.load_profile("repeatable")


def pytest_collectstart():
    """A million objects are made of the tests before the first runs; none of them is garbage, so none is looked for."""
    gc.disable()


def pytest_collection_finish():
    """They live to the end, so the collector passes them over: it took a tenth of all work to look at them again."""
    gc.freeze()
    gc.enable()
