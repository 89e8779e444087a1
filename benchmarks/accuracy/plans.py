"""What each evaluation set asks for, and how the product answers it.

A set of texts is read by `bilan read --jsonl`; a set of given things (expressions, names, rows,
questions) is answered through the core by `components`. Either way the answering process is handed
the `inputs` and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXTS = ("reports.jsonl",)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one set is answered. `limits` is what a reader of its figures has to know."""

    name: str
    limits: str
    inputs: tuple[str, ...] = TEXTS
    options: tuple[str, ...] = ()  # of `bilan read`
    component: bool = False  # answered by `components`: linked reports, or no texts at all
    languages: bool = False  # whether the scorer tells languages apart


ANY = ("--scope", "any")

PLANS = (
    Plan(
        "gold",
        "Written for measuring, so cleaner than the web; few reports per language.",
        component=True,
        languages=True,
    ),
    Plan(
        "airwars-reports",
        "The register's final state is asked for: a report may rightly say less. Captured pages"
        " with comments and furniture; only a third have a date of publication.",
        component=True,
    ),
    Plan("airwars-gaza", "English narratives of one register, one style.", options=ANY),
    Plan(
        "coalition-statements",
        "Answers of one coalition in its own fixed style.",
        inputs=("reports.jsonl", "candidates.jsonl"),
        component=True,
    ),
    Plan(
        "airwars-register",
        "One register's rows; the flags are rules of a register, not judgements.",
        inputs=("incidents.csv", "belligerents.csv"),
        component=True,
    ),
    Plan(
        "gva",
        "US crime news, out of the product's scope; counts are final and may include the shooter.",
        inputs=("reports.jsonl", "questions.jsonl"),
        component=True,
    ),
    Plan(
        "muc4",
        "Newswire in capitals from 1989-90; templates, not tolls, decide.",
        options=ANY,
    ),
    Plan(
        "re3d",
        "Few documents; annotators left many numbers inside longer phrases.",
        options=("--spans", "all", *ANY),
    ),
    Plan("case2021", "Snippets without a date, thirty event types.", options=ANY),
    Plan(
        "timex",
        "Expressions are given; business news of 1989-98 and Wikinews.",
        component=True,
    ),
    Plan(
        "places",
        "Names are given; mostly small towns of the United States.",
        component=True,
    ),
    Plan(
        "isaf",
        "Releases of one party; the dead are mostly fighters; a third have no dateline.",
        options=ANY,
    ),
    Plan("india_police", "One newspaper, one question.", options=ANY),
)
BY_NAME = {plan.name: plan for plan in PLANS}
