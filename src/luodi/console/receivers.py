"""Every act refreshes the search entries of its subjects, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from luodi.audit.models import Act
from luodi.audit.signals import acted

from .actions import index_subjects


@receiver(acted)
def refresh_search(sender: type[Act], act: Act, **kwargs: Any) -> None:
    index_subjects(subjects=act.subjects, by=act.by, at=act.at)
