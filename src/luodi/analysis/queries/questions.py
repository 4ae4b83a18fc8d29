"""Questions that people keep for themselves."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Question


def kept_questions(person: str) -> QuerySet[Question]:
    """The questions a person keeps, by name."""
    return Question.objects.filter(person=person).order_by("title")
