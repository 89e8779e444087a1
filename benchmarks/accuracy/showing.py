"""Tables of figures: for the terminal, and for the page in the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.accuracy.scored import Scored

# Figures of the languages' table; the others are too thin per language to mean anything.
PER_LANGUAGE = ("relevance", "killed", "killed_min", "injured", "date", "place", "perpetrators")


def for_terminal(scored: Scored, floors: Mapping[str, float | str]) -> Iterator[str]:
    """One line per figure: value, 95 % interval, n, pinned floor, target and what it lacks."""
    yield f"\n{scored.name}"
    yield f"  {'figure':28s} {'value':>6s}  95 % interval       n   floor  target"
    for name, f in sorted(scored.figures.items()):
        floor, target = floors.get(name), scored.targets.get(name)
        pinned = f"{floor:.2f}" if isinstance(floor, float) else ""
        wanted = "" if target is None else f"{target:.2f} {_lack(f.value, target)}"
        yield (
            f"  {name:28s} {f.value:6.3f}  [{f.low:.3f}, {f.high:.3f}] {f.n:6d}"
            f"   {pinned:5s}  {wanted}"
        ).rstrip()
    if scored.languages:
        yield from _languages(scored)


def _lack(value: float, target: float) -> str:
    return "reached" if value >= target else f"lacks {target - value:.3f}"


def _languages(scored: Scored) -> Iterator[str]:
    codes = [code for code in scored.languages if code != "ALL"]
    yield "  " + " " * 16 + " ".join(f"{code:>5s}" for code in codes)
    for name in PER_LANGUAGE:
        values = (scored.languages[code].get(name) for code in codes)
        yield f"  {name:16s}" + " ".join("    -" if v is None else f"{v:5.2f}" for v in values)


def for_page(scored: Scored, limits: str) -> Iterator[str]:
    """The same as Markdown."""
    yield f"### {scored.name}\n"
    yield f"{limits}\n"
    yield "| figure | value | 95 % interval | n | target |"
    yield "|---|---|---|---|---|"
    for name, f in sorted(scored.figures.items()):
        target = scored.targets.get(name)
        wanted = "" if target is None else f"{target:.2f}"
        yield f"| {name} | {f.value:.3f} | {f.low:.3f} to {f.high:.3f} | {f.n} | {wanted} |"
    yield ""
    if scored.languages:
        yield from _languages_on_page(scored)


def _languages_on_page(scored: Scored) -> Iterator[str]:
    codes = [code for code in scored.languages if code != "ALL"]
    yield "| per language | " + " | ".join(codes) + " |"
    yield "|---" * (len(codes) + 1) + "|"
    for name in PER_LANGUAGE:
        values = (scored.languages[code].get(name) for code in codes)
        yield f"| {name} | " + " | ".join("" if v is None else f"{v:.2f}" for v in values) + " |"
    yield ""
