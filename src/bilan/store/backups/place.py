"""The folder of a backup: its header, its manifests, the parts of the ledger, the objects."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from bilan.core.errors import DataError, IntegrityError, Refused, UsageError
from bilan.store.backups.cover import Cover, cover_of, new_cover
from bilan.store.chain import FIRST_PREV, Link, canonical, sha256
from bilan.store.disk import ASIDE, sync_folder, write_aside, write_durably

HEADER = "bilan-backup.json"
FORMAT = 1
KEYS = "objects.keys"
_LINK = tuple(field.name for field in fields(Link))
ANOTHER = "Use another copy of the backup, or an earlier moment: --moment ENTRY."


@dataclass(frozen=True, slots=True)
class Part:
    """Entries of the ledger that lie in one file; `sha256` is of what the file says in clear."""

    name: str
    first: int
    last: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What a backup holds of one moment. `tables` is the digest of the derived tables then."""

    record: str
    at: str
    made_with: str
    seq: int
    head: str
    tables: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a backup, opened."""

    folder: Path
    record: str
    cover: Cover

    # -- moments ----------------------------------------------------------------------------

    def moments(self) -> list[int]:
        """The entries at which a whole backup was taken, in order."""
        found = (path.stem for path in (self.folder / "moments").glob("*.json"))
        return sorted(int(stem) for stem in found if stem.isdecimal())

    def moment(self, seq: int | None = None) -> Moment:
        """The manifest of a moment, the last one by default."""
        there = self.moments()
        if not there or (seq is not None and seq not in there):
            known = ", ".join(map(str, there)) or "none"
            raise UsageError(f"The backup has no such moment. It has: {known}.")
        name = f"moments/{there[-1] if seq is None else seq:012}.json"
        try:
            text, digest = self.read(name).decode().splitlines()
            if sha256(text.encode()) != digest:
                raise ValueError(digest)
            says = json.loads(text)
            parts = tuple(Part(**part) for part in says.pop("parts"))
            return Moment(**says, parts=parts)
        except (ValueError, TypeError, KeyError) as error:
            raise IntegrityError(f"{name} of the backup is malformed.", hint=ANOTHER) from error

    def keep_moment(self, moment: Moment) -> None:
        """Write a manifest and its hash: from now on this moment is whole."""
        text = canonical(asdict(moment))
        lines = f"{text}\n{sha256(text.encode())}\n"
        self.write(f"moments/{moment.seq:012}.json", lines.encode())

    # -- the ledger ---------------------------------------------------------------------------

    def keep_part(self, links: Sequence[Link]) -> Part:
        """Write entries as one part."""
        text = "".join(canonical([getattr(link, name) for name in _LINK]) + "\n" for link in links)
        data = text.encode()
        first, last, digest = links[0].seq, links[-1].seq, sha256(data)
        name = f"ledger/{first:012}-{last:012}-{digest[:12]}.jsonl.gz"
        self.write(name, gzip.compress(data, mtime=0))
        return Part(name, first, last, digest)

    def links(self, moment: Moment) -> Iterator[Link]:
        """Every entry of a moment, checked: no gap, each hash as it must be, the head in the end.

        IntegrityError names the file or the entry that does not hold.
        """
        seq, prev = 0, FIRST_PREV
        for part in moment.parts:
            for link in self._links_in(part):
                if (link.seq, link.prev) != (seq + 1, prev) or link.hash != link.due_hash:
                    raise IntegrityError(f"Entry {seq + 1} of the backup is wrong.", hint=ANOTHER)
                seq, prev = link.seq, link.hash
                yield link
        if (seq, prev) != (moment.seq, moment.head):
            raise IntegrityError("The backup does not end as its manifest says.", hint=ANOTHER)

    def _links_in(self, part: Part) -> Iterator[Link]:
        try:
            data = gzip.decompress(self.read(part.name))
        except (OSError, EOFError, ValueError) as error:
            raise IntegrityError(f"{part.name} of the backup is torn.", hint=ANOTHER) from error
        if sha256(data) != part.sha256:
            raise IntegrityError(f"{part.name} of the backup was changed.", hint=ANOTHER)
        for line in data.splitlines():
            yield Link(*json.loads(line))

    # -- files --------------------------------------------------------------------------------

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole, or not at all."""
        write_durably(self.folder / name, self.cover.seal(name, data))

    def read(self, name: str) -> bytes:
        """What a file says."""
        try:
            data = (self.folder / name).read_bytes()
        except FileNotFoundError as error:
            raise IntegrityError(f"{name} of the backup is missing.", hint=ANOTHER) from error
        return self.cover.open(name, data)

    def object(self, name: str) -> Path:
        """Where the object of that name lies."""
        hidden = self.cover.name_of(name)
        return self.folder / "objects" / hidden[:2] / hidden[2:]

    def keep_object(self, name: str, data: bytes) -> None:
        """Keep the encrypted bytes of an object, once."""
        path = self.object(name)
        path.parent.mkdir(exist_ok=True)
        write_aside(path.parent, data).replace(path)

    def sync_objects(self) -> None:
        """Make the names of the objects last; before the manifest that counts on them."""
        for folder in sorted(p for p in (self.folder / "objects").iterdir() if p.is_dir()):
            sync_folder(folder)
        sync_folder(self.folder / "objects")

    def sweep(self) -> None:
        """Remove what an interrupted backup left aside; while no other one is at work."""
        for path in self.folder.rglob(f"*{ASIDE}"):
            path.unlink(missing_ok=True)


def open_place(folder: Path, passphrase: str | None) -> Place:
    """The backup in a folder; Refused where it needs a passphrase, or another one."""
    says = _header(folder)
    record, covered = says["record"], says["cover"]
    if covered is None:
        return Place(folder, record, Cover(record))
    if passphrase is None:
        raise Refused("This backup is encrypted.", hint="Say where: --passphrase-file FILE.")
    return Place(folder, record, cover_of(record, covered, passphrase))


def _header(folder: Path) -> dict[str, Any]:
    try:
        says = json.loads((folder / HEADER).read_text(encoding="utf-8"))
        made, _, _ = says["format"], says["record"], says["cover"]
    except FileNotFoundError as error:
        raise UsageError(f"{folder} is no backup.", hint="`bilan backup DIR` makes one.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{folder / HEADER} is malformed.", hint=ANOTHER) from error
    if made > FORMAT:
        raise Refused(
            f"{folder} was made by a newer Bilan (format {made}; this one knows {FORMAT}).",
            hint="Install the newer version; nothing was changed.",
        )
    return dict(says)


def is_place(folder: Path) -> bool:
    """Whether a backup was begun in this folder."""
    return (folder / HEADER).is_file()


def make_place(folder: Path, record: str, passphrase: str | None) -> Place:
    """Begin a backup in a folder that holds nothing else."""
    if folder.exists() and any(path.suffix != ASIDE for path in _left(folder)):
        raise Refused(f"{folder} holds something else.", hint="Name a new or an empty folder.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("moments", "ledger", "objects"):
        (folder / name).mkdir(exist_ok=True)
    cover, covered = (Cover(record), None) if passphrase is None else new_cover(record, passphrase)
    says = {"format": FORMAT, "record": record, "cover": covered}
    write_durably(folder / HEADER, (json.dumps(says, indent=1) + "\n").encode())
    return Place(folder, record, cover)


def _left(folder: Path) -> Iterator[Path]:
    """What lies in a folder, but for what a beginning that was interrupted leaves there."""
    for path in folder.iterdir():
        if path.name not in ("moments", "ledger", "objects") or any(path.iterdir()):
            yield path
