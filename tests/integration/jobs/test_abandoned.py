"""A worker killed in the middle leaves no job 进行中 for ever, and writes nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from factories.site import SMALL_CITY, Site, fresh_site
from luodi.jobs.actions import SILENCE, do_work, release_abandoned, works
from luodi.jobs.models import Job
from luodi.jobs.tasks import run_job


@pytest.fixture
def job(city):
    return Job.objects.create(
        key="j", kind="nothing", by=city.people["office"], title="导入", city=city.key,
        unit="", asked_at=timezone.now(), state="running", beat_at=timezone.now(),
    )  # fmt: skip


def test_a_job_whose_worker_fell_silent_is_said_to_have_failed(job):
    assert release_abandoned(by="system:worker", at=timezone.now()) == 0
    assert release_abandoned(by="system:worker", at=timezone.now() + 2 * SILENCE) == 1
    job.refresh_from_db()
    assert job.state == "failed" and "没有做完" in job.message
    run_job("j")  # the queue hands it out once more, much later
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_job_that_never_got_into_the_queue_is_queued_anew(job):
    Job.objects.update(state="waiting", beat_at=None)
    release_abandoned(by="system:worker", at=timezone.now() + 2 * SILENCE)
    job.refresh_from_db()
    assert job.state == "done"  # jobs are done at once in the tests


def test_a_working_job_says_that_it_lives(job, monkeypatch):
    monkeypatch.setattr("luodi.jobs.actions.BEAT", timedelta(seconds=0))
    seen = []

    def work(run):
        deadline = time.monotonic() + 5
        while not seen and time.monotonic() < deadline:
            time.sleep(0.01)
        return ""

    def now():
        seen.append(1)
        return timezone.now()

    works.register("beating", work)
    Job.objects.update(kind="beating", state="waiting")
    do_work(key="j", by="system:worker", at=timezone.now(), ended=now)
    assert seen


SLOW = """
import time
from factories.reading import PLAN
from luodi.reading.actions import ask_to_import
from factories.at_once import AT, founded
city = founded()
text = PLAN + "".join(f"\\n（{n}）第{n}项。做好生成的工作。（责任单位：市工信局）" for n in range(3000))
job = ask_to_import(name="长方案.txt", data=text.encode(), city=city.key,
    unit=city.units["市商务局"], by=city.people["office"], at=AT)
print(job.key)
"""

STATE = """
from luodi.jobs.models import Job
job = Job.objects.get()
print(job.state, job.done)
"""

AFTER = """
from datetime import timedelta
from django.utils import timezone
from luodi.audit.queries import verify
from luodi.jobs.actions import SILENCE, release_abandoned
from luodi.jobs.models import Job
from luodi.reading.models import Document, ReviewCard
release_abandoned(by="system:worker", at=timezone.now() + 2 * SILENCE)
job = Job.objects.get()
cards = ReviewCard.objects.exclude(document__in=Document.objects.all()).count()
print(job.state, Document.objects.count(), cards, len(verify().breaks))
"""


def start_worker(site: Site) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "django", "qcluster"], env=site.environment,
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.database
def test_an_import_killed_in_the_middle_is_whole_or_said_to_have_failed(tmp_path):
    with fresh_site(tmp_path / "data", SMALL_CITY) as site:
        site.python(SLOW)
        worker = start_worker(site)
        try:
            until = time.monotonic() + 40
            while site.python(STATE).startswith("waiting") and time.monotonic() < until:
                time.sleep(0.1)
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait(10)
        state, documents, strays, breaks = site.python(AFTER).split()
    assert (state, documents) in {("failed", "0"), ("failed", "1"), ("done", "1")}
    assert strays == breaks == "0"
