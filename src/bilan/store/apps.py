"""Tells Django about the record's tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """One app for all tables."""

    name = "bilan.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
