"""What the scripts share: running a command under measurement, and asking Claudometer for a report."""

import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

CLASSES = ("inputTokens", "outputTokens", "cacheCreationTokens", "cacheReadTokens")
HERE = pathlib.Path(__file__).resolve().parent
DEFAULT_CLAUDOMETER = HERE.parent / "claudometer"


@dataclasses.dataclass(frozen=True)
class Run:
    """One finished command; the resources are those of the process and of every descendant that it waited for."""

    code: int
    out: bytes
    err: str
    wall: float
    cpu: float
    rss: int

    def json(self):
        return json.loads(self.out)


class Failed(Exception):
    """A command that ended with another exit code than 0."""


def run(command, environment, timeout=900):
    """Runs the command; memory is the largest single process, and never less than this script's own (Linux, at exec)."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        child = subprocess.Popen(
            [str(part) for part in command], env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        status, usage = _wait(child, start + timeout)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Run(
            child.returncode, out.read(), err.read().decode(errors="replace"), wall,
            usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _wait(child, deadline):
    """A blocking wait measures best; a timer thread ends a child that takes too long."""
    timer = threading.Timer(max(0, deadline - time.monotonic()), child.kill)
    timer.start()
    try:
        _, status, usage = os.wait4(child.pid, 0)
        return status, usage
    finally:
        timer.cancel()


def succeed(command, environment, timeout=900):
    result = run(command, environment, timeout)
    if result.code != 0:
        shown = " ".join(str(part) for part in command)
        raise Failed(f"{shown} ended with {result.code}: {result.err.strip()[-600:]}")
    return result


def environment(home, **more):
    """As little of the caller's environment as works; `home` is an empty folder."""
    kept = {name: os.environ[name] for name in ("PATH", "JAVA_HOME") if name in os.environ}
    return {**kept, "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
            **{name: str(value) for name, value in more.items()}}


def report(claudometer, command, claude_home):
    """A report of one home in UTC, from an index that nothing else has touched."""
    with tempfile.TemporaryDirectory(prefix="claudometer-bench-") as scratch:
        settings = environment(scratch, XDG_STATE_HOME=pathlib.Path(scratch, "state"))
        return succeed(
            [claudometer, command, "--json", "--offline", "--timezone", "UTC", "--home", claude_home], settings).json()


def find_claudometer(given):
    path = pathlib.Path(given).resolve()
    if not os.access(path, os.X_OK):
        sys.exit(f"{path} is no executable: build Claudometer first or say --claudometer PATH")
    return path


def folder_size(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
