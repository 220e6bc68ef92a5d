"""The unified social credit code as typed: valid or refused, with what is wrong (GB 32100-2015)."""

from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.kit.credit_code import LENGTH, SIGNS, check_sign, is_credit_code, plain_code


def read_code(text: str) -> str:
    """Return a code in its written form. Raises Refused saying where it is wrong."""
    code = plain_code(text)
    if not code:
        raise Refused("请写统一社会信用代码（营业执照上的 18 位）")
    if len(code) != LENGTH:
        raise Refused("统一社会信用代码应为 18 位，这里是 %(n)s 位", n=len(code))
    unknown = [sign for sign in code if sign not in SIGNS]
    if unknown:
        raise Refused(
            "统一社会信用代码里没有“%(sign)s”；字母 I、O、S、V、Z 不用，请看是不是数字", sign=unknown[0]
        )
    if not is_credit_code(code):
        if code[2:8].isdecimal():
            raise Refused(
                "统一社会信用代码的校验位不对：前 17 位对应的最后一位是 %(sign)s，请核对营业执照",
                sign=check_sign(code[:-1]),
            )
        raise Refused("统一社会信用代码第 3 到 8 位应为数字（登记机关的区划代码）")
    return code
