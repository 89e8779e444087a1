"""Answers a set in a process of its own that is handed the inputs alone, never the gold.

Answers are kept under `build/accuracy/<set>/`, named after a digest of the product and the inputs:
a set that was answered by the same build is not answered again, one that was interrupted goes on.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.accuracy.plans import TEXTS, Plan

Row = dict[str, Any]
ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "accuracy"
_PRODUCT = ROOT / "src" / "bilan"
_HERE = Path(__file__).parent
_BATCH = 100  # reports per reading process and line of progress; a start costs about a second
NO_ANSWER = 3  # exit code of `components` where this build has no answer to a set of that kind
_FAULTS_MET = 1  # exit code of `bilan read` when the input had faults: the rest was read


class Unanswered(Exception):
    """The product could not answer a set at all."""


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def write_rows(path: Path, content: Iterator[Row] | list[Row]) -> None:
    """A JSONL file, whole or not at all."""
    beside = path.with_suffix(".writing")
    with beside.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in content)
    beside.replace(path)


def product_digest() -> str:
    """A digest of every file that can change an answer, the gazetteer included."""
    digest = sha256(os.environ.get("BILAN_GAZETTEER", "").encode())
    for path in sorted(p for p in _PRODUCT.rglob("*") if p.suffix in {".py", ".toml", ".json"}):
        digest.update(str(path.relative_to(_PRODUCT)).encode() + path.read_bytes())
    digest.update((_HERE / "components.py").read_bytes())
    return digest.hexdigest()


def answered(plan: Plan, folder: Path, *, jobs: int, fresh: bool, build: str) -> Path:
    """The file of answers to one set, from an earlier run of the same build or made now."""
    inputs = sha256(build.encode())
    for name in plan.inputs:
        inputs.update((folder / name).read_bytes())
    out = KEPT / plan.name / f"{inputs.hexdigest()[:16]}.jsonl"
    out.parent.mkdir(parents=True, exist_ok=True)
    if fresh:
        out.unlink(missing_ok=True)
    if not out.exists():
        for old in out.parent.glob("*.jsonl"):
            old.unlink()
        _answer(plan, folder, out, jobs=jobs)
    return out


def _answer(plan: Plan, folder: Path, out: Path, *, jobs: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bilan-accuracy-") as name:
        apart = Path(name)
        for file in plan.inputs:
            shutil.copyfile(folder / file, apart / file)
        answer = _run_component if plan.component else _read
        answer(plan, apart, out, jobs=jobs)


def _environment() -> dict[str, str]:
    """The answering process does not even know where the evaluation sets lie."""
    kept = {name: value for name, value in os.environ.items() if name != "BILAN_EVAL"}
    return kept | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}


def _run_component(plan: Plan, apart: Path, out: Path, *, jobs: int) -> None:  # noqa: ARG001
    part = out.with_suffix(".part")
    command = [sys.executable, "-m", "benchmarks.accuracy.components", plan.name, str(part)]
    done = subprocess.run(command, cwd=apart, env=_environment(), check=False)
    if done.returncode == NO_ANSWER:
        raise Unanswered("this build has no answer to sets of its kind")
    if done.returncode:
        raise Unanswered(f"{plan.name}: the answering process ended with {done.returncode}")
    part.replace(out)


def _read(plan: Plan, apart: Path, out: Path, *, jobs: int) -> None:
    part = out.with_suffix(".part")
    known = {row["id"] for row in rows(part)} if part.exists() else set()
    todo = [row for row in rows(apart / TEXTS[0]) if row["id"] not in known]
    began, done, total = time.monotonic(), len(known), len(known) + len(todo)
    waiting = iter(todo)
    with part.open("a", encoding="utf-8") as kept:
        while batch := list(islice(waiting, _BATCH * jobs)):
            kept.write(read_batch(batch, apart, plan.options, jobs=jobs))
            kept.flush()
            done += len(batch)
            print(f"  {plan.name}: {done} of {total}, {time.monotonic() - began:.0f} s",
                  file=sys.stderr, flush=True)  # fmt: skip
    part.replace(out)


def read_batch(batch: list[Row], apart: Path, options: tuple[str, ...], *, jobs: int) -> str:
    """What `bilan read --jsonl` prints for some reports."""
    given = apart / "batch.jsonl"
    write_rows(given, batch)
    command = [
        str(Path(sys.executable).with_name("bilan")),
        "read",
        "--jsonl",
        str(given),
        *options,
    ]
    done = subprocess.run(
        [*command, "--jobs", str(jobs)],
        cwd=apart, env=_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    # An input with faults ends with 1 and is read all the same; so does a crash, which prints less.
    if done.returncode not in (0, _FAULTS_MET) or done.stdout.count("\n") != len(batch):
        raise Unanswered(f"bilan read ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout
