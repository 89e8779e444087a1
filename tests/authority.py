"""A time-stamping authority on this machine, that a test starts: OpenSSL behind a small server."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NO_OPENSSL = "no openssl on this machine: what needs a time-stamping authority is skipped"
_CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical, CA:TRUE
[tsa]
extendedKeyUsage = critical, timeStamping
[tsa_config]
default_tsa = tsa_config
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """An authority with a root of its own."""

    def __init__(
        self, folder: Path, *, name: str = "Synthetic Time", key: str = "rsa:2048"
    ) -> None:
        self.folder, self.broken = folder, False
        folder.mkdir()
        (folder / "config").write_text(_CONFIG.format(folder=folder, name=name))
        (folder / "serial").write_text("01\n")
        kind = key.split(":")
        new = ["-newkey", key] if kind[0] == "rsa" else ["-newkey", "ec", "-pkeyopt", key]
        certify = ["req", "-config", "config", *new, "-nodes", "-x509", "-days", "3650"]
        root = ["-keyout", "root.key", "-out", "root.pem", "-extensions", "root"]
        self._run(*certify, *root, "-subj", f"/CN={name} Root")
        own = ["-keyout", "tsa.key", "-out", "tsa.pem", "-extensions", "tsa"]
        self._run(*certify, *own, "-CA", "root.pem", "-CAkey", "root.key")

    def _run(self, *args: str) -> None:
        subprocess.run(["openssl", *args], cwd=self.folder, check=True, capture_output=True)

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def answer(self, question: bytes) -> bytes:
        if self.broken:
            return b"come back tomorrow"
        (self.folder / "question").write_bytes(question)
        config = ["-config", "config", "-section", "tsa_config"]
        self._run("ts", "-reply", *config, "-queryfile", "question", "-out", "answer")
        return (self.folder / "answer").read_bytes()

    @contextmanager
    def open(self) -> Iterator[str]:
        """The address at which it answers."""
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = self.rfile.read(int(self.headers["Content-Length"]))
                answer = authority.answer(question)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def has_openssl() -> bool:
    return shutil.which("openssl") is not None
