"""Loaded before the settings: tests keep their keys, files and database in a folder of their own."""

import atexit
import os
import shutil
import tempfile

if "ZHUOLUO_HOME" not in os.environ:
    os.environ["ZHUOLUO_HOME"] = tempfile.mkdtemp(prefix="zhuoluo-test-")
    atexit.register(shutil.rmtree, os.environ["ZHUOLUO_HOME"], ignore_errors=True)

os.makedirs(os.path.join(os.environ["ZHUOLUO_HOME"], "static"), exist_ok=True)
os.environ.setdefault("ZHUOLUO_HASHED_STATIC", "0")
