"""Asking for long work, stopping it; telling people."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_q.tasks import async_task

from luodi.common.doors import Registry
from luodi.common.languages import Spoken
from luodi.common.refusals import Refusal

from .choices import JobState
from .models import InboxMessage, Job

Work = Callable[["Run"], str]
"""`work(run)`: does it, reports on `run`, returns the address of the result."""

works: Registry[Work] = Registry("work")


BEAT = timedelta(seconds=10)
SILENCE = timedelta(minutes=3)
"""A worker that hasn't said anything for so long is gone."""


class Cancelled(Exception):
    """The person asked the job to stop."""


class Run:
    """What work is handed: its arguments, and the way to say how far it is."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is; raises `Cancelled` where a person asked to stop."""
        rows = Job.objects.filter(pk=self.job.pk)
        rows.update(done=done, total=total, message=message)
        if rows.filter(cancel_asked=True).exists():
            raise Cancelled


def ask_for_work(
    *,
    kind: str,
    title: str,
    arguments: dict[str, Any],
    city: str,
    unit: str,
    by: str,
    at: datetime,
) -> Job:
    """Queue long work; it starts once the present transaction is committed."""
    job = Job.objects.create(
        kind=kind, title=title, arguments=arguments, city=city, unit=unit, by=by, asked_at=at
    )
    transaction.on_commit(lambda: async_task("luodi.jobs.tasks.run_job", job.key))
    return job


def cancel_work(*, key: str, by: str, at: datetime) -> None:
    """Ask a job to stop; one that hasn't started never will."""
    rows = Job.objects.filter(key=key, by=by)
    rows.update(cancel_asked=True)
    rows.filter(state=JobState.WAITING).update(state=JobState.CANCELLED, ended_at=at)


@contextmanager
def _beating(key: str, now: Callable[[], datetime]) -> Iterator[None]:
    """Say now and then that the worker lives: a job whose worker was killed falls silent."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT.total_seconds()):
            with suppress(DatabaseError):
                Job.objects.filter(key=key).update(beat_at=now())
        connections.close_all()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


def release_abandoned(*, by: str, at: datetime) -> int:
    """End the jobs whose worker was killed, and queue anew what never got into the queue.

    Returns how many were ended. Claiming a job is conditional, so a second entry in the queue
    does no harm.
    """
    silent = Job.objects.filter(beat_at__lt=at - SILENCE)
    ended = silent.filter(state=JobState.RUNNING).update(
        state=JobState.FAILED,
        message=_(
            "后台进程中途停了，这项任务没有做完。请重新发起；"
            "如果提示已经做过，说明停下之前内容已写好。"
        ),
        ended_at=at,
    )
    waiting = Job.objects.filter(state=JobState.WAITING, asked_at__lt=at - SILENCE)
    for job in waiting.filter(Q(beat_at=None) | Q(beat_at__lt=at - SILENCE)):
        Job.objects.filter(pk=job.pk).update(beat_at=at)
        async_task("luodi.jobs.tasks.run_job", job.key)
    return ended


def do_work(*, key: str, by: str, at: datetime, ended: Callable[[], datetime]) -> None:
    """Claim a waiting job and run it to its end. `ended` tells the time when it is over.

    A second worker that comes for the same job finds it claimed and leaves.
    """
    waiting = Job.objects.filter(key=key, state=JobState.WAITING)
    if not waiting.update(state=JobState.RUNNING, beat_at=at):
        return
    job = Job.objects.get(key=key)
    work = works.get(job.kind)
    try:
        with _beating(key, ended):
            address = work(Run(job)) if work else ""
        outcome = {"state": JobState.DONE, "address": address, "done": F("total")}
    except Cancelled:
        outcome = {"state": JobState.CANCELLED, "message": _("已取消，没有写入任何内容。")}
    except Refusal as refusal:
        outcome = {"state": JobState.FAILED, "message": refusal.sentence[:400]}
    except Exception:
        Job.objects.filter(key=key).update(
            state=JobState.FAILED,
            message=_("处理中断，没有写入任何内容；请重试，仍不行请联系系统管理员。"),
            ended_at=ended(),
        )
        raise
    Job.objects.filter(key=key).update(ended_at=ended(), **outcome)


def _in_language(sentence: Spoken, code: str) -> str:
    with override(code):
        return sentence()[:400]


def tell(
    *,
    people: Iterable[str],
    kind: str,
    sentence: Spoken,
    by: str,
    at: datetime,
    subject: str = "",
    address: str = "",
    once: str = "",
) -> int:
    """Put a sentence into people's inboxes; with `once`, never a second time for that value.

    `sentence` is asked in each language: whoever acts in one tells others in theirs. Returns how
    many were told now.
    """
    said = {field: _in_language(sentence, code) for field, code in InboxMessage.LANGUAGES.items()}
    rows = [
        InboxMessage(
            person=person,
            kind=kind,
            **said,
            subject=subject,
            address=address,
            once=f"{once}|{person}" if once else None,
            at=at,
        )
        for person in dict.fromkeys(people)
    ]
    told = InboxMessage.objects.filter(once__in=[row.once for row in rows if row.once]).count()
    InboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows) - told


def mark_read(*, message: int, by: str, at: datetime) -> None:
    """Mark one of one's own messages as read."""
    InboxMessage.objects.filter(pk=message, person=by, read_at=None).update(read_at=at)


def mark_all_read(*, by: str, at: datetime) -> int:
    """Mark all of one's own messages as read; returns how many were not."""
    return InboxMessage.objects.filter(person=by, read_at=None).update(read_at=at)
