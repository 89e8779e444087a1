"""Write anew what the docs quote from the program: console sessions and the command reference.

`python docs/regenerate.py` rewrites them; the tests call the same functions and compare.
Every page with `console` blocks is one session: its blocks run in order, in an empty folder with
a copy of `examples/`, with a gazetteer, keys and a record that are nobody else's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from bilan.cli.main import app
from bilan.engines.gazetteer import gazetteer_path, sources_of
from bilan.engines.gazetteer_change import remove_list

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
COMMANDS = ROOT / "docs" / "reference" / "commands.md"

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMANDS = re.compile(r"(?<=<!-- from here on: make docs -->\n).*", re.DOTALL)
_COLUMNS = 88
_BUILT_IN = {"geonames", "countries", "regions", "landmarks"}  # the lists of a fresh gazetteer
# What differs from run to run, and is none of the reader's business.
_PASSING = (
    (re.compile(r"\b\d+\.\d s\b"), "0.1 s"),
    (re.compile(r"\b[0-9a-f]{64}\b"), f"{'9f3c' * 16}"),
    (re.compile(r"\b(record|key) [0-9a-f]{8}\b"), r"\1 9f3c9f3c"),
    (re.compile(r"\bon 20\d\d-\d\d-\d\d\b"), "on 2026-11-25"),
    (re.compile(r"\bgazetteer geonames\S+"), "gazetteer geonames-…"),
)


def sessions() -> Iterator[Path]:
    """The pages whose console blocks can be run: every command in them is `bilan` or harmless."""
    for page in PAGES:
        if any(_is_session(block) for block in _BLOCK.findall(page.read_text("utf-8"))):
            yield page


def _is_session(block: str) -> bool:
    return any(line.startswith("$ bilan ") for line in block.splitlines())


def rerun(page: Path) -> str:
    """The page with the output of every session as it is now."""
    with tempfile.TemporaryDirectory(prefix="bilan-docs-") as folder:
        work = Path(folder)
        shutil.copytree(ROOT / "examples", work / "examples")
        environment = _environment(work)

        def block(found: re.Match[str]) -> str:
            if not _is_session(found[1]):
                return found[0]
            shown = "".join(_run(line, work, environment) for line in _prompts(found[1]))
            return f"```console\n{shown}```"

        return _BLOCK.sub(block, page.read_text("utf-8"))


def _prompts(block: str) -> Iterator[str]:
    """The commands of a block; one that ends in a backslash goes on in the next line."""
    lines = iter(block.splitlines())
    for line in lines:
        if not line.startswith("$ "):
            continue
        while line.endswith("\\"):
            line += "\n" + next(lines)
        yield line[2:]


def _environment(work: Path) -> dict[str, str]:
    gazetteer = work / ".gazetteer.sqlite"
    shutil.copy(gazetteer_path(), gazetteer)
    for source in sources_of(gazetteer):
        if source["name"] not in _BUILT_IN:  # a reader of the docs has added nothing yet
            remove_list(gazetteer, str(source["name"]))
    ours = {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}
    return {
        **ours,  # the tree that is being worked on, where it is not the one installed
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(work),
        "PYTHONPATH": str(ROOT / "src"),  # the program of this checkout, whatever is installed
        "LANG": "C.UTF-8",
        "COLUMNS": str(_COLUMNS),
        "NO_COLOR": "1",
        "BILAN_GAZETTEER": str(gazetteer),
        "BILAN_KEYS": str(work / ".keys"),
    }


def _run(command: str, work: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S602  (the commands are those of our own pages)
        command,
        shell=True,
        cwd=work,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    output = done.stdout.replace(str(work), "~")
    for passing, instead in _PASSING:
        output = passing.sub(instead, output)
    end = "" if not output or output.endswith("\n") else "\n"
    return f"$ {command}\n{output}{end}"


def command_reference() -> str:
    """The page of commands with the part that the program itself knows best."""
    root = get_command(app)
    body = "\n".join(_chapters(root, "bilan"))
    return _COMMANDS.sub(lambda _: f"\n{body}", COMMANDS.read_text("utf-8"))


def _chapters(group: Any, path: str) -> Iterator[str]:
    context = type(group).context_class(
        group, info_name=path, terminal_width=_COLUMNS, **group.context_settings
    )
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        family = hasattr(command, "list_commands")
        if not family or any(parameter.name != "help" for parameter in command.params):
            inner = type(command).context_class(
                command, info_name=f"{path} {name}", terminal_width=_COLUMNS
            )
            yield f"## {path} {name}\n\n```text\n{command.get_help(inner).strip()}\n```\n"
        if family:
            yield from _chapters(command, f"{path} {name}")


def main() -> None:
    """Rewrite every page that has moved."""
    wanted = {page: rerun(page) for page in sessions()}
    wanted[COMMANDS] = command_reference()
    for page, text in wanted.items():
        if page.read_text("utf-8") != text:
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"rewrote {page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
