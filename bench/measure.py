"""What the scripts share: running a command under measurement, and asking Claudometer for a report."""

import dataclasses
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
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


# Linux starts a process's peak memory at that of the program it was forked from. So the command is started by a small
# process of its own, and cannot inherit what this script has needed.
STARTER = """
import os, sys, time
start = time.monotonic()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - start
cpu = usage.ru_utime + usage.ru_stime
code = os.waitstatus_to_exitcode(status)
os.write(int(sys.argv[1]), f"{code} {wall} {cpu} {usage.ru_maxrss}".encode())
"""


def run(command, environment, timeout=900):
    """Runs the command; memory is the largest single process, seen from about 10 MB upwards."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as told:
        starter = [sys.executable, "-ISc", STARTER, str(told.fileno()), *(str(part) for part in command)]
        child = subprocess.Popen(
            starter, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, pass_fds=[told.fileno()],
            start_new_session=True)
        try:
            child.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        for file in (out, err, told):
            file.seek(0)
        code, wall, cpu, kilobytes = (told.read().split() or [-9, timeout, 0, 0])
        return Run(
            int(code), out.read(), err.read().decode(errors="replace"), float(wall), float(cpu), int(kilobytes) * 1024)


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
    with tempfile.TemporaryDirectory(prefix="claudometer-bench-", ignore_cleanup_errors=True) as scratch:
        settings = environment(scratch, XDG_STATE_HOME=pathlib.Path(scratch, "state"))
        return succeed(
            [claudometer, command, "--json", "--offline", "--timezone", "UTC", "--home", claude_home], settings).json()


def find_claudometer(given):
    path = pathlib.Path(given).resolve()
    if not os.access(path, os.X_OK):
        sys.exit(f"{path} is no executable: build Claudometer first or say --claudometer PATH")
    return path


def await_archive(launcher, home):
    """The first command has what makes starts fast made behind it, unless a package brought it."""
    made = pathlib.Path(home) / ".cache/claudometer"
    for _ in range(1200):
        if (pathlib.Path(launcher).parent / "archives").is_dir() or any(made.glob("archives-*")):
            return
        time.sleep(0.1)
    print("no start-up archive came into being: commands are measured without")


def folder_size(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
