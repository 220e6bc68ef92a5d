"""Numbers people read aloud: a check digit that catches a wrong or swapped digit."""

# The Damm quasigroup of order 10 (H. M. Damm, 2004): finds every single wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(digits: str) -> str:
    """Return the Damm check digit of a string of ASCII digits."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


def checks(digits: str) -> bool:
    """Say whether the last digit is the right check digit of those before it."""
    return len(digits) > 1 and check_digit(digits[:-1]) == digits[-1]
