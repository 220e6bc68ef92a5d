"""Loaded before the settings: tests keep their keys, files and database in a folder of their own, and no line out."""

import atexit
import os
import shutil
import sys
import tempfile
from typing import Any

if "ZHUOLUO_HOME" not in os.environ:
    os.environ["ZHUOLUO_HOME"] = tempfile.mkdtemp(prefix="zhuoluo-test-")
    atexit.register(shutil.rmtree, os.environ["ZHUOLUO_HOME"], ignore_errors=True)

os.makedirs(os.path.join(os.environ["ZHUOLUO_HOME"], "static"), exist_ok=True)
os.environ.setdefault("ZHUOLUO_HASHED_STATIC", "0")

HERE = {"127.0.0.1", "::1", "localhost", "", None}


def only_this_machine(event: str, given: tuple[Any, ...]) -> None:
    """An audit hook: whatever asks for a host that is not this machine fails, whichever library it came through."""
    if event == "socket.getaddrinfo" and given[0] not in HERE:
        raise ConnectionRefusedError(f"tests speak to this machine only, not to {given[0]}")
    if event == "socket.connect" and isinstance(given[1], tuple) and given[1][0] not in HERE:
        raise ConnectionRefusedError(f"tests speak to this machine only, not to {given[1][0]}")


sys.addaudithook(only_this_machine)
