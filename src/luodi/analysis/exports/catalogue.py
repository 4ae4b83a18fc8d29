"""The catalogue of open data in the terms of DCAT 3, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from ..rules.codes import CATALOGUE
from ..rules.datasets import Dataset

FORMATS = {
    "csv": "text/csv",
    "json": "application/json",
    "sdmx.csv": "application/vnd.sdmx.data+csv;version=2.0.0",
    "sdmx.xml": "application/vnd.sdmx.generictimeseriesdata+xml;version=2.1",
    "structure.xml": "application/vnd.sdmx.structure+xml;version=2.1",
}
"""Endings of the files of a release -> media types."""


def catalogue(
    releases: Sequence[Dataset], page: Callable[[str], str], file: Callable[[str, str], str]
) -> bytes:
    """The open releases with their files; `page` and `file` give full addresses."""
    said = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@type": "dcat:Catalog",
        "dct:title": {"@value": CATALOGUE, "@language": "zh"},
        "dcat:dataset": [_dataset(one, page, file) for one in releases],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _dataset(
    data: Dataset, page: Callable[[str], str], file: Callable[[str, str], str]
) -> dict[str, object]:
    periods = data.periods
    spans = {"dcat:startDate": min(periods).start, "dcat:endDate": max(periods).end}
    return {
        "@id": page(data.key),
        "@type": "dcat:Dataset",
        "dct:identifier": data.key,
        "dct:title": {"@value": data.title, "@language": "zh"},
        "dct:description": data.note or data.citation,
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": data.publisher},
        "dct:issued": data.released_at.isoformat(timespec="seconds"),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            **{name: day.isoformat() for name, day in spans.items()},
        },
        "dcat:keyword": [one.name for one in data.indicators],
        "dcat:landingPage": page(data.key),
        "dcat:version": str(data.position),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": file(data.key, ending),
                "dcat:mediaType": media.partition(";")[0],
                "dct:format": ending,
            }
            for ending, media in FORMATS.items()
        ],
    }
