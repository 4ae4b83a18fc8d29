"""Scans in the reading room: recognised text becomes cards that all wait for a person."""

from __future__ import annotations

import pytest

from factories.reading import quiet
from factories.scans import IMAGE, recorded, scanned_pdf
from luodi.common.refusals import Refusal
from luodi.documents.models import StoredFile
from luodi.reading.actions import import_document, imports
from luodi.reading.models import ReviewCard


def imported(city, at, name, data):
    unit = city.units["市商务局"]
    by = city.people["office"]
    return import_document(
        name=name, data=data, city=city.key, unit=unit, progress=quiet, by=by, at=at
    )


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("方案.pdf", scanned_pdf(), "方案.pdf"),
        ("方案.png", IMAGE, "方案.png"),
        ("方案.txt", IMAGE, "方案.txt.png"),
    ],
)
def test_cards_of_recognised_text_are_never_certain(city, at, monkeypatch, name, data, kept):
    monkeypatch.setattr(imports, "recogniser", lambda: recorded)
    document = imported(city, at, name, data)
    cards = list(ReviewCard.objects.filter(document=document))
    assert cards
    assert all({"code": "recognised"} in card.doubts and not card.certain for card in cards)
    assert StoredFile.objects.get(key=document.file_id).name == kept


def test_without_the_extra_a_picture_is_refused_with_what_to_install(city, at, monkeypatch):
    monkeypatch.setattr(imports, "recogniser", lambda: None)
    with pytest.raises(Refusal, match="luodi\\[ocr\\]"):
        imported(city, at, "方案.png", IMAGE)
