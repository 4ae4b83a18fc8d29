"""Something comes onto a register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.actions import attach, write_file
from luodi.documents.choices import Access
from luodi.orgs.queries import rules_of_unit
from luodi.packs import Stack
from luodi.packs.schemas import RegisterRule

from ..models import EntryState, RegisterEntry
from ..queries import rules_at, unit_about
from ..queries.checking import (
    Subject,
    Upload,
    Wanted,
    check_absent,
    checked,
    placed,
    subject_of,
    told,
)
from .telling import tell_of_opening


def enter_register(
    *,
    city: str,
    register: str,
    about: str = "",
    name: str = "",
    unit: str = "",
    matter: str = "",
    given: Mapping[str, Any] | None = None,
    evidence: Sequence[Upload] = (),
    by: str,
    at: datetime,
) -> RegisterEntry:
    """Put an enterprise (`about`, a key) or a thing (`name`, in `unit`) on a register.

    `given` holds what the rule asks: level, number, from_on, until_on, tutor, reason; `matter`
    what it is about where an enterprise may have several. Refuses who doesn't keep the register
    (an enterprise enters itself where the rule lets it), a closed enterprise, and one that stands
    on it already.
    """
    moment = Moment(at)
    home = unit_about(about, moment) if about else unit
    rule = rules_at(city, moment, home).get(register)
    if rule is None:
        raise NotFound(_("现在没有这个名录。"))
    subject = subject_of(rule, city, Wanted(about, name, unit, matter), by, moment)
    said = checked(rule, rule.asks, given or {}, evidence, city, moment)
    stage = rule.stage(rule.start)
    assert stage is not None
    with perform(
        "enter_register", by=by, at=at, scope=subject.scope, why=said.pop("reason", "")
    ) as deed:
        deed.lock()
        check_absent(rule, subject)
        entry = write_entry(
            deed=deed, rule=rule, subject=subject, stage=rule.start, said=said,
            stack=rules_of_unit(city, subject.scope["unit"], moment), at=at,
        )  # fmt: skip
        own = subject.about if subject.by_firm else ""
        keep_files(deed=deed, entry=entry, evidence=evidence, firm=own)
        deed.payload |= {"register": register, "stage": rule.start, **told(said)}
        deed.payload |= {"by_firm": True} if own else {}
    if subject.by_firm:
        tell_of_opening(entry=entry, rule=rule, matter=subject.matter, by=by, at=at)
    return entry


def write_entry(
    *,
    deed: Deed,
    rule: RegisterRule,
    subject: Subject,
    stage: str,
    said: Mapping[str, Any],
    stack: Stack,
    at: datetime,
) -> RegisterEntry:
    """The new entry with its first state, as rows of a deed."""
    entry = RegisterEntry(
        key=new_key(), register=rule.key, rule=rule.model_dump(mode="json"), **subject.scope
    )
    deed.touch(subject_key("register_entry", entry.key))
    if subject.about:
        deed.mention(subject_key("enterprise", subject.about))
    deed.write(entry)
    deed.write(
        EntryState(
            entry_id=entry.key, register=rule.key, about=subject.about, name=subject.name,
            matter=subject.matter, **placed(rule, stage, stack, at), **said,
        )
    )  # fmt: skip
    return entry


def keep_files(
    *,
    deed: Deed,
    entry: RegisterEntry,
    evidence: Sequence[Upload],
    firm: str = "",
) -> list[list[str]]:
    """Keep the files beside the entry: the offices' own, or those of the `firm` that gave them.

    They are restricted: the entry's page hands them out, to whoever sees the entry then.
    """
    names = ("city", "zone", "unit")
    scope = {name: getattr(entry, name) for name in names} | {"enterprise": firm}
    files = []
    for name, data in evidence:
        file = write_file(deed=deed, name=name, data=data, scope=scope, access=Access.RESTRICTED)
        subject = subject_key("register_entry", entry.key)
        attach(deed=deed, file=file, subject=subject)
        deed.touch(subject_key("file", file.key))
        files.append([file.key, file.name])
    return files
