"""Commands that a running agent answers, measured beside the same commands without one."""

import os
import pathlib
import re
import signal
import statistics
import subprocess
import time

from measure import await_archive

COMMANDS = ("daily", "session", "blocks", "limits", "explain 2026-10-15", "models", "projects", "doctor", "statusline", "verify")
STATUS = b'{"session_id":"s","model":{"display_name":"Opus 5.5"},"cost":{"total_cost_usd":1.25}}'
TICKS = os.sysconf("SC_CLK_TCK")


class Asking:
    """One home, one launcher, an agent that comes and goes."""

    def __init__(self, launcher, home, tree):
        self.launcher, self.home = str(launcher), home
        (home / ".claude").symlink_to(tree)
        config = home / ".config/claudometer"
        config.mkdir(parents=True)
        (config / "agent.properties").write_text("server=http://127.0.0.1:1\nkey=k\ndevice=d\n")
        self.environment = {"HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        self.environment.update({name: os.environ[name] for name in ("JAVA_HOME",) if name in os.environ})

    def measure(self, rounds):
        """Prints a table; returns whether every answer is what the command itself says."""
        self.run("daily", None)  # the index
        await_archive(self.launcher, self.home)
        alone = {command: self.times(command, None, max(3, rounds // 4)) for command in COMMANDS}
        agent = subprocess.Popen(
            [self.launcher, "agent", "start", "--foreground"], env=self.environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        try:
            notice = self.home / ".local/state/claudometer/ask"
            while not notice.exists():
                time.sleep(0.1)
            time.sleep(1)
            answered = {command: self.times(command, agent.pid, rounds) for command in COMMANDS}
            time.sleep(15)
            idle = resident(agent.pid)
        finally:
            agent.send_signal(signal.SIGTERM)
            agent.wait()
        print(f"load {os.getloadavg()[0]:.1f} · medians of {rounds} · agent idle after that: {idle} MB\n")
        print("| command | bytes | alone: wall s | CPU s | answered: wall s | CPU s | first answer: wall s |")
        print("|---|---|---|---|---|---|---|")
        differing = []
        for command in COMMANDS:
            a, b = alone[command], answered[command]
            print(f"| {command} | {len(b[3][0])} | {a[0]:.3f} | {a[1]:.3f} | {b[0]:.3f} | {b[1]:.3f} | {b[2]:.3f} |")
            if readable(a[3]) != readable(b[3]):
                differing.append(command)
        middle = [statistics.median(times[command][0] for command in COMMANDS) for times in (alone, answered)]
        together = sum(answered[command][0] for command in COMMANDS)
        print(f"\nOne of these in the middle: {middle[0]:.3f} s alone, {middle[1]:.3f} s answered; all together answered: {together:.3f} s.")
        for command in differing:
            print(f"{command}: the answer is not what the command says")
        return not differing

    def times(self, command, agent, rounds):
        runs = [self.run(command, agent) for _ in range(rounds)]
        walls, seconds = [one[0] for one in runs], [one[1] for one in runs]
        agents = runs[-1][2] - runs[0][2]
        cpu = statistics.median(seconds) + agents / max(1, rounds - 1)
        return statistics.median(walls), cpu, walls[0], runs[-1][3]

    def run(self, command, agent):
        begun = time.perf_counter()
        process = subprocess.Popen(
            [self.launcher, *command.split()], env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        process.stdin.write(STATUS if command == "statusline" else b"")
        process.stdin.close()
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        return wall, usage.ru_utime + usage.ru_stime, cpu_of(agent), (out, os.waitstatus_to_exitcode(status))


def cpu_of(pid):
    if pid is None:
        return 0
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) // 1024


def readable(answer):
    """Without what passes between two runs: how old something is, what this very run has read."""
    return re.sub(rb"\d+ m?s\b|(?m:^.*(?:read|parsed).*$)", b"", answer[0]), answer[1]
