"""Three nodes of PostgreSQL under Patroni, each with etcd and a network and a disk of its own, behind HAProxy and PgBouncer.

All of it lives in namespaces of its own (`bench/failover` enters them): ports, networks, mounts and processes end with it.
Data goes over 10.77.0.0/24, etcd and Patroni's API over 10.77.1.0/24, so that one can be cut without the other.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

NODES = ("n1", "n2", "n3")
POOL = 6432
PRIMARY = 5000
AGENTS = 3000
SERVERS = (3001, 3002)
DISK = "256m"
USER = "postgres"
PROGRAMS = ("ip", "setpriv", "etcd", "patroni", "haproxy", "pgbouncer", "psql")
BINARIES = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))


def missing():
    found = [name for name in PROGRAMS if not shutil.which(name, path=search_path())]
    return found if BINARIES else [*found, "initdb"]


def search_path():
    return f"{os.environ['PATH']}:/usr/sbin:/sbin"


def run(*command, check=True):
    return subprocess.run(
        [str(part) for part in command], check=check, capture_output=True, text=True, timeout=60).stdout.strip()


def start(log, *command, node=None, user=USER, environment=None):
    """Starts a program as a user who is not root, in the namespace of a node or in the one around them."""
    words = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *(str(part) for part in command)]
    if node:
        words = ["ip", "netns", "exec", node, *words]
    with open(log, "ab") as out:
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/", env=environment)


def wait_for(what, wanted, seconds=180):
    """Waits for a condition, and gives how long that took."""
    began = time.monotonic()
    while not wanted():
        if time.monotonic() - began > seconds:
            sys.exit(f"after {seconds} s still not: {what}")
        time.sleep(0.2)
    return time.monotonic() - began


def ask(url, body=None, method=None):
    """The JSON of an answer that is a success, else None."""
    request = urllib.request.Request(
        url, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=3) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


class Node:
    def __init__(self, place, number):
        self.name = NODES[number - 1]
        self.data = f"10.77.0.{number}"
        self.control = f"10.77.1.{number}"
        self.place = place / self.name
        self.disk = self.place / "disk"
        self.patroni = None
        self.disk.mkdir(parents=True)
        run("mount", "-t", "tmpfs", "-o", f"size={DISK},mode=700,uid={USER},gid={USER}", "none", self.disk)
        run("chown", "-R", f"{USER}:{USER}", self.place)
        self.connect()
        self.write()
        self.etcd = self.start_etcd()

    def connect(self):
        run("ip", "netns", "add", self.name)
        run("ip", "link", "add", f"to-{self.name}", "type", "veth", "peer", "name", "eth0", "netns", self.name)
        run("ip", "link", "set", f"to-{self.name}", "master", "bridge", "up")
        for address in (self.data, self.control):
            self.ip("addr", "add", f"{address}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            self.ip("link", "set", device, "up")

    def ip(self, *words):
        run("ip", "-n", self.name, *words)

    def start_etcd(self):
        members = ",".join(f"{name}=http://10.77.1.{i}:2380" for i, name in enumerate(NODES, 1))
        return start(
            self.place / "etcd.log", "etcd", "--name", self.name, "--data-dir", self.place / "etcd",
            "--listen-client-urls", f"http://{self.control}:2379", "--advertise-client-urls", f"http://{self.control}:2379",
            "--listen-peer-urls", f"http://{self.control}:2380",
            "--initial-advertise-peer-urls", f"http://{self.control}:2380", "--initial-cluster", members,
            "--initial-cluster-state", "new", "--heartbeat-interval", "300", "--election-timeout", "3000",
            "--pre-vote",  # who was cut off and comes back does not end the others' term
            "--enable-v2",  # by version 3 Patroni 3.0.2, Debian 12's, may let an old leader overwrite the new one's lock
            node=self.name)

    def write(self):
        etcd = ",".join(f"10.77.1.{i}:2379" for i in range(1, len(NODES) + 1))
        (self.place / "patroni.json").write_text(json.dumps({  # which is YAML as well
            "scope": "claudometer", "name": self.name,
            "restapi": {"listen": f"{self.control}:8008", "connect_address": f"{self.control}:8008"},
            "etcd": {"hosts": etcd},
            "bootstrap": {
                "dcs": {
                    "ttl": 20, "loop_wait": 2, "retry_timeout": 8, "master_start_timeout": 5, "synchronous_mode": True,
                    "maximum_lag_on_failover": 1 << 30,
                    "postgresql": {"use_pg_rewind": True, "parameters": {
                        "wal_log_hints": "on", "max_wal_size": "32MB", "min_wal_size": "4MB", "shared_buffers": "32MB",
                        "wal_keep_size": "16MB", "max_connections": 40}}},
                "initdb": [{"encoding": "UTF8"}, {"wal-segsize": "1"}, "data-checksums"]},
            "postgresql": {
                "listen": f"{self.data}:5432", "connect_address": f"{self.data}:5432", "data_dir": str(self.disk / "data"),
                "bin_dir": str(BINARIES[-1]), "pgpass": str(self.place / "pgpass"),
                "remove_data_directory_on_rewind_failure": True, "remove_data_directory_on_diverged_timelines": True,
                "authentication": {"superuser": {"username": "postgres"}, "replication": {"username": "postgres"}},
                "parameters": {"unix_socket_directories": str(self.place)},
                "pg_hba": ["local all all trust", "host all all 10.77.0.0/24 trust",
                           "host replication all 10.77.0.0/24 trust"]}}))

    def start(self):
        self.patroni = start(self.place / "patroni.log", "patroni", self.place / "patroni.json", node=self.name)

    def kill(self):
        """Ends PostgreSQL and Patroni as a machine that loses its power does; etcd stays."""
        while pids := [int(pid) for pid in run("ip", "netns", "pids", self.name).split() if int(pid) != self.etcd.pid]:
            for pid in pids:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.patroni.poll()
        self.patroni.wait()

    def cut(self):
        run("ip", "link", "set", f"to-{self.name}", "down")

    def mend(self):
        run("ip", "link", "set", f"to-{self.name}", "up")

    def starve(self, others):
        """What this node writes reaches no other one any more; it can still be written to, and stays the leader."""
        for other in others:
            self.ip("route", "add", "blackhole", f"{other.data}/32")

    def feed(self, others):
        for other in others:
            self.ip("route", "del", "blackhole", f"{other.data}/32")

    def fill(self):
        """Leaves nothing of the disk."""
        with open(self.disk / "ballast", "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass

    def free(self):
        (self.disk / "ballast").unlink()


class Cluster:
    def __init__(self, place):
        self.place = place
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "bridge", "type", "bridge")
        run("ip", "link", "set", "bridge", "up")
        for net in (0, 1):
            run("ip", "addr", "add", f"10.77.{net}.254/24", "dev", "bridge")
        self.nodes = {NODES[i - 1]: Node(place, i) for i in range(1, len(NODES) + 1)}
        self.proxy()
        self.pool()
        for node in self.nodes.values():
            node.start()
        wait_for("three nodes, one of them the leader", self.whole)
        self.sql("postgres", "CREATE ROLE claudometer LOGIN", "CREATE DATABASE claudometer OWNER claudometer",
                 "ALTER ROLE claudometer SET synchronous_commit = 'on'",
                 "ALTER ROLE claudometer SET idle_in_transaction_session_timeout = '30s'",
                 "ALTER ROLE claudometer SET plan_cache_mode = 'force_custom_plan'")

    def proxy(self):
        file = self.place / "haproxy.cfg"
        nodes = "\n".join(
            f"  server {node.name} {node.data}:5432 check addr {node.control} port 8008" for node in self.nodes.values())
        servers = "\n".join(f"  server s{port} 127.0.0.1:{port} check inter 1s" for port in SERVERS)
        file.write_text(f"""
defaults
  timeout connect 2s
  timeout client 10m
  timeout server 10m
listen primary
  mode tcp
  bind 127.0.0.1:{PRIMARY}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
{nodes}
listen servers
  mode http
  bind 127.0.0.1:{AGENTS}
  balance roundrobin
  option httpchk
  http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host localhost
{servers}
""")
        start(self.place / "haproxy.log", "haproxy", "-f", file)

    def pool(self):
        (self.place / "users.txt").write_text('"claudometer" ""\n')
        file = self.place / "pgbouncer.ini"
        file.write_text(f"""
[databases]
claudometer = host=127.0.0.1 port={PRIMARY} dbname=claudometer
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {POOL}
unix_socket_dir =
auth_type = trust
auth_file = {self.place}/users.txt
pool_mode = transaction
default_pool_size = 4
ignore_startup_parameters = options,extra_float_digits
server_login_retry = 1
server_connect_timeout = 5
""")
        start(self.place / "pgbouncer.log", "pgbouncer", file)

    def sql(self, database, *statements):
        for statement in statements:
            shown = run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", self.leader().data, "-U", "postgres", "-d", database,
                        "-c", statement)
        return shown

    def members(self):
        """What Patroni says of the nodes; nothing where none of it can be asked."""
        for node in self.nodes.values():
            if told := ask(f"http://{node.control}:8008/cluster"):
                return told["members"]
        return []

    def whole(self):
        """Whether all nodes have the leader's data and follow it."""
        members = self.members()
        leaders = [each for each in members if each["role"] == "leader" and each["state"] == "running"]
        timelines = {each.get("timeline") for each in members}
        states = all(each["state"] in ("running", "streaming") for each in members)
        return len(members) == len(NODES) and len(leaders) == 1 and states and len(timelines) == 1 and self.streaming() == 2

    def streaming(self):
        try:
            return int(self.sql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"))
        except (subprocess.SubprocessError, StopIteration):
            return 0

    def leader(self):
        """The node that answers as one that can be written to."""
        return next(node for node in self.nodes.values() if ask(f"http://{node.control}:8008/primary"))

    def switch_over(self, leader):
        ask(f"http://{leader.control}:8008/switchover", {"leader": leader.name})

    def synchronous(self, wanted):
        """Whether the leader waits for a replica before it says that something is durable."""
        ask(f"http://{self.leader().control}:8008/config", {"synchronous_mode": wanted}, "PATCH")
        wait_for("the leader waits as it is told", lambda: bool(
            self.sql("postgres", "SHOW synchronous_standby_names")) == wanted)
