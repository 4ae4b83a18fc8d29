"""Which tables live in the queue's own SQLite file."""

from __future__ import annotations

from typing import Any

from django.conf import settings


class QueueRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "queue" if model._meta.app_label in settings.QUEUE_APPS else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        return self.db_for_read(one) == self.db_for_read(other)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == ("queue" if app_label in settings.QUEUE_APPS else "default")
