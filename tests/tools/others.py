"""Orders for benchmarks: each another one, so that nothing kept of earlier ones helps but what all orders share."""

import random

from tests.capsule.test_worked_case import WORKED


def others(number, seed=1):
    """So many orders, each with another dose, tablets of another mass and another packing."""
    rng = random.Random(seed)
    for _ in range(number):
        yield {
            **WORKED,
            "dose": f"4.{rng.randrange(500):03} mg",
            "quantity": rng.randrange(20, 31),
            "source": {"tablets_weighed": 3, "total_mass": f"0.{rng.randrange(4300, 5300)} g"},
            "diluent": {"packing_statistic": f"{rng.randrange(1200, 1500) / 10} mg"},
        }
