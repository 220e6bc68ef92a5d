"""The check sign of the unified social credit code."""

import pytest

from zhuoluo.kit.credit_code import SIGNS, check_sign, is_credit_code, plain_code

# Codes of public bodies and firms as they stand in public registers.
REAL = ("91110000802100433B", "91440300708461136T", "91330100799655058B", "12100000400000624D")


@pytest.mark.parametrize("code", REAL)
def test_codes_of_public_registers_are_right(code: str) -> None:
    assert is_credit_code(code)


@pytest.mark.parametrize("code", REAL)
def test_every_single_wrong_sign_is_found(code: str) -> None:
    for place in range(18):
        for sign in SIGNS:
            if sign != code[place]:
                assert not is_credit_code(code[:place] + sign + code[place + 1 :])


@pytest.mark.parametrize(
    "code", ["", "911100008021004", "9111000080210O433B", "91AB0000802100433B", "91110000802100433B0"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    assert not is_credit_code(code)


def test_full_width_lower_case_and_blanks_are_understood() -> None:
    assert plain_code(" 91110000 802100433ｂ") == REAL[0]
    assert check_sign(REAL[0][:17]) == "B"
