"""What people would use instead: installed apart, never needed by the product or its tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from benchmarks.accuracy.running import ROOT

BUILD = ROOT / "build"
READING = ("speed-peers", ("spacy==3.8.18", "ahocorasick_rs==1.0.3"))
SPARK = ("spark-peer", ("pyspark==4.3.0",))
LINKING = ("linking-peers", ("splink==5.0.0", "duckdb==2.0.0", "rensa==0.5.0", "datasketch==2.0.0"))


def install(peers: tuple[str, tuple[str, ...]] = READING) -> str | None:
    """Put the peers into a folder of their own; what went wrong, in words, or None."""
    name, wanted = peers
    folder = BUILD / name
    stamp = folder / "installed"
    if not (stamp.exists() and stamp.read_text() == " ".join(wanted)):
        problem = _install(folder, wanted)
        if problem:
            return problem
        stamp.write_text(" ".join(wanted))
    # At the end, so that no library of a peer can take the place of one of ours.
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return None


def _install(folder: Path, wanted: tuple[str, ...]) -> str | None:
    local = ROOT / ".tools" / "bin" / "uv"
    uv = shutil.which("uv") or (str(local) if local.exists() else None)
    if uv is None:
        return "uv is not here to install them"
    command = [uv, "pip", "install", "-q", "--python", sys.executable, "--target", str(folder)]
    done = subprocess.run([*command, *wanted], capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr.strip()[-300:]


def peer(name: str) -> ModuleType | None:
    """A peer's module, or None where it is not there."""
    try:
        return import_module(name)
    except ImportError:
        return None
