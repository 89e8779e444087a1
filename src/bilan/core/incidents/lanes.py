"""In which order tellings are put together: news, then what is recalled, then parties' answers."""

from __future__ import annotations

from bilan.core.claims.account import Label, Role
from bilan.core.incidents.answers import is_answer
from bilan.core.incidents.telling import Telling
from bilan.core.values import PublisherKind

# Counts and words that allege harm even where no number is given.
HARM = frozenset({Label.KILLED, Label.INJURED, Label.MISSING, Label.COMPOSITION})


def alleges_harm(telling: Telling) -> bool:
    """Whether somebody was killed, hurt or lost by this telling, with or without a number."""
    account = telling.account
    counts = (account.killed, account.injured, account.missing, account.fighters_killed)
    parts = (account.killed_children, account.killed_women, account.killed_men)
    harmed = any(c is not None and c.max != 0 for c in (*counts, *parts))
    told = any(f.label in HARM for f in telling.figures)
    blamed = bool(account.alleged_perpetrators and telling.voices)
    return harmed or told or blamed or account.shared_toll is not None


def lane(telling: Telling) -> int:
    """News first, then what is only recalled, then the parties' own answers.

    An official release that tells of no harm is no news of harm: it ties by the rules of answers.
    """
    official = telling.publisher.kind is PublisherKind.OFFICIAL
    if is_answer(telling) or (official and not alleges_harm(telling)):
        return 2
    return 0 if telling.account.role is Role.MAIN else 1
