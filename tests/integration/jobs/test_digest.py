"""The daily digest goes out once, where a channel is set up."""

from __future__ import annotations

import smtplib
from functools import partial

import pytest
from django.core import mail

from luodi.jobs.actions import tell
from luodi.jobs.models import InboxMessage
from luodi.jobs.tasks import send_digest
from luodi.orgs.models import PersonDetails


@pytest.fixture
def clerk(city, at):
    person = city.people["clerk"]
    PersonDetails.objects.filter(person=person).update(email="shili@example.org")
    for number in range(2):
        tell(
            people=[person],
            kind="t",
            sentence=partial(str, f"示例事项 {number}"),
            by="system:test",
            at=at,
        )
    return person


def test_nothing_goes_out_where_no_mail_server_is_set(clerk):
    assert send_digest() == 0
    assert mail.outbox == []


def test_one_mail_a_person_with_all_that_is_unread_and_only_once(clerk, settings):
    settings.EMAIL_HOST = "localhost"
    assert send_digest() == 1
    assert [message.to for message in mail.outbox] == [["shili@example.org"]]
    assert "示例事项 0" in mail.outbox[0].body
    assert "示例事项 1" in mail.outbox[0].body
    assert send_digest() == 0


def test_a_server_that_is_down_loses_nothing(clerk, settings, monkeypatch):
    settings.EMAIL_HOST = "localhost"

    def down(*args: object, **kwargs: object) -> int:
        raise smtplib.SMTPConnectError(421, b"down")

    monkeypatch.setattr("luodi.jobs.tasks.send_mail", down)
    assert send_digest() == 0
    assert InboxMessage.objects.filter(digested_at=None).count() == 2
