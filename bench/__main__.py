"""The speed and scale figures, one command: `make bench`, or `python -m bench --sizes 10000,100000 --engines sqlite,postgresql`.

For each engine and size: a demo county grown to that many matters (about eight entries each), searched and counted by the
product's own worker, then measured over HTTP through the product's own server. Prints a table; `--write` puts it into
docs/bench.md. A PostgreSQL server of its own is started for it, with full durability (fsync on).
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import fronts, live, walk
from tools.pg import SETTINGS
from tools.pg import server as postgresql

ROOT = Path(__file__).resolve().parent.parent
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "2GB",
    "max_wal_size": "8GB",
}


def main() -> None:
    if sys.argv[1:2] == ["walk"]:
        sys.exit(walk.main(sys.argv[2:]))
    if sys.argv[1:2] == ["live"]:
        live.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["fronts"]:
        fronts.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sizes", default="10000,100000", help="matters, comma separated (1000000 takes about two hours)"
    )
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument(
        "--seconds", type=float, default=5.0, help="how long each request is sent from eight clients"
    )
    parser.add_argument(
        "--keep", type=Path, help="folder to grow the sites in, found again by a later run; else thrown away"
    )
    parser.add_argument("--grow-only", action="store_true", help="grow, index and count, and measure nothing")
    parser.add_argument("--write", action="store_true", help="put the table into docs/bench.md")
    options = parser.parse_args()
    lines: list[str] = []
    for engine in options.engines.split(","):
        with home(engine, options.keep) as environment:
            for size in sorted(int(s) for s in options.sizes.split(",")):
                seconds = 0 if options.grow_only else options.seconds
                lines += measured(engine, size, seconds, environment)
    if options.grow_only:
        return
    table = "\n".join([HEAD, *lines])
    print(table)
    if options.write:
        (ROOT / "docs" / "bench.md").write_text(page(table))


HEAD = (
    "| engine | matters | what | requests/s (8 clients) | p50 ms | p95 ms | p95 alone ms | page KB | errors |\n"
    "|---|---:|---|---:|---:|---:|---:|---:|---:|"
)


@contextmanager
def home(engine: str, keep: Path | None) -> Iterator[dict[str, str]]:
    """A site of its own: a folder, and on PostgreSQL a server."""
    kept = None if keep is None else (keep / engine).resolve()
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zhuoluo-bench-") as made:
        folder = str(kept or made)
        environment = {
            **os.environ,
            "ZHUOLUO_HOME": folder,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        environment.pop("ZHUOLUO_DATABASE_URL", None)
        if engine == "sqlite":
            yield environment
            return
        SETTINGS.update(DURABLE)
        with postgresql(kept and kept / "server") as url:
            yield {**environment, "ZHUOLUO_DATABASE_URL": url}


def measured(engine: str, size: int, seconds: float, environment: dict[str, str]) -> list[str]:
    """Grow the site to a size and measure it, in a process that has its settings."""
    started = time.monotonic()
    print(f"{engine}, {size:,} matters: growing …", file=sys.stderr)
    command = [sys.executable, "-m", "bench.one", engine, str(size), str(seconds)]
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    print(f"{engine}, {size:,} matters: {time.monotonic() - started:,.0f} s in all", file=sys.stderr)
    return done.stdout.splitlines()


def page(table: str) -> str:
    cores = os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return (
        "# Speed and size\n\n"
        "Written by `make bench ARGS=--write`: a demo county grown by copying its real histories, measured over HTTP through\n"
        "the product's own server (two processes), client and database on the same machine, full durability.\n\n"
        f"Machine: {cores} cores, {memory} GiB, Python {platform.python_version()}, {platform.system()}.\n\n{table}\n"
    )


if __name__ == "__main__":
    main()
