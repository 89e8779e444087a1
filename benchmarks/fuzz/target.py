"""The process in which the fuzzer runs: it ends at the first text that breaks a law.

`python -m benchmarks.fuzz.target [libFuzzer's options] [folders or files]`. Every module of
the core is watched for the branches that a text reaches.
"""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.fuzz import FUZZER
from benchmarks.speed import peers


def main() -> None:
    """Never returns: the fuzzer ends the process."""
    problem = peers.install(FUZZER)
    if problem:
        sys.exit(f"the fuzzer is not here: {problem}")
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["bilan.core"]):
        inputs = import_module("benchmarks.fuzz.inputs")
        laws = import_module("benchmarks.fuzz.laws")
        places = import_module("bilan.cli.place_finder").opened_places()

    def one(data: bytes) -> None:
        laws.check(inputs.given(data), places)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
