"""Sets of given things, answered through the core: `python -m … SET OUT`, inputs in the folder.

Run by `running` as a process of its own, in a folder that holds the inputs and nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.accuracy.running import write_rows

Row = dict[str, Any]
Answer = Callable[[Path], Iterator[Row]]


def main(name: str, out: str) -> int:
    """Answer one set; 3 where this build has no answer to its kind."""
    answer = ANSWERS.get(name)
    if answer is None:
        print(f"  {name}: this build has no answer to sets of its kind", file=sys.stderr)
        return 3
    write_rows(Path(out), answer(Path.cwd()))
    return 0


ANSWERS: dict[str, Answer] = {}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
