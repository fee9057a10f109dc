"""A fleet whose server has much to show: 1,000 machines of 40 people, 100 projects, 200 branches and pull requests, a million
responses over a year and an organisation's bill of that year. The same bytes each time on the same day."""

import datetime
import gzip
import hashlib
import http.client
import json
import random
import sqlite3
import sys
import time

DAY = 86_400
MACHINES, PEOPLE, TEAMS, PROJECTS, BRANCHES, DAYS = 1_000, 40, 8, 100, 200, 365
EVENTS_A_SESSION, LONG_SESSION, AT_ONCE = 60, 5_000, 2_500
KEYS, WORKSPACES, TOKEN_TYPES = 40, 10, ("uncached_input_tokens", "output_tokens", "cache_read_input_tokens")
MODELS = ("claude-opus-5-5", "claude-sonnet-4-6", "claude-haiku-4-5-20251001", "claude-opus-4-6", "claude-sonnet-5")
SMALL = "claude-haiku-4-5-20251001"  # its agents' model in every session
READERS = 64  # accounts that look at pages
MILLION = 1_000_000


def today():
    return int(time.time()) // DAY * DAY


def first_second():
    return today() - (DAYS - 1) * DAY


def stamp(second):
    return datetime.datetime.fromtimestamp(second, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def key(machine):
    return f"dk_bench_{machine:05d}"


def person(number):
    return f"person-{number:02d}"


# ---- who is there

def enrol(path):
    """Machines, their people and teams, and accounts with a session each: rows, for a thousand codes would take minutes."""
    with sqlite3.connect(path) as database:
        for machine in range(MACHINES):
            database.execute(
                "INSERT INTO device (id, name, hostname, owner, enrolled_at, last_seen, agent, revoked)"
                " VALUES (?, ?, '', ?, 0, ?, 'claudometer/bench', 0)",
                (f"d_{machine:05d}", f"machine-{machine}", person(machine % PEOPLE), int(time.time() * 1000)))
            credential(database, key(machine), "DEVICE_KEY", f"d_{machine:05d}", None)
        for number in range(PEOPLE):
            database.execute("INSERT INTO team_member (person, team) VALUES (?, ?)", (person(number), f"team-{number % TEAMS}"))
        for reader in range(READERS):
            database.execute(
                "INSERT INTO account (id, name, role, password, disabled, created_at) VALUES (?, ?, 'ADMIN', '', 0, 0)",
                (f"u_{reader}", f"reader-{reader}"))
            credential(database, f"session-{reader}", "SESSION", f"u_{reader}", int(time.time() * 1000) + 7 * DAY * 1000)


def credential(database, secret, kind, holder, until):
    database.execute(
        "INSERT INTO credential (digest, kind, holder, label, role, prefix, address, created_at, expires_at)"
        " VALUES (?, ?, ?, '', '', '', '', ?, ?)",
        (hashlib.sha256(secret.encode()).hexdigest(), kind, holder, int(time.time() * 1000), until))


# ---- what was used

def fill(port, events):
    """Delivers it all: one machine after the other, and then one session of 5,000 responses."""
    began = time.time()
    connection = http.client.HTTPConnection("localhost", port)
    each = events // MACHINES
    for machine in range(MACHINES):
        for first in range(0, each, AT_ONCE):
            post(connection, machine, delivery(machine, first, min(AT_ONCE, each - first)))
    for first in range(0, LONG_SESSION, AT_ONCE):
        post(connection, 0, [
            usage(0, f"long-{n}", today() - LONG_SESSION * 20 + n * 20, "session-long", MODELS[n % 37 == 0], 1, 1, random.Random(n))
            for n in range(first, first + AT_ONCE)])
    print(f"{events + LONG_SESSION} responses delivered in {time.time() - began:.0f} s", file=sys.stderr)


def post(connection, machine, observations):
    body = json.dumps({"protocol": 1, "agent": "claudometer/bench", "observations": observations}).encode()
    connection.request("POST", "/api/v1/events", gzip.compress(body, 1), {
        "Authorization": f"Bearer {key(machine)}", "Content-Type": "application/json", "Content-Encoding": "gzip"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200 or json.loads(text).get("rejected"):
        sys.exit(f"{answer.status} {text[:500].decode()}")


def delivery(machine, first, count):
    """What a machine has used: session after session, each in the next project; every fifth response is a subagent's."""
    dice = random.Random(machine * 1_000_003 + first)
    observations = []
    for nth in range(first, first + count):
        session, within = divmod(nth, EVENTS_A_SESSION)
        at = started(machine, session) + within * 60
        project, branch = (session + machine) % PROJECTS, (session * 7 + machine) % BRANCHES
        model = SMALL if within % 5 == 4 else MODELS[(session + machine // PEOPLE) % len(MODELS)]
        name = f"session-{machine}-{session}"
        observations.append(usage(machine, str(nth), at, name, model, project, branch, dice))
        if within % 10 == 0:
            observations.append(activity("prompt", f"p-{machine}-{nth}", at, name, project))
        if within == 30:
            observations.append(activity("compaction", f"c-{machine}-{nth}", at, name, project))
        if within == 50:
            link = activity("pull_request", f"https://example/{branch}", at, name, project)
            observations.append(link | {"name": f"ada/loom#{branch}", "value": 1})
    if first == 0:
        observations += limits(machine)
    return observations


def started(machine, session):
    return first_second() + (session * 7_919_111 + machine * 86_413) % (DAYS * DAY - 7_200)


def usage(machine, nth, at, session, model, project, branch, dice):
    return {
        "type": "usage", "message": f"msg_{machine}_{nth}", "request": f"req_{machine}_{nth}", "at": stamp(at), "model": model,
        "input": 3, "output": dice.randrange(1, 2000), "cacheWrite1h": dice.randrange(9000), "cacheRead": dice.randrange(150000),
        "stopReason": "tool_use", "session": session, "project": f"-home-dev-p{project}", "branch": f"feature/{branch}",
        "file": f"/home/dev/.claude/projects/p{project}/{session}.jsonl", "offset": at % DAY * 100}


def activity(kind, name, at, session, project):
    return {"type": "activity", "kind": kind, "key": name, "at": stamp(at), "session": session, "project": f"-home-dev-p{project}"}


def limits(machine):
    """A day and a half of a window of five hours and one of a week."""
    now = int(time.time()) // 3_600 * 3_600
    for hour in range(36):
        at = now - hour * 3_600
        for window, length in ("five_hour", 5 * 3_600), ("seven_day", 7 * DAY):
            resets = (at // length + 1) * length
            yield {
                "type": "limit", "window": window, "utilization": round(1 - (resets - at) / length, 2) * (machine % 9 + 1) / 9,
                "origin": "statusline", "at": stamp(at), "resetsAt": stamp(resets)}


# ---- what was billed

def bill(path):
    """A year of an organisation's reports, as rows: 150 lines of cost a day, 640 of use, 40 people's Claude Code. The server adds
    them up by day when it starts."""
    dice = random.Random(1)
    with sqlite3.connect(path) as database:
        names = Names(database)
        for day in range(DAYS):
            at = (first_second() + day * DAY) * 1000
            bucket(database, names, "COST", at, DAY, costs(dice))
            bucket(database, names, "CLAUDE_CODE", at, DAY, people(dice))
            bucket(database, names, "CLAUDE_CODE_MODELS", at, DAY, people_models(dice))
            for hour in range(8, 16):
                bucket(database, names, "MESSAGES", at + hour * 3_600_000, 3_600, uses(dice))
        for number in range(KEYS):
            entry(database, "API_KEY", f"apikey_{number:02d}", f"key of {person(number % PEOPLE)}", f"ws_{number % WORKSPACES}")
        for number in range(WORKSPACES):
            entry(database, "WORKSPACE", f"ws_{number}", f"Workspace {number}", "")
        sums = ", ".join(f"SUM({column})" for column in MEASURES)
        database.execute(
            f"INSERT INTO billed_total (report, member, revision, {', '.join(MEASURES)})"
            f" SELECT report, member, 1, {sums} FROM billed_line GROUP BY report, member")


MEASURES = ("input", "output", "cache_write_5m", "cache_write_1h", "cache_read", "web_searches", "requests", "cost", "sessions",
            "lines_added", "lines_removed", "commits", "pull_requests", "accepted", "rejected")


class Names:
    """Numbers of texts, as the store gives them."""

    def __init__(self, database):
        self.database = database
        self.known = {text: number for number, text in database.execute("SELECT id, text FROM name")}

    def number(self, text):
        if text not in self.known:
            self.known[text] = max(self.known.values(), default=0) + 1
            self.database.execute("INSERT INTO name (id, text) VALUES (?, ?)", (self.known[text], text))
        return self.known[text]


def bucket(database, names, report, at, seconds, lines):
    number = names.number(report)
    database.execute(
        "INSERT INTO billed_bucket (report, starts_at, ends_at, told_at, revisions) VALUES (?, ?, ?, ?, 0)",
        (number, at, at + seconds * 1000, int(time.time() * 1000)))
    for group, amounts in lines:
        member = "\n".join(f"{dimension}={value}" for dimension, value in group)
        database.execute(
            f"INSERT INTO billed_line (report, starts_at, member, {', '.join(amounts)}) VALUES (?, ?, ?{', ?' * len(amounts)})",
            (number, at, names.number(member), *amounts.values()))


def costs(dice):
    for workspace in range(WORKSPACES):
        for model in MODELS:
            for kind in TOKEN_TYPES:
                yield (("WORKSPACE", f"ws_{workspace}"), ("MODEL", model), ("DESCRIPTION", f"{model} {kind}"),
                       ("COST_TYPE", "tokens"), ("TOKEN_TYPE", kind)), {"cost": dice.randrange(MILLION) * 10_000}


def uses(dice):
    for number in range(KEYS):
        for model in dict.fromkeys((MODELS[number % len(MODELS)], SMALL)):
            yield (("API_KEY", f"apikey_{number:02d}"), ("WORKSPACE", f"ws_{number % WORKSPACES}"), ("MODEL", model),
                   ("SERVICE_TIER", "standard"), ("CONTEXT_WINDOW", "0-200k"), ("INFERENCE_GEO", "global")), {
                       "input": dice.randrange(10_000), "output": dice.randrange(90_000), "cache_write_5m": 0,
                       "cache_write_1h": dice.randrange(200_000), "cache_read": dice.randrange(4 * MILLION)}


def people(dice):
    for number in range(PEOPLE):
        yield (("ACTOR", f"{person(number)}@example.com"), ("CUSTOMER_TYPE", "api"), ("TERMINAL", "vscode")), {
            "sessions": 3, "lines_added": dice.randrange(900), "lines_removed": dice.randrange(400), "commits": 2, "pull_requests": 1}


def people_models(dice):
    for number in range(PEOPLE):
        yield (("MODEL", MODELS[number % len(MODELS)]), ("ACTOR", f"{person(number)}@example.com"),
               ("CUSTOMER_TYPE", ("api", "subscription")[number % 2])), {
                   "input": 9, "output": 9_000, "cache_read": dice.randrange(MILLION), "cost": dice.randrange(90_000) * 10_000}


def entry(database, kind, identity, name, workspace):
    database.execute(
        "INSERT INTO organization_entry (kind, id, name, email, status, owner, workspace) VALUES (?, ?, ?, '', 'active', '', ?)",
        (kind, identity, name, workspace))
