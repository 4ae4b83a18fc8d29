"""A firm without an account comes in with a code sent to the phone of its contact."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_q.tasks import async_task

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.refusals import Closed, Incomplete
from luodi.jobs.tasks import TextMessages
from luodi.orgs.models import PersonDetails
from luodi.orgs.queries import code_sentence
from luodi.orgs.rules import code_fault, plain_code, plain_phone

from ..models import EntryCode
from ..queries import asked_too_often, contact_of, visitor_of
from ..rules import KEPT, LASTS, MOST_TRIES, mark_of, new_code

logger = logging.getLogger(__name__)


def ask_for_code(*, credit_code: str, phone: str, address: str, by: str, at: datetime) -> EntryCode:
    """Ask for a code (要验证码) for the firm of a code and the phone of its contact.

    What is written and answered is the same whether or not the phone is registered: the worker
    makes the code and sends it, or finds that there is nobody to send it to. `address` is the
    network address it is asked from.
    """
    if fault := code_fault(plain_code(credit_code)):
        raise Incomplete(code_sentence(fault))
    if not plain_phone(phone):
        raise Incomplete(_("手机号应为 11 位数字。"))
    marks = mark_of("phone", plain_phone(phone)), mark_of("address", address)
    if asked_too_often(*marks, at):
        raise Closed(_("要验证码的次数太多了，请一小时后再试，或者打电话请工作人员代为登记。"))
    row = EntryCode(
        phone=marks[0], address=marks[1], slot=int(at.timestamp()) // 60,
        person=contact_of(credit_code, phone), asked_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
            transaction.on_commit(lambda: async_task("luodi.services.tasks.send_code", row.key))
    except IntegrityError:
        raise Closed(_("刚刚要过验证码，请一分钟后再试。")) from None
    return row


def send_code(*, key: str, way: TextMessages, by: str, at: datetime) -> bool:
    """Make the code that was asked for and send it; whether there was anybody to send it to."""
    row = EntryCode.objects.filter(key=key, mark="", asked_at__gt=at - LASTS).first()
    viewer = visitor_of(row.person if row else "")
    details = PersonDetails.objects.filter(person=viewer.person).first() if row else None
    if row is None or details is None or not details.phone:
        return False
    code = new_code()
    with perform(
        "send_code", by=by, at=at, scope={"city": viewer.city, "enterprise": viewer.enterprise},
        subjects=[subject_key("enterprise", viewer.enterprise),
                  subject_key("person", viewer.person)],
    ):  # fmt: skip
        EntryCode.objects.filter(pk=row.pk, mark="").update(mark=mark_of(f"code:{key}", code))
    with override("zh-hans"):
        said = _("企业诉求验证码 %s，10 分钟内有效。只用来提出和查看本企业的诉求，请勿告诉他人。")
    try:
        way.send(details.phone, said % code, at)
    except OSError as error:
        logger.warning("a text message could not be sent: %s", error)
        return False
    return True


def enter_by_code(*, key: str, code: str, by: str, at: datetime) -> str:
    """Come in with a code: the contact's key. Once for each code, at most five tries.

    A wrong, used or old code and one that was never sent are refused alike.
    """
    EntryCode.objects.filter(key=key).update(tries=F("tries") + 1)
    row = EntryCode.objects.filter(key=key).first()
    good = row is not None and row.tries <= MOST_TRIES and row.asked_at > at - LASTS
    mark = mark_of(f"code:{key}", code.strip())
    if row is None or not constant_time_compare(mark, row.mark) or not good:
        raise Incomplete(_("验证码不对，或者已经过期、用过。可以再试，或者重新要一个。"))
    viewer = visitor_of(row.person)
    used = EntryCode.objects.filter(pk=row.pk, mark=mark).update(mark="", person="")
    if not used or not viewer.enterprise:
        raise Incomplete(_("验证码不对，或者已经过期、用过。可以再试，或者重新要一个。"))
    with perform(
        "enter_by_code", by=viewer.person, at=at,
        scope={"city": viewer.city, "enterprise": viewer.enterprise},
        subjects=[subject_key("enterprise", viewer.enterprise),
                  subject_key("person", viewer.person)],
    ):  # fmt: skip
        pass
    return viewer.person


def forget_codes(*, by: str, at: datetime) -> None:
    """Erase what codes over their time hold, and a day later that they were asked for."""
    over = EntryCode.objects.filter(asked_at__lt=at - LASTS)
    over.exclude(mark="", person="").update(mark="", person="")
    EntryCode.objects.filter(asked_at__lt=at - KEPT).delete()
