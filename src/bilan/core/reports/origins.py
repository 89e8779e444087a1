"""Who knew it first: the informants on whom reports rest, and which of them are one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """An informant without a word of the report.

    `mark` identifies the noun phrase (see `mark_of`), `key` a known agency, monitor or service.
    `vague` holds for "Syrian media" and "local sources"; `party` is the canonical name of the
    party that it belongs to.
    """

    mark: str
    key: str | None = None
    vague: bool = False
    party: str | None = None

    @property
    def identity(self) -> str:
        """The known key where there is one, else the mark of the phrase."""
        return self.key or f"~{self.mark}"
