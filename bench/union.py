"""What transcripts and Claude Code's own telemetry come to together, beside what was really used: recorded homes are read and
recorded bodies are sent to a real server, as they came and by the protocol that they came by."""

import collections
import contextlib
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import sqlite3
import string
import struct
import subprocess
import tempfile
import time

from measure import Failed, environment

TOKENS = ("input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
SUM = "input + output + cache_write_5m + cache_write_1h + cache_read"
LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
LIMIT_SECONDS = 120


def compare(folder, claudometer, comparison):
    """Prints the table of all sessions, and says whether another order and lost bodies come to what they have to."""
    homes = sorted(path / ".claude" for path in (folder / "homes").iterdir())
    bodies = sorted(path for path in (folder / "otlp").rglob("*") if path.suffix in (".json", ".pb"))
    whole = received(claudometer, homes, bodies)
    rows = [Row(folder, session, truth, whole) for session, truth in sessions(folder)]
    rows.sort(key=lambda row: row.name.split()[1:])
    print("\n| session | calls | truth | transcript | events | union | both/transcript/telemetry only | difference |")
    print("|---|---|---|---|---|---|---|---|")
    for row in rows:
        print(row.line())
    print(total(rows))
    comparison.compared += len(rows)
    comparison.differences += sum(row.unexplained != 0 for row in rows)

    shuffled = bodies + bodies[:len(bodies) // 3]
    random.Random(1).shuffle(shuffled)
    again = received(claudometer, homes, shuffled)
    unlike = sorted(name for name in whole.union | again.union if whole.union[name] != again.union[name])
    check(comparison, "shuffled, a third twice", "sessions that count otherwise", unlike)
    partly = received(claudometer, homes, random.Random(2).sample(bodies, len(bodies) * 2 // 3))
    more = sorted(name for name, tokens in partly.union.items() if tokens > whole.union[name])
    check(comparison, "a third of the bodies lost", "sessions that count more than with all", more)


def check(comparison, case, what, found):
    comparison.compared += 1
    comparison.differences += len(found)
    print(f"\n{case}: {what}: {', '.join(found) or 'none'}")


def sessions(folder):
    return json.loads((folder / "truth/expected.json").read_text()).items()


class Stored:
    """What a server's database holds in the end."""

    def __init__(self, database):
        def all_of(query):
            return database.execute(query).fetchall()

        self.union = collections.Counter(dict(all_of(
            f"SELECT n.text, SUM({SUM}) FROM event JOIN name n ON n.id = session WHERE counted = 1 GROUP BY n.text")))
        self.events = collections.Counter(dict(all_of(
            f"SELECT n.text, SUM({SUM}) FROM call JOIN name n ON n.id = session GROUP BY n.text")))
        self.written = collections.Counter(dict(all_of(
            "SELECT n.text, COUNT(*) FROM event JOIN name n ON n.id = session "
            "WHERE counted = 1 AND part = 0 AND message_id NOT LIKE 'call:%' GROUP BY n.text")))
        self.states = collections.Counter({(session, state): calls for session, state, calls in all_of(
            "SELECT n.text, state, COUNT(*) FROM call JOIN name n ON n.id = session GROUP BY n.text, state")})
        self.requests = {request_id(request): tokens for request, tokens in all_of(
            f"SELECT request_id, MAX({SUM}) FROM event WHERE counted = 1 GROUP BY request_id")}


def request_id(stored):
    """The store keeps an id of Anthropic's form as a number: two, ten and ten of its digits (PackedId)."""
    if isinstance(stored, str):
        return stored
    bits = int.from_bytes(stored, "big")
    return "req_01" + digits(bits >> 60 & (1 << 60) - 1, 10) + digits(bits & (1 << 60) - 1, 10) + digits(bits >> 120, 2)


def digits(number, length):
    return "" if length == 0 else digits(number // len(LETTERS), length - 1) + LETTERS[number % len(LETTERS)]


class Row:
    """A session: what it used, what each witness tells, and why they differ."""

    def __init__(self, folder, session, truth, stored):
        self.name = f"{session[:8]} {', '.join(truth['runs']) or truth['home']}"
        self.calls = truth["truth_completed_requests"]
        self.truth = sum(sum(tokens.values()) for tokens in truth["truth_completed"].values())
        told = (truth.get("transcript") or {}).get("dedup_own", {})
        self.transcript = sum(sum(tokens.values()) for tokens in told.values())
        self.events = stored.events[session]
        self.union = stored.union[session]
        self.both = stored.states[session, 1]
        self.telemetry = stored.states[session, 2]
        self.transcripts = stored.written[session] - self.both
        self.causes, self.unexplained = [], 0
        if self.union != self.truth:
            self.explain(attempts(folder, session), stored)

    def explain(self, attempts, stored):
        missing = [each for each in attempts if each["outcome"] == "ok" and each["request_id"] not in stored.requests]
        broken = [each for each in attempts if each["outcome"] != "ok" and each["request_id"] in stored.requests]
        self.unexplained = self.union - self.truth
        for each in missing:
            tokens = sum(each["usage"].get(name, 0) for name in TOKENS)
            self.unexplained += tokens
            self.causes.append(f"−{tokens:,}: neither witness has a call ({each['kind']}, {each['model']})")
        for each in broken:
            tokens = stored.requests[each["request_id"]]
            self.unexplained -= tokens
            self.causes.append(f"+{tokens:,}: an interrupted answer is on the transcript ({each['outcome']})")
        if self.unexplained:
            self.causes.append(f"**{self.unexplained:+,} unexplained**")

    def line(self):
        return (f"| {self.name} | {self.calls} | {self.truth:,} | {self.transcript:,} | {self.events:,} | {self.union:,} "
                f"| {self.both}/{self.transcripts}/{self.telemetry} | {'; '.join(self.causes) or 0} |")


def total(rows):
    sums = [sum(getattr(row, name) for row in rows)
            for name in ("calls", "truth", "transcript", "events", "union", "both", "transcripts", "telemetry")]
    exact = sum(row.union == row.truth for row in rows)
    return ("| **all** | **{:,}** | **{:,}** | {:,} | {:,} | **{:,}** | {}/{}/{} |".format(*sums)
            + f" {exact} of {len(rows)} sessions are exact |")


def attempts(folder, session):
    lines = (folder / "truth/ledger.jsonl").read_text().splitlines()
    return [each for each in map(json.loads, lines) if each["session_id"] == session]


def received(claudometer, homes, bodies):
    """What a server has stored that reads the homes and is sent the bodies."""
    with tempfile.TemporaryDirectory(prefix="claudometer-bench-", ignore_cleanup_errors=True) as scratch:
        database, (http_port, grpc_port, port) = f"{scratch}/server.db", free_ports(3)
        command = [str(claudometer), "serve", "--database", f"file:{database}", "--port", str(port),
                   "--otlp-http-port", str(http_port), "--otlp-grpc-port", str(grpc_port)]
        for home in homes:
            command += ["--home", str(home)]
        server = subprocess.Popen(
            command, env=environment(scratch, XDG_STATE_HOME=f"{scratch}/state"), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            wait(lambda: listens(http_port), server)
            for body in bodies:
                send(body, http_port, grpc_port)
            files = sum(path.stat().st_size > 0 for home in homes for path in (home / "projects").rglob("*.jsonl"))
            wait(lambda: files_read(database) >= files, server)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
        with contextlib.closing(sqlite3.connect(database)) as store:
            return Stored(store)


def free_ports(count):
    with contextlib.ExitStack() as open_ports:
        sockets = [open_ports.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def wait(condition, server):
    end = time.monotonic() + LIMIT_SECONDS
    while not condition():
        if server.poll() is not None or time.monotonic() > end:
            raise Failed("the server did not start, or did not read its homes")
        time.sleep(0.2)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def files_read(database):
    if not os.path.exists(database):
        return 0
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        return store.execute("SELECT COUNT(*) FROM file").fetchone()[0]


def send(body, http_port, grpc_port):
    """A body by the protocol that it came by."""
    signal_name = "metrics" if "metrics" in body.name else "logs"
    if body.parent.name == "grpc":
        return send_grpc(body.read_bytes(), signal_name, grpc_port)
    kind = "application/json" if body.suffix == ".json" else "application/x-protobuf"
    link = http.client.HTTPConnection("127.0.0.1", http_port, timeout=30)
    link.request("POST", f"/{body.parent.name}/v1/{signal_name}", body.read_bytes(), {"Content-Type": kind})
    answer = link.getresponse()
    if answer.status != 200:
        raise Failed(f"{body} was answered with {answer.status}: {answer.read()[:200]}")
    link.close()


def send_grpc(message, signal_name, port):
    """gRPC is a frame of five bytes in HTTP/2, which curl can speak."""
    path = f"opentelemetry.proto.collector.{signal_name}.v1.{signal_name.capitalize()}Service/Export"
    command = ["curl", "-sS", "--http2-prior-knowledge", "--data-binary", "@-", "-o", os.devnull, "-H",
               "Content-Type: application/grpc", "-H", "TE: trailers", "-D", "-", f"http://127.0.0.1:{port}/{path}"]
    frame = b"\0" + struct.pack(">I", len(message)) + message
    answer = subprocess.run(command, input=frame, capture_output=True, timeout=60, check=False)
    if b"grpc-status: 0" not in answer.stdout.lower():
        raise Failed(f"gRPC was answered with {answer.stdout!r} {answer.stderr!r}")
