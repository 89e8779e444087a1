"""Looks for texts on which reading breaks: any Unicode, steered by what code each text reaches.

The fuzzer is atheris (Apache-2.0): wheels for Linux, 130 MB, installed apart by `make fuzz` and
needed by nothing else (docs/decisions/0015).
"""

from benchmarks.speed.peers import BUILD

FUZZER = ("fuzzer", ("atheris==3.0.0",))
KEPT = BUILD / "fuzz"
