"""A zone rates the departments that served it; the office publishes what that comes to."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.indicators.actions import Cell, write_figures
from luodi.indicators.models import Definition
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.packs.schemas import RatingRule

from ..models import DepartmentRating, DepartmentRatingState
from ..queries.ratings import rating_results, rating_rule, to_rate

MOST_WORDS = 1000
HUNDREDTHS = 2


def rate_department(
    *,
    item: str,
    department: str,
    score: int,
    by: str,
    at: datetime,
    words: str = "",
    seen: int = 0,
) -> None:
    """Rate a department that took part in a closed item of the person's zone.

    Once for item and department; revised until the window closes, each time as an act of its own.
    The act names neither mark nor words: they are the zone's. `seen` is the act of the rating
    the person looked at, 0 for none.
    """
    viewer = viewer_of_person(by)
    rule = rating_rule(viewer.city, Moment(at))
    found = next(
        (
            one
            for one in to_rate(viewer, Moment(at))
            if (one.item, one.department) == (item, department)
        ),
        None,
    )
    if rule is None or found is None:
        raise NotFound(_("没有可以评价的事项，或者它不在您的范围内。"))
    if not found.open and found.until:
        until = found.until.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
        raise Closed(_("评价已于 %s 截止，您填的内容没有写入。") % until)
    _check(rule, score, words)
    if seen != found.seen:
        raise Conflict(_("同事刚刚评价过，请刷新后再看；您填的内容没有写入。"))
    columns = {"score": score, "words": words.strip()}
    if found.seen and (found.score, found.words) == (score, words.strip()):
        raise Incomplete(_("没有改动任何内容。"))
    scope = {"city": viewer.city, "unit": found.zone}
    now = DepartmentRatingState.objects.open().filter(
        rating__item=item, rating__unit=found.zone, rating__department=department
    )
    before = now.first()
    key = before.rating_id if before else new_key()
    with perform(
        "rate_department", by=by, at=at, subjects=[subject_key("rating", key)], scope=scope,
        payload={"revises": before is not None},
    ) as deed:  # fmt: skip
        if before:
            deed.replace(before, **columns)
            return
        rating = DepartmentRating(
            key=key, item_id=item, department=department, until_at=found.until, **scope
        )
        deed.write(rating)
        deed.write(DepartmentRatingState(rating_id=key, **columns))


def _check(rule: RatingRule, score: int, words: str) -> None:
    if not rule.least <= score <= rule.most:
        said = _("评分应为 %(least)s 至 %(most)s 的整数。")
        raise Incomplete(said % {"least": rule.least, "most": rule.most})
    if len(words) > MOST_WORDS:
        raise Incomplete(_("评语超过 1000 字，没有写入。请改短后再提交。"))


def publish_ratings(*, period: str, by: str, at: datetime) -> int:
    """Write what a period's ratings come to into the dictionary, for appraisals.

    Only results that may be shown, of a period that is over; returns how many figures were
    written. A figure that stands already in the same amount isn't written again.
    """
    viewer = viewer_of_person(by)
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("评价结果由专班办公室发布。"))
    city = viewer.city
    rule = rating_rule(city, Moment(at))
    definition = _indicator(rule, city)
    found = [
        one
        for one in (rating_results(city, Moment(at), rule) if rule else [])
        if one.period == period and one.share is not None
    ]
    if not found:
        raise Incomplete(_("这个时期没有可以发布的评价结果：还没有期满，或者份数过少。"))
    cells = [
        Cell(definition.indicator_id, one.department, "", period, one.share or 0, HUNDREDTHS)
        for one in found
    ]
    with perform(
        "publish_ratings", by=by, at=at, subjects=[f"ratings:{city}"], scope={"city": city},
        payload={"period": period, "departments": len(cells)},
    ) as deed:  # fmt: skip
        written = write_figures(
            deed=deed,
            city=city,
            cells=cells,
            origin=f"ratings:{period}",
            purpose=definition.purpose,
        )
        if not written:
            raise Conflict(_("这个时期的评价结果已经发布过，没有变化。"))
    return len(written)


def _indicator(rule: RatingRule | None, city: str) -> Definition:
    """The indicator results are published under."""
    code = rule.indicator if rule else ""
    rows = Definition.objects.open().filter(indicator__city=city, indicator__code=code)
    definition = rows.first() if code else None
    if definition is None or definition.scale != HUNDREDTHS:
        raise Incomplete(_("规则包没有指定评价结果发布到哪个指标，或者指标库里还没有它。"))
    return definition
