"""Settings of the whole test run: Hypothesis repeats the same examples, and nothing is asserted about time."""

from hypothesis import HealthCheck, settings

settings.register_profile("repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")
