"""What the worker calls: jobs, the minute's tick, the daily digest by mail."""

from __future__ import annotations

from collections import defaultdict

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.orgs.models import PersonDetails

from .actions import do_work
from .models import InboxMessage
from .signals import ticked


def run_job(key: str) -> None:
    """Run one queued job."""
    do_work(key=key, by="system:worker", at=timezone.now(), ended=timezone.now)


def tick() -> None:
    """Once a minute: let every module do what has come due."""
    ticked.send(sender=None, at=timezone.now())


def send_digest() -> int:
    """Once a day: one mail a person with what is unread, where mail is set up. Returns mails."""
    if not settings.EMAIL_HOST:
        return 0
    waiting: dict[str, list[InboxMessage]] = defaultdict(list)
    for message in InboxMessage.objects.filter(read_at=None, digested_at=None).order_by("at"):
        waiting[message.person].append(message)
    details = PersonDetails.objects.filter(person__in=waiting).exclude(email="")
    for row in details:
        messages = waiting[row.person_id]
        send_mail(
            _("落地：有 %d 条事项待您处理") % len(messages),
            "\n".join(f"· {m.sentence}" for m in messages),
            settings.DEFAULT_FROM_EMAIL,
            [row.email],
        )
        keys = [m.pk for m in messages]
        InboxMessage.objects.filter(pk__in=keys).update(digested_at=timezone.now())
    return len(details)
