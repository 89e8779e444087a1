"""A PostgreSQL server of its own, for tests and measures; nothing of it stays behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def server_programs() -> Path | None:
    """The folder of the server's programs; None where this machine has none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class PostgresServer:
    """A real server of its own, in a folder of its own; it does not start as root.

    `durable`: what it says is written survives a power cut, at the price of every server in use.
    """

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="bilan-pg-"))
        self.count = 0
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C")
        options = f"-k {self.folder} -c listen_addresses='' -c fsync={'on' if durable else 'off'}"
        self._run("pg_ctl", "-D", data, "-o", options, "-l", f"{data}/log", "-w", "start")

    def _run(self, program: str, *args: str) -> None:
        command = [str(self.programs / program), *args]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, timeout=60)

    def new_database(self) -> str:
        """The address of an empty database."""
        self.count += 1
        name = f"record{self.count}"
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", name)
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def stop(self) -> None:
        """Stop the server and remove what it wrote."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
