"""Firms for which the office in charge of an article enters an application."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed, NotFound
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprise_for, enterprises_served
from luodi.orgs.rules import Viewer, plain_code

from ..rules import is_office_of
from .library import ArticleRow

WIDE = str.maketrans("()", "（）")


@dataclass(frozen=True)
class Addressed:
    """What an office needs of a firm to enter something for it."""

    key: str
    name: str
    credit_code: str


def applicant(viewer: Viewer, row: ArticleRow, key: str, moment: Moment) -> EnterpriseState:
    """The firm an application is for: the viewer's own, or any of the city for the office in
    charge of the article. `NotAllowed` for anybody else, `NotFound` for a firm of elsewhere."""
    if viewer.enterprise:
        if viewer.enterprise != key:
            raise NotAllowed(_("申请由企业提交，或由主管单位代为录入。"))
        return enterprise_for(viewer, key, moment)
    if not is_office_of(viewer, row.city, row.office):
        raise NotAllowed(_("申请由企业提交，或由主管单位代为录入。"))
    firm = enterprises_served(viewer, moment).filter(city=row.city, of=key).first()
    if firm is None:
        raise NotFound(_("本市名录里没有这家企业。"))
    return firm


def addressed(viewer: Viewer, row: ArticleRow, typed: str, moment: Moment) -> Addressed:
    """One firm of the article's city by its whole name or credit code, for its office.

    `Incomplete` where nothing is typed, where no firm is called so, or several are.
    """
    if viewer.enterprise or not is_office_of(viewer, row.city, row.office):
        raise NotAllowed(_("申请由企业提交，或由主管单位代为录入。"))
    return firm_called(enterprises_served(viewer, moment).filter(city=row.city), typed)


def firm_called(firms: QuerySet[EnterpriseState], typed: str) -> Addressed:
    """The one of some firms with this full name or credit code, in wide or narrow letters.

    `Incomplete` where nothing is typed, where none is called so, or several are.
    """
    name = typed.strip()
    if not name:
        raise Incomplete(_("请填写企业全称或统一社会信用代码。"))
    plain = unicodedata.normalize("NFKC", name)
    names = {name, plain, plain.translate(WIDE)}
    found = list(firms.filter(Q(name__in=names) | Q(credit_code=plain_code(name)))[:2])
    if not found:
        raise Incomplete(
            _("本市名录里没有叫“%(name)s”的企业，请写全称或代码。") % {"name": name[:60]}
        )
    if len(found) > 1:
        raise Incomplete(
            _("有几家企业叫“%(name)s”，请改填统一社会信用代码。") % {"name": name[:60]}
        )
    return Addressed(found[0].of_id, found[0].name, found[0].credit_code)
