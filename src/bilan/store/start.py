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


def start() -> None:
    """Load the tables; a second call does nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilan.settings")
    if not apps.ready:
        django.setup()


def point_at(database: dict[str, Any]) -> None:
    """Make `database` the one that every table is read from and written to."""
    start()
    filled = connections.configure_settings({"default": dict(database)})["default"]
    connections.close_all()
    connections.settings["default"] = filled
    if connections.all(initialized_only=True):
        del connections["default"]
