"""How exact figures are written: exact strings, and shown strings rounded half up once."""

from fractions import Fraction
from functools import lru_cache


def finite_places(value: Fraction) -> int | None:
    """Decimals that write the value exactly, or None when no finite number of them does."""
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def fixed(value: Fraction, places: int) -> str:
    """Plain decimal with exactly so many places, half away from zero."""
    scale = 10**places
    whole = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def trimmed(value: Fraction, places: int) -> str:
    """Decimal with at most so many places; more of them only where all of them would read zero."""
    text = fixed(value, places)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text == "0" and value:
        return significant(value, 1)
    return text


def significant(value: Fraction, digits: int) -> str:
    """Decimal with at most so many significant digits, whole digits never cut."""
    size = abs(value)
    if not size:
        return "0"
    places = digits - 1
    if size >= 1:
        places = max(0, digits - len(str(size.numerator // size.denominator)))
    else:
        while size < 1:
            size *= 10
            places += 1
    text = fixed(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def above_whole(value: Fraction, digits: int = 4) -> str:
    """A count to so many significant digits, or as many more as show that it is above a whole number."""
    while value % 1 and Fraction(significant(value, digits)) == value // 1 > 0:
        digits += 1
    return significant(value, digits)


def unlike(value: Fraction, other: Fraction) -> str:
    """Four significant digits, or as many more as set two different numbers apart."""
    digits = 4
    while significant(value, digits) == significant(other, digits):
        digits += 1
    return significant(value, digits)


def exact(value: Fraction) -> str:
    """Decimal where finite, else n/d."""
    places = finite_places(value)
    return f"{value.numerator}/{value.denominator}" if places is None else fixed(value, places)


def on_grid(value: Fraction, step: Fraction) -> Fraction:
    """Nearest step of the balance, half up."""
    ratio = value / step
    return step * ((2 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator))


def up_to_grid(value: Fraction, step: Fraction) -> Fraction:
    """Next step of the balance at or above."""
    return step * -(-value // step)


def down_to_grid(value: Fraction, step: Fraction) -> Fraction:
    """Next step of the balance at or below."""
    return step * (value // step)


@lru_cache(maxsize=4096)
def places_of(step: Fraction) -> int:
    """Decimals of a balance's step, in the unit the step is given in."""
    return finite_places(step) or 0


def quantity(value: Fraction, unit: str, text: str) -> dict[str, str]:
    """One quantity of the answer."""
    return {"exact": exact(value), "unit": unit, "value": text}


def weighed(mass: Fraction, step: Fraction) -> dict[str, str]:
    """What the balance weighs: grams, rounded to the step, with all decimals of the balance."""
    rounded = on_grid(mass, step)
    text = fixed(rounded / 1000, places_of(step / 1000)) if rounded or not mass else significant(mass / 1000, 1)
    return quantity(mass / 1000, "g", text)


def as_typed(mass: Fraction, step: Fraction) -> dict[str, str]:
    """A mass that nobody rounds: in grams, as it is where decimals hold it; else a step, no more than there is."""
    if finite_places(mass) is not None:
        return quantity(mass / 1000, "g", exact(mass / 1000))
    return quantity(mass / 1000, "g", weighed(down_to_grid(mass, step) or mass, step)["value"])


def per_capsule(mass: Fraction, step: Fraction) -> dict[str, str]:
    """A mass per capsule: mg, one decimal more than the readability."""
    return quantity(mass, "mg/{capsule}", exact(printed_per_capsule(mass, step)))


def printed_per_capsule(mass: Fraction, step: Fraction) -> Fraction:
    """The same mass as it stands on paper: one place finer than the step, in whole mg on a coarse balance."""
    rounded = Fraction(trimmed(mass, 0 if step >= 10 else places_of(step) + 1))
    return rounded if rounded or not mass else Fraction(significant(mass, 1))


def share(value: Fraction) -> dict[str, str]:
    """A share as a fraction, up to four significant digits."""
    return quantity(value, "1", significant(value, 4))


def deviation(value: Fraction) -> dict[str, str]:
    """A deviation, to 0.01 %."""
    return quantity(value, "1", trimmed(value, 4))


def drug_mass(mass: Fraction) -> dict[str, str]:
    """An amount of drug in mg: exact where six decimals hold it, else four significant digits."""
    places = finite_places(mass)
    text = exact(mass) if places is not None and places <= 6 else significant(mass, 4)
    return quantity(mass, "mg", text)


def in_ml(volume: Fraction) -> dict[str, str]:
    """A volume, with up to four significant digits."""
    return quantity(volume, "mL", significant(volume, 4))


def per_ml(strength: Fraction) -> dict[str, str]:
    """A strength, with up to four significant digits."""
    return quantity(strength, "mg/mL", significant(strength, 4))


def order_mass(mass: Fraction) -> str:
    """A mass as the order understood writes it: mg, or mcg or g where mg would not fit the number pattern."""
    for unit, scale in (("mg", Fraction(1)), ("mcg", Fraction(1000)), ("g", Fraction(1, 1000))):
        amount = mass * scale
        places = finite_places(amount)
        if places is not None and places <= 6 and amount < 10**7:
            return f"{exact(amount)} {unit}"
    return exact(mass) + " mg"
