"""The databases of a site, brought up to this version."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command


def bring_up() -> None:
    """Make the tables that aren't there yet, each in its database."""
    call_command("migrate", verbosity=0, interactive=False)
    for app in settings.QUEUE_APPS if "queue" in settings.DATABASES else ():
        call_command("migrate", app, database="queue", verbosity=0, interactive=False)
