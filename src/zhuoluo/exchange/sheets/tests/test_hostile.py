"""Hostile files are refused with a reason, within two seconds and a hundred megabytes, without any connection."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from zhuoluo.exchange.sheets.tests import hostile

SRC = Path(__file__).parents[4]

# Runs each file in one process of its own and reports. Sockets are off. The peak is that of this process alone:
# ru_maxrss would carry over the size of the process that started it.
WATCH = """
import json, pathlib, resource, socket, sys, time
from zhuoluo.exchange.sheets.guard import Refused
from zhuoluo.exchange.sheets.read import read_workbook
def no_network(*_, **__): raise AssertionError("a connection was tried")
socket.socket = socket.create_connection = no_network
folder, report = pathlib.Path(sys.argv[1]), {}
def peak():
    try:
        line = next(l for l in open("/proc/self/status") if l.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1048576 if sys.platform == "darwin" else 1024)
def forget():
    try: open("/proc/self/clear_refs", "w").write("5")
    except OSError: pass
for case, name in json.loads(sys.argv[2]).items():
    data = (folder / case).read_bytes()
    forget()
    start, wall = time.process_time(), time.monotonic()
    try:
        read_workbook(data, name)
        code = "accepted"
    except Refused as refused:
        code = refused.reason.code
        assert refused.sentence("zh") and refused.mend("zh") and refused.sentence("en") and refused.mend("en")
    report[case] = [code, time.process_time() - start, time.monotonic() - wall, peak()]
print(json.dumps(report))
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    folder = tmp_path_factory.mktemp("hostile")
    names = {}
    for case, (make, name, _) in hostile.CASES.items():
        (folder / case).write_bytes(make())
        names[case] = name
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(folder), json.dumps(names)],
        capture_output=True,
        text=True,
        timeout=300,
        env={"PYTHONPATH": str(SRC)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("case", hostile.CASES)
def test_a_hostile_file_is_refused_for_the_right_reason(case: str, report: dict[str, list[object]]) -> None:
    assert report[case][0] == hostile.CASES[case][2]


@pytest.mark.parametrize("case", hostile.CASES)
def test_a_hostile_file_costs_at_most_two_seconds(case: str, report: dict[str, list[object]]) -> None:
    assert report[case][1] <= 2.0


@pytest.mark.parametrize("case", hostile.CASES)
def test_a_hostile_file_costs_at_most_a_hundred_megabytes(case: str, report: dict[str, list[object]]) -> None:
    assert report[case][3] <= 100
