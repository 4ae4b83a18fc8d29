"""What people type as the value of a fact."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.refusals import Incomplete, in_words
from luodi.kit.eligibility import FactKind, Lasting, plain_value, read_value
from luodi.kit.refusals import Refusal

SEPARATORS = str.maketrans(dict.fromkeys("，,；;\n", "、"))
"""What stands between several values; 、 is written."""


def read_fact(value: str, kind: FactKind, on: date, today: date) -> Any:
    """A typed value as it is stored; several words of a set apart by 、."""
    if on > today:
        raise Incomplete(_("事实的日期不能晚于今天。"))
    parts = [value]
    if kind.kind == "set":
        parts = [part for part in value.translate(SEPARATORS).split("、") if part]
    read = [read_value(part, kind) for part in parts]
    for one in read:
        if isinstance(one, Refusal):
            said = {"fact": kind.label(), "why": in_words(one).rstrip("。.")}
            raise Incomplete(_("“%(fact)s”读不出：%(why)s。") % said)
    if kind.kind == "set":
        return sorted(str(one) for one in read)
    return plain_value(read[0])  # type: ignore[arg-type]


def read_until(
    until: date | None, kind: FactKind, lasting: Lasting | None, today: date
) -> date | None:
    """The last day written with a value, where the fact has such a day and it isn't over."""
    if until is None:
        return None
    if lasting is None or not lasting.own:
        said = {"fact": kind.label()}
        raise Incomplete(_("“%(fact)s”没有证书上的有效期，这一栏请不填。") % said)
    if until < today:
        raise Incomplete(_("有效期至 %(day)s，已经过期，不能作为现行事实。") % {"day": until})
    return until
