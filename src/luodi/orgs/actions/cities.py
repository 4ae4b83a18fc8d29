"""Founding a city from its pack; putting changed rules into force, in a city or in a zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.audit.rules import canonical, sha256
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.packs import OWN_LEVELS, Stack, missing_below, own_packs, stacked_over

from ..choices import UnitKind
from ..models import PackEdition, Unit, UnitState
from ..rules import units_in

Content = Sequence[Any]


def found_city(
    *, key: str, pack: Content, units: Sequence[Mapping[str, Any]], by: str, at: datetime
) -> Unit:
    """Enter a city, the pack it runs on, and its units.

    `pack` is the content of a pack stack (`packs.Stack.content`). `units` are mappings with
    name, short_name, kind, aliases, parent (a name) and members (names, for collective bodies);
    the first one is the city itself.
    """
    with perform(
        "found_city", by=by, at=at, subjects=[subject_key("unit", key)], scope={"city": key}
    ) as deed:
        keys = {row["name"]: key if n == 0 else new_key() for n, row in enumerate(units)}
        cities = [deed.write(Unit(key=k, city=key)) for k in keys.values()]
        for row in units:
            deed.write(_unit_state(row, keys, key))
        deed.write(_edition(key, "", pack))
    return cities[0]


def _unit_state(row: Mapping[str, Any], keys: Mapping[str, str], city: str) -> UnitState:
    parent = keys.get(row.get("parent", ""), city)
    return UnitState(
        of_id=keys[row["name"]],
        kind=row["kind"],
        name=row["name"],
        short_name=row.get("short_name", ""),
        aliases=list(row.get("aliases", [])),
        members=[keys[name] for name in row.get("members", []) if name in keys],
        parent_id=None if keys[row["name"]] == city else parent,
        pack=row.get("pack", ""),
    )


def _digest(content: Content) -> str:
    return sha256(canonical(content))


def _edition(city: str, zone: str, content: Content) -> PackEdition:
    return PackEdition(city_id=city, zone=zone, digest=_digest(content), content=list(content))


def _put_in_force(deed: Deed, running: PackEdition | None, edition: PackEdition) -> None:
    """Let an edition follow the one that runs; the same content once more changes nothing."""
    if running and running.digest == edition.digest:
        return
    if running:
        deed.close(running)
    deed.write(edition)
    if edition.zone:
        deed.touch(subject_key("unit", edition.zone))


def _running(city: str) -> dict[str, PackEdition]:
    """The editions in force in a city by zone; its own under ''."""
    editions = PackEdition.objects.open().filter(city=city).order_by("zone")
    return {edition.zone: edition for edition in editions}


def _hold(deed: Deed, city: str, seen: Mapping[str, PackEdition]) -> None:
    """Refuse where a city's editions changed since they were read, and keep others from them.

    A zone adopting while its city renews would else stay over the edition that has just ended.
    """
    deed.lock()
    if {e.pk for e in _running(city).values()} != {e.pk for e in seen.values()}:
        raise Conflict(_("别人刚刚先做了这一步，请刷新后再看；您填的内容没有写入。"))


def renew_pack(*, city: str, pack: Content, by: str, at: datetime) -> None:
    """Put a city's changed pack into force from now on; an unchanged one writes no act.

    The zones that run their own rules get them put over the new edition by the same act. Raises
    `Closed` where a zone's pack stands on one that the new edition no longer holds.
    """
    seen = _running(city)
    running = dict(seen)
    before = running.pop("", None)
    if before and before.digest == _digest(pack):
        return
    old = before.content if before else []
    follow = [
        _edition(city, zone, stacked_over(pack, own_packs(edition.content, old)))
        for zone, edition in running.items()
    ]
    for edition in follow:
        _check_footing(edition, pack)
    subjects = [subject_key("unit", city)]
    with perform("renew_pack", by=by, at=at, subjects=subjects, scope={"city": city}) as deed:
        _hold(deed, city, seen)
        _put_in_force(deed, before, _edition(city, "", pack))
        for edition in follow:
            _put_in_force(deed, running[edition.zone], edition)


def adopt_zone_pack(*, zone: str, pack: Content, by: str, at: datetime) -> None:
    """Let a zone run its own rules from now on: its packs over the edition its city runs on.

    `pack` is the content of a stack whose narrowest packs are the zone's. Only what the city's
    edition does not hold is taken from it, so that a zone never freezes an older state of its
    city. An unchanged one writes no act; what runs already keeps the limits it was given.
    """
    unit = _zone(zone)
    seen = _running(unit.city)
    under, running = seen.get(""), seen.get(zone)
    if under is None:
        raise Closed(_("本市还没有启用规则包，开发区不能先用自己的。"))
    own = own_packs(pack, under.content)
    _check_own(own)
    edition = _edition(unit.city, zone, stacked_over(under.content, own))
    _check_footing(edition, under.content)
    if running and running.digest == edition.digest:
        return
    scope = {"city": unit.city, "zone": zone, "unit": zone}
    subjects = [subject_key("unit", zone)]
    with perform("adopt_zone_pack", by=by, at=at, subjects=subjects, scope=scope) as deed:
        _hold(deed, unit.city, seen)
        _put_in_force(deed, running, edition)


def withdraw_zone_pack(*, zone: str, why: str, by: str, at: datetime) -> None:
    """Let a zone run on its city's rules again from now on, with the reason."""
    unit = _zone(zone)
    running = PackEdition.objects.open().filter(city=unit.city, zone=zone).first()
    if running is None:
        raise Closed(_("这个开发区没有自己的规则包，本来就用本市的规则。"))
    if not why.strip():
        raise Incomplete(_("请写明为什么停用。"))
    scope = {"city": unit.city, "zone": zone, "unit": zone}
    with perform(
        "withdraw_zone_pack", by=by, at=at, why=why.strip(),
        subjects=[subject_key("unit", zone)], scope=scope,
    ) as deed:  # fmt: skip
        deed.close(running)


def _zone(key: str) -> Unit:
    state = UnitState.objects.open().filter(of=key, kind=UnitKind.ZONE).select_related("of").first()
    if state is None:
        raise NotFound(_("没有这个开发区。"))
    return state.of


def _check_own(own: Content) -> None:
    """Refuse a stack without a pack of the zone's, and one that brings another city's."""
    if not own:
        raise Incomplete(_("这个规则包里没有开发区自己的规则，就是本市现行的规则包。"))
    wide = [part["head"]["name"] for part in own if part["head"]["level"] not in OWN_LEVELS]
    if wide:
        raise Incomplete(_("这个规则包建在“%s”上，本市用的不是它，开发区不能启用。") % listed(wide))


def _check_footing(edition: PackEdition, wider: Content) -> None:
    """Refuse a zone's edition whose own packs stand on one that its city's does not hold."""
    missing = missing_below(own_packs(edition.content, wider), edition.content)
    if missing:
        names = UnitState.objects.open().filter(of=edition.zone).values_list("name", flat=True)
        raise Closed(
            _("“%(zone)s”的规则包建在“%(packs)s”上，本市的规则包里没有，不能启用。")
            % {"zone": names.first() or edition.zone, "packs": listed(missing)}
        )


def enter_city(*, stack: Stack, by: str, at: datetime) -> Unit:
    """Found the city that a pack stack describes, with the units, aliases and members it lists."""
    return found_city(
        key=stack.key,
        pack=stack.content(),
        units=units_in(stack, Moment(at).today),
        by=by,
        at=at,
    )
