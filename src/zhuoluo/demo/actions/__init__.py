"""Building the fictional county, by calling the same actions people use. Every act has the day it is said to have."""

from zhuoluo.demo.actions.build import MATTERS, build, make_password

__all__ = ["MATTERS", "build", "make_password"]
