"""What people would use instead: installed apart, never needed by the product or its tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from types import ModuleType

from benchmarks.accuracy.running import ROOT

FOLDER = ROOT / "build" / "speed-peers"
WANTED = ("spacy==3.8.18", "ahocorasick_rs==1.0.3")
_STAMP = FOLDER / "installed"


def install() -> str | None:
    """Put the peers into a folder of their own; what went wrong, in words, or None."""
    if not (_STAMP.exists() and _STAMP.read_text() == " ".join(WANTED)):
        problem = _install()
        if problem:
            return problem
        _STAMP.write_text(" ".join(WANTED))
    # At the end, so that no library of a peer can take the place of one of ours.
    sys.path.append(str(FOLDER))
    return None


def _install() -> str | None:
    local = ROOT / ".tools" / "bin" / "uv"
    uv = shutil.which("uv") or (str(local) if local.exists() else None)
    if uv is None:
        return "uv is not here to install them"
    command = [uv, "pip", "install", "-q", "--python", sys.executable, "--target", str(FOLDER)]
    done = subprocess.run([*command, *WANTED], capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr.strip()[-300:]


def peer(name: str) -> ModuleType | None:
    """A peer's module, or None where it is not there."""
    try:
        return import_module(name)
    except ImportError:
        return None
