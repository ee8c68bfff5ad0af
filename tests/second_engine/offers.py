"""Offers: other ways to make the same order from whole tablets."""

from dataclasses import dataclass
from fractions import Fraction

DEVIATION_LIMIT = Fraction(1, 50)
BATCH_LIMIT = 4


@dataclass(slots=True)
class Offer:
    """One way to make the order; drug in mg."""

    code: str
    capsules: int
    tablets: int
    deviation: Fraction
    left_over: Fraction


def _nearest(exact: Fraction, batch: int, largest: int) -> tuple[int, Fraction]:
    """The batch of least deviation for so much drug (in doses); of two equal ones the larger."""
    low = min(max(exact.numerator // exact.denominator, batch), largest)
    high = min(low + 1, largest)
    off_low, off_high = exact / low - 1, exact / high - 1
    return (high, off_high) if abs(off_high) <= abs(off_low) else (low, off_low)


def whole_tablet_offers(doses_per_tablet: Fraction, quantity: int, batch: int) -> list[Offer]:
    """The exact batch and the two inexact ones with the fewest tablets."""
    largest = BATCH_LIMIT * quantity
    if batch > largest:
        return []
    found = []
    per, tablets = doses_per_tablet.numerator, doses_per_tablet.denominator
    times = max(1, -(-batch // per))
    if times * per <= largest:
        found.append(Offer("whole_tablets", times * per, times * tablets, Fraction(0), Fraction(0)))
    first = max(1, -(-((1 - DEVIATION_LIMIT) * batch / doses_per_tablet) // 1))
    last = ((1 + DEVIATION_LIMIT) * largest / doses_per_tablet) // 1
    inexact = 0
    for count in range(first, last + 1):
        capsules, off = _nearest(count * doses_per_tablet, batch, largest)
        if off and abs(off) <= DEVIATION_LIMIT:
            found.append(Offer("whole_tablets", capsules, count, off, Fraction(0)))
            inexact += 1
            if inexact == 2:
                break
    return sorted(found, key=lambda offer: offer.tablets)


def offers_of(
    dose: Fraction, strength: Fraction, quantity: int, batch: int, tablets: int, loss: Fraction
) -> list[Offer]:
    """All offers in the order of the contract; dose and strength in the tablets' own basis."""
    drug = tablets * strength
    zero = Fraction(0)
    offers = [Offer("weigh_portion", batch, tablets, zero, drug - dose * batch)]
    most = drug * (1 - loss) / dose // 1
    if most > batch:
        offers.append(Offer("most_capsules", most, tablets, zero, drug - dose * most))
    return offers + whole_tablet_offers(strength / dose, quantity, batch)
