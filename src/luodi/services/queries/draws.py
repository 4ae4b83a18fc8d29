"""Inspections drawn at random: which firms may be drawn, what was drawn, and drawing it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import enterprise_names, rules_of_viewer, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import ConductRule

from ..models import Draw
from ..rules import conduct_of, drawn_of
from .asking import firms_to_choose
from .visits import quiet_of_firms


@dataclass(frozen=True)
class Pool:
    """The firms that may be drawn for a day, and those that rest (无事不扰)."""

    firms: tuple[str, ...]
    resting: tuple[str, ...]


def pool_of(viewer: Viewer, on: date, moment: Moment) -> Pool:
    """The firms in business in the viewer's scope, parted by whether their number is used up."""
    keys = sorted(key for key, _name in firms_to_choose(viewer, moment))
    quiet = quiet_of_firms(keys, viewer.city, on, moment)
    rests = {
        key for key in keys if any("inspection" in q.rule.counts and not q.left for q in quiet[key])
    }
    free = tuple(key for key in keys if key not in rests)
    return Pool(free, tuple(key for key in keys if key in rests))


@dataclass(frozen=True, slots=True)
class DrawRow:
    """One draw in words."""

    key: str
    on: date
    purpose: str
    unit: str
    drawn: int
    pool: int
    resting: int


def draws(viewer: Viewer, moment: Moment) -> list[DrawRow]:
    """The draws in the viewer's scope as known at the moment, the newest first."""
    if viewer.enterprise:
        return []
    rows = list(visible(Draw.objects.at(moment), viewer).order_by("-on", "-act"))
    units = unit_names({row.unit for row in rows}, moment)
    return [
        DrawRow(
            row.key,
            row.on,
            row.purpose,
            units.get(row.unit, "—"),
            len(row.drawn),
            len(row.pool),
            len(row.resting),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class DrawPage:
    """One draw: what was drawn in order, and whether drawing again gives the same."""

    row: DrawRow
    seed: str
    firms: tuple[tuple[str, str], ...]
    agrees: bool


def draw_page(viewer: Viewer, key: str, moment: Moment) -> DrawPage:
    """A draw within the viewer's scope, or `NotFound`; it is drawn again while one looks."""
    rows = Draw.objects.at(moment).filter(key=key)
    row = None if viewer.enterprise else visible(rows, viewer).first()
    if row is None:
        raise NotFound(_("没有这次抽取，或者它不在您的范围内。"))
    names = enterprise_names(row.drawn, moment)
    units = unit_names({row.unit}, moment)
    said = DrawRow(
        row.key, row.on, row.purpose, units.get(row.unit, "—"), len(row.drawn), len(row.pool),
        len(row.resting),
    )  # fmt: skip
    agrees = drawn_of(row.pool, len(row.drawn), row.seed) == row.drawn
    firms = tuple((one, names.get(one, "—")) for one in row.drawn)
    return DrawPage(said, row.seed, firms, agrees)


def find_draw(key: str) -> Found | None:
    """The finder of the subject kind `draw`; of the offices alone."""
    row = Draw.objects.filter(key=key).first()
    if row is None:
        return None
    scope = {"city": row.city, "unit": row.unit}
    return Found(row.purpose, reverse("draw", args=[key]), _("随机抽查"), "", scope)


@dataclass(frozen=True)
class ConductItem:
    """One item of the lists of conduct, with whose it is."""

    title: str
    source: str
    note: str


def conduct_lists(viewer: Viewer, moment: Moment) -> dict[str, list[ConductItem]]:
    """The positive and the negative list of the viewer's place on the moment's day."""
    stack = rules_of_viewer(viewer, moment)
    return {side: [_item(r) for r in conduct_of(stack, moment.today, side)] for side in SIDES}


SIDES = ("positive", "negative")


def _item(rule: ConductRule) -> ConductItem:
    title = rule.title_en if language() == "en" else rule.title
    owner, confirmed = rule.owner.name, rule.confirmed
    source = rule.source if confirmed else _("本地默认，待确认")
    return ConductItem(title, f"{owner} · {source}", rule.note)
