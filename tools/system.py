"""What the tests need beside Python: a browser, a Chinese font, PostgreSQL.

Installs what is missing on Debian and Ubuntu when run as root, else says in one line what to install.
Standard library only: it runs before anything is set up.

    python3 tools/system.py python                      is this Python good enough?
    python3 tools/system.py chromium font postgresql    are these parts here?
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)
# Complete ones only: papers are tested with names that smaller fonts cannot print.
FONT_PATTERNS = ("**/NotoSerifCJK*", "**/SourceHanSerif*", "**/NotoSansCJK*", "**/SourceHanSans*")
PACKAGES = {"chromium": "chromium", "font": "fonts-noto-cjk", "postgresql": "postgresql"}


def browser() -> str:
    """Return the path of an installed Chromium, or ''."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def font() -> str:
    """Return the path of an installed Chinese font, or ''."""
    for folder in FONT_FOLDERS:
        root = Path(folder).expanduser()
        found = (
            next((p for pattern in FONT_PATTERNS for p in root.glob(pattern)), None)
            if root.is_dir()
            else None
        )
        if found:
            return str(found)
    return ""


def postgresql() -> str:
    """Return the folder of the newest installed PostgreSQL server programs, or ''."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if homes:
        return str(homes[-1].parent)
    on_path = shutil.which("initdb")
    return str(Path(on_path).resolve().parent) if on_path else ""


FINDERS = {"chromium": browser, "font": font, "postgresql": postgresql}


def check_python() -> str:
    """Return what is wrong with this Python, or ''."""
    if sys.version_info < NEEDED:
        have = ".".join(map(str, sys.version_info[:2]))
        return f"Python 3.11 or newer is needed, python3 is {have}. / 需要 Python 3.11 以上，现在是 {have}。"
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        return "Python's venv is missing / 缺少 venv：sudo apt-get install python3-venv"
    return ""


def install(missing: list[str]) -> str:
    """Install Debian packages; return what went wrong, or ''."""
    names = " ".join(missing)
    advice = f"Please install: {names} (Debian, Ubuntu: sudo apt-get install {names}). / 请先安装：{names}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return advice
    print(f"Installing {names} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-qq", "-y", "--no-install-recommends"]
    for command in (["apt-get", "-qq", "update"], ["apt-get", "install", *options, *missing]):
        done = subprocess.run(
            command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            return f"{advice} ({' '.join(command[:2])}: {reason})"
    return ""


def main(wanted: list[str]) -> int:
    """Check, install what may be installed, check again. Exit code 1 and one line when a part is missing."""
    if wanted == ["python"]:
        problem = check_python()
    else:
        missing = [PACKAGES[part] for part in wanted if not FINDERS[part]()]
        problem = install(missing) if missing else ""
        still = [PACKAGES[part] for part in wanted if not FINDERS[part]()]
        if not problem and still:
            problem = (
                f"Still missing after installing: {' '.join(still)}. / 安装后仍然缺少：{' '.join(still)}"
            )
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
