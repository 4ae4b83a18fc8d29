"""The inbox and the progress of a job, each person's own."""

from __future__ import annotations

import pytest

from luodi.jobs.actions import tell
from luodi.jobs.choices import JobState
from luodi.jobs.models import InboxMessage, Job

pytestmark = pytest.mark.django_db(databases="__all__")
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def message(city, at):
    person = city.people["clerk"]
    tell(
        people=[person], kind="item", sentence=lambda: "有一件事", by="x", at=at, address="/ledger/"
    )
    return InboxMessage.objects.get()


@pytest.fixture
def job(city, at):
    return Job.objects.create(
        kind="read", by=city.people["office"], title="读一份方案", asked_at=at, city=city.key
    )


def test_an_unread_message_is_listed_opened_and_gone(sign_in, message):
    client = sign_in("clerk")
    assert "有一件事" in client.get("/inbox/").content.decode()
    answer = client.post(f"/inbox/{message.pk}/read/", {"next": message.address})
    assert answer["Location"] == "/ledger/"
    assert "有一件事" not in client.get("/inbox/").content.decode()
    assert "有一件事" in client.get("/inbox/?show=all").content.decode()


def test_all_messages_can_be_marked_as_read(sign_in, message):
    answer = sign_in("clerk").post("/inbox/read/", follow=True)
    assert "已将 1 条消息标为已读" in answer.content.decode()


def test_nobody_reads_or_marks_the_message_of_another(sign_in, message):
    client = sign_in("other_clerk")
    assert "有一件事" not in client.get("/inbox/?show=all").content.decode()
    assert client.post(f"/inbox/{message.pk}/read/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_opening_a_message_never_leads_to_another_site(sign_in, message):
    hostile = {"next": "//elsewhere.example/"}
    answer = sign_in("clerk").post(f"/inbox/{message.pk}/read/", hostile)
    assert answer["Location"] == "/inbox/"


def test_an_empty_inbox_says_what_belongs_there(sign_in):
    assert "会在这里告诉您" in sign_in("auditor").get("/inbox/").content.decode()


def test_a_running_job_asks_again_and_a_finished_one_leads_to_its_result(sign_in, job):
    client, address = sign_in("office"), f"/jobs/{job.key}/"
    Job.objects.update(state=JobState.RUNNING, done=3, total=10)
    page = client.get(address).content.decode()
    assert "30%" in page and "every 1s" in page
    Job.objects.update(state=JobState.DONE, done=10, address="/reading/x/")
    strip = client.get(address, **HTMX)
    assert strip["HX-Redirect"] == "/reading/x/"
    assert "every 1s" not in strip.content.decode()


def test_a_job_is_cancelled_by_its_own_person_only(sign_in, job):
    address = f"/jobs/{job.key}/cancel/"
    assert sign_in("clerk").post(address).status_code == 404
    assert "已取消" in sign_in("office").post(address, **HTMX).content.decode()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert sign_in("clerk").get(f"/jobs/{job.key}/").status_code == 404
