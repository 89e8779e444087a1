"""Starts Django, once, and points it at a database.

Django is one per process, so a process works on one record at a time. Nothing that only reads
texts comes here: `bilan read` never loads Django.
"""

from __future__ import annotations

import os
from typing import Any

import django
from django.apps import apps
from django.db import connections

OTHER = "other"  # what Django calls the second database


def start() -> None:
    """Load the tables; a second call does nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilan.settings")
    if not apps.ready:
        django.setup()


def point_at(database: dict[str, Any], *, other: dict[str, Any] | None = None) -> None:
    """Make `database` the one that every table is read from and written to.

    `other`: one more, under the name OTHER, for who copies from one to the other.
    """
    start()
    named = {"default": dict(database)} | ({OTHER: dict(other)} if other else {})
    filled = connections.configure_settings(named)
    connections.close_all()
    for known in connections.all(initialized_only=True):
        del connections[known.alias]
    connections.settings.pop(OTHER, None)
    connections.settings.update(filled)
