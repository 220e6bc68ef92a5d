"""Calling the command as people do, without a process of its own."""

from collections.abc import Callable

import pytest

from zhuoluo.config import cli


@pytest.fixture
def zhuoluo(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call
