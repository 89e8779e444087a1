"""Which of the figures that a report gives make the envelope of its account.

Several sources give the envelope (conventions, 1); the same source's later figure replaces its
earlier one (2, 16); a lower figure that counts only some of the same people widens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.scenes.figure import Figure, low_of

# A later figure under this share of an earlier one is a part of it unless another source gives it.
_PART_SHARE = 0.5
# Under this share it is a part though another source gives it, unless that source counts.
_NEAR = 0.8  # share of an exact finding from which a named source merely counts differently
_HEAD = 2  # first sentences of a monitor's own account, which give its finding
_MOST_ABOVE = 5  # times a finding; a figure higher than that counts something else (2..6 tried)
_LEAST_SHARE = 0.25
# A figure so many times the lead's, so many sentences behind it, is no later count of the same.
_FAR_TIMES, _FAR_SENTENCES = 4, 3
_SEVERAL = 3  # people that "several" and "many" are at least
_MOST_VOICES = 60  # informants whose figures are kept apart in one account


def chosen_of(figures: Sequence[Figure], *, own_finding: bool = False) -> list[Figure]:
    """The figures that make the envelope."""
    numbers = [f for f in figures if f.is_number]
    if own_finding and numbers and _is_finding(numbers[0]):
        return [numbers[0], *_beside(numbers[0], numbers[1:])]
    if not numbers or _is_lead_alone(figures, numbers[0]):
        named = [f for f in figures if not (f.is_plural or f.is_number)] or list(figures)
        return sorted(named, key=lambda f: -(f.count.min or 0))[:1]
    chosen: list[Figure] = []
    for figure in numbers:
        _weigh(chosen, figure)
    return chosen


def _is_lead_alone(figures: Sequence[Figure], number: Figure) -> bool:
    """Whether the report leads with people one by one ("a child was killed") and numbers come only
    far behind: they are of something else."""
    known = [f for f in figures if not f.is_surname]
    lead = min(known, key=lambda f: f.told[0].sentence)
    behind = number.told[0].sentence - lead.told[0].sentence
    return not (lead.is_number or lead.is_plural) and behind > _FAR_SENTENCES


def _is_finding(lead: Figure) -> bool:
    """Whether a monitor's first figure is its own: bounded in words, or given at the head."""
    head = lead.told[0].sentence < _HEAD and not lead.is_vague
    return lead.said_by is None and (lead.is_bounded or head)


def _beside(lead: Figure, others: Sequence[Figure]) -> list[Figure]:
    """What others count beside a finding: above one that is open ("at least ten … one spoke of
    14"), and just below one that is exact."""
    if lead.is_bounded and lead.count.max is not None:
        return []
    if lead.count.max is not None:
        return [f for f in others if _NEAR * low_of(lead) <= low_of(f) < low_of(lead) and f.said_by]
    low = low_of(lead)
    most = low * _MOST_ABOVE
    return [f for f in others if low < low_of(f) <= most and f.count.max is not None]


def _weigh(chosen: list[Figure], figure: Figure) -> None:
    """Adds a figure to those chosen unless it is part of one of them or one of them replaces it."""
    low = low_of(figure)
    for at, known in enumerate(chosen[:_MOST_VOICES]):
        if _is_made_exact(known, figure):
            chosen[at] = figure
            return
        if _same_voice(known, figure):
            if low > low_of(known) and not _is_afield(known, figure):
                chosen[at] = figure
            return
    biggest = max((low_of(f) for f in chosen), default=0)
    if chosen and (_is_part(figure, low, biggest) or len(chosen) >= _MOST_VOICES):
        return
    chosen.append(figure)


def _is_made_exact(known: Figure, later: Figure) -> bool:
    """Whether a later number says how many the "several" are that the report itself told before."""
    vague = known.is_vague and known.said_by is None and not later.is_vague
    few = low_of(known) <= _SEVERAL <= low_of(later)
    return vague and few and not _is_afield(known, later)


def _is_afield(known: Figure, later: Figure) -> bool:
    """Whether a far larger figure, told far behind the lead, is of something else."""
    far = later.told[0].sentence - known.told[0].sentence > _FAR_SENTENCES
    return far and known.is_number and low_of(later) > _FAR_TIMES * max(1, low_of(known))


def _is_part(figure: Figure, low: int, biggest: int) -> bool:
    """Whether a lower figure beside a higher one counts only some of the same people."""
    if low >= biggest:
        return False
    if all(t.mention.definite for t in figure.told):
        return True  # "the two dead bandsmen" are some of the three just told
    if figure.is_vague or figure.said_by is None:
        return figure.is_vague or low <= biggest * _PART_SHARE
    return low < biggest * _LEAST_SHARE and not figure.counted


def _same_voice(a: Figure, b: Figure) -> bool:
    if a.said_by is None or b.said_by is None:
        return a.said_by is b.said_by
    return (a.said_by.key or a.said_by.name) == (b.said_by.key or b.said_by.name)
