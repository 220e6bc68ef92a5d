"""The same desk as in the room's own tests."""

from zhuoluo.matters.tests.conftest import desk

__all__ = ["desk"]
