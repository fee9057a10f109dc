"""What bench/compare measures beside the tree that it is given: many small files, and a server that takes in deliveries."""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
RESPONSE = {"inputTokens": 2, "outputTokens": 30, "cacheCreationTokens": 400, "cacheReadTokens": 5000}
RESPONSES_A_FILE = 3


def small_files(home, count):
    """A home of small transcripts, three responses each, with the manifest of what they tell. ccusage needs compact JSON."""
    folder = home / "projects" / "-home-sam-small"
    folder.mkdir(parents=True)
    size = 0
    for number in range(count):
        session = f"00000000-0000-4000-8000-{number:012d}"
        lines = "".join(line(session, number, part) for part in range(RESPONSES_A_FILE)).encode()
        (folder / f"{session}.jsonl").write_bytes(lines)
        size += len(lines)
    responses = count * RESPONSES_A_FILE
    totals = {"responses": responses, **{name: responses * tokens for name, tokens in RESPONSE.items()}}
    (home / "manifest.json").write_text(
        json.dumps({"end": "2026-10-31", "files": count, "bytes": size, "totals": totals}))
    return home


def line(session, number, part):
    key = f"{number * RESPONSES_A_FILE + part:022d}"
    return json.dumps({
        "parentUuid": None, "isSidechain": False, "cwd": "/home/sam/small", "sessionId": session, "version": "2.1.329",
        "message": {
            "model": "claude-opus-5-5", "id": f"msg_01{key}", "type": "message", "role": "assistant",
            "content": [{"type": "text", "text": "Done."}], "stop_reason": "end_turn",
            "usage": {
                "input_tokens": RESPONSE["inputTokens"], "output_tokens": RESPONSE["outputTokens"],
                "cache_creation_input_tokens": RESPONSE["cacheCreationTokens"],
                "cache_read_input_tokens": RESPONSE["cacheReadTokens"]}},
        "requestId": f"req_01{key}", "type": "assistant", "uuid": session[:-1] + str(part),
        "timestamp": f"2026-10-{1 + number % 28:02d}T12:00:0{part}.000Z"}, separators=(",", ":")) + "\n"


def ingest(launcher, home, responses, environment):
    """Fills a server as fast as it takes; prints what LoadServer says. Its classes have to be built."""
    classes = HERE / "target/classes"
    if not classes.is_dir():
        sys.exit("no bench/target/classes: ./mvnw -q -f bench/pom.xml package")
    settings = {**environment, "HOME": str(home)}
    server = subprocess.Popen(
        [launcher, "serve", "--no-local", "--database", f"file:{home / 'server.db'}", "--port", "0", "--trusted-proxies", "127.0.0.1"],
        env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        url = token = None
        while not (url and token):
            said = server.stdout.readline()
            if not said:
                sys.exit("the server did not start")
            url = url or first(r"https?://localhost:\d+|https?://127\.0\.0\.1:\d+", said)
            token = token or first(r"st_[\w-]+", said)
        java = pathlib.Path(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
        subprocess.run(
            [java, "-cp", classes, "dev.claudometer.bench.LoadServer", url, token, str(responses), "500", "8", "0", "0"],
            cwd=home, check=True)
        taken = pathlib.Path(f"/proc/{server.pid}/stat").read_text().rsplit(")", 1)[1].split()
        print(f"the server's CPU: {(int(taken[11]) + int(taken[12])) / 100:.1f} s")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def first(pattern, text):
    found = re.search(pattern, text)
    return found and found[0]
