"""What the worker calls: jobs, the minute's tick, the daily digest by mail."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.common.doors import Registry
from luodi.common.moments import LOCAL
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


class TextMessages(Protocol):
    """A way to send a text message; raises `OSError` where the other side didn't take it."""

    def send(self, phone: str, text: str, at: datetime) -> None: ...


class Outbox:
    """Lines in a file of the data folder, for an operator to send: nothing leaves by itself."""

    def send(self, phone: str, text: str, at: datetime) -> None:
        """Append one line of JSON; only the site's own user may read the file."""
        folder = Path(settings.DATA_DIR) / "outgoing" / "sms"
        folder.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"at": at.isoformat(), "to": phone, "text": text}, ensure_ascii=False)
        path = folder / f"{at.astimezone(LOCAL):%Y-%m-%d}.jsonl"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as out:
            out.write(line + "\n")


class Command:
    """A program of the site, handed one JSON object on its standard input; never by a shell."""

    def send(self, phone: str, text: str, at: datetime) -> None:
        """`OSError` where it can't be started, takes too long or ends with a fault."""
        said = json.dumps({"to": phone, "text": text}, ensure_ascii=False).encode()
        try:
            subprocess.run(
                settings.SMS_COMMAND, input=said, check=True, timeout=SMS_TIMEOUT,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.SubprocessError as error:
            raise OSError(type(error).__name__) from None


class Gateway:
    """An internal HTTP gateway of the site: a POST of one JSON object."""

    def send(self, phone: str, text: str, at: datetime) -> None:
        """`OSError` for any answer but 2xx."""
        said = json.dumps({"to": phone, "text": text}, ensure_ascii=False).encode()
        heads = {"Content-Type": "application/json"}
        if settings.SMS_TOKEN:
            heads["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
        asked = Request(settings.SMS_URL, said, heads, method="POST")
        with urlopen(asked, timeout=SMS_TIMEOUT) as answer:
            answer.read(1)


SMS_TIMEOUT = 15


def text_messages() -> TextMessages | None:
    """The way that the site's settings name; None where they name none."""
    way = settings.SMS_WAY
    if way == "file":
        return Outbox()
    if way == "command" and settings.SMS_COMMAND:
        return Command()
    gateway = settings.SMS_URL.startswith(("http://", "https://"))
    return Gateway() if way == "http" and gateway else None


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
