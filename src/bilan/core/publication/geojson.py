"""The record on a map: GeoJSON (RFC 7946), one feature per incident, at its own accuracy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_KEPT = (
    "code",
    "date_start",
    "date_end",
    "date_precision",
    "cause",
    "killed",
    "injured",
    "missing",
    "grade",
    "origins",
    "independent_origins",
)


def feature_collection(record: Mapping[str, Any]) -> dict[str, Any]:
    """A full record as features; an incident without coordinates has no geometry, not a zero."""
    kept = ("audience", "attribution", "scheme", "policy", "omitted")
    return {
        "type": "FeatureCollection",
        **{key: record[key] for key in kept if key in record},
        "features": [_feature(incident) for incident in record["incidents"]],
    }


def _feature(incident: Mapping[str, Any]) -> dict[str, Any]:
    place = incident["place"]
    lat, lon, km = place["lat"], place["lon"], place["uncertainty_km"]
    known = lat is not None and lon is not None
    return {
        "type": "Feature",
        "id": incident["code"],
        "geometry": {"type": "Point", "coordinates": [lon, lat]} if known else None,
        "properties": {
            **{key: incident[key] for key in _KEPT},
            "place": place["name"],
            "admin1": place["admin1"],
            "country": place["country"],
            "public_accuracy": place["precision"],
            "uncertainty_m": None if km is None else round(km * 1000),
            "suspected": [p["party"] for p in incident["parties"] if p["role"] == "suspected"],
        },
    }
