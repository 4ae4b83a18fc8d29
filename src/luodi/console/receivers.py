"""Every act refreshes the search entries of its subjects, in the same transaction
(or after the last of many: `index_at_the_end`).

What an act only mentions says the same as before.
"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from luodi.audit.models import Act
from luodi.audit.signals import acted

from .actions import refresh_subjects


@receiver(acted)
def refresh_search(sender: type[Act], act: Act, mentioned: frozenset[str], **kwargs: Any) -> None:
    subjects = [subject for subject in act.subjects if subject not in mentioned]
    refresh_subjects(subjects=subjects, by=act.by, at=act.at)
