"""What the worker calls: jobs, the minute's tick, the daily digest by mail."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.common.doors import Registry
from luodi.orgs.models import PersonDetails

from .actions import do_work, release_abandoned
from .models import InboxMessage
from .signals import ticked

logger = logging.getLogger(__name__)


def run_job(key: str) -> None:
    """Run one queued job."""
    do_work(key=key, by="system:worker", at=timezone.now(), ended=timezone.now)


def tick() -> None:
    """Once a minute: let every module do what has come due."""
    release_abandoned(by="system:worker", at=timezone.now())
    ticked.send(sender=None, at=timezone.now())


class Channel(Protocol):
    """A way out of the house: mail is built in; SMS or an office messenger plugs in here.

    `is_set_up` is asked before anything is sent; `send` gets the details of one person, a
    subject line and a text, and raises `OSError` where the other side can't be reached.
    """

    def is_set_up(self) -> bool: ...

    def send(self, to: PersonDetails, subject: str, text: str) -> bool: ...


class Mail:
    """Mail through the site's SMTP server."""

    def is_set_up(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def send(self, to: PersonDetails, subject: str, text: str) -> bool:
        """True where the person has an address and the server took the mail."""
        if not to.email:
            return False
        return bool(send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to.email]))


channels: Registry[Channel] = Registry("channel")
channels.register("mail", Mail())


def send_digest() -> int:
    """Once a day: what is unread, to each person, over every channel set up.

    Returns how many digests went out. What couldn't be sent is tried again the next day.
    """
    ways = [channel for _, channel in channels.items() if channel.is_set_up()]
    if not ways:
        return 0
    waiting: dict[str, list[InboxMessage]] = defaultdict(list)
    for message in InboxMessage.objects.filter(read_at=None, digested_at=None).order_by("at"):
        waiting[message.person].append(message)
    people = PersonDetails.objects.filter(person__in=waiting)
    return sum(_digest(ways, to, waiting[to.person_id]) for to in people)


def _digest(ways: list[Channel], to: PersonDetails, messages: list[InboxMessage]) -> bool:
    subject = _("落地：有 %d 条事项待您处理") % len(messages)
    text = "\n".join(f"· {message.sentence}" for message in messages)
    try:
        sent = [way.send(to, subject, text) for way in ways]
    except OSError as error:
        logger.warning("a digest could not be sent: %s", error)
        return False
    if any(sent):
        keys = [message.pk for message in messages]
        InboxMessage.objects.filter(pk__in=keys).update(digested_at=timezone.now())
    return any(sent)
