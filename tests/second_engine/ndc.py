"""The National Drug Code of a pack: whether what was typed can be one."""

DIGITS = range(10, 13)


def unlikely_ndc(code: str | None) -> bool:
    """Whether a code cannot be an NDC: other signs than digits and hyphens, or not 10 to 12 digits."""
    if code is None:
        return False
    digits = [sign for sign in code if sign in "0123456789"]
    return len(digits) + code.count("-") != len(code) or len(digits) not in DIGITS
