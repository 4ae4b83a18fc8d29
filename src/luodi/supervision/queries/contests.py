"""What zones contest of a bulletin, and whether an upheld datum has been corrected since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max

from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.documents.models import Attachment
from luodi.indicators.models import Value
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..flows import CONTEST
from ..models import Contest, ContestState


@dataclass(frozen=True)
class ContestRow:
    """A contest with its zone and what may be done with it."""

    key: str
    unit: str
    name: str
    label: str
    shown: str
    claimed: str
    reason: str
    answer: str
    stage: str
    stage_label: str
    seen: int
    moves: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    corrected: bool

    @property
    def awaits(self) -> bool:
        """Whether it was upheld and its figure is still as it was."""
        return self.stage == "upheld" and not self.corrected


def contests_of(
    key: str,
    viewer: Viewer,
    roles: frozenset[str],
    names: Mapping[str, str],
    moment: Moment,
) -> tuple[ContestRow, ...]:
    """The contests of a bulletin within the viewer's scope, oldest first; a fixed few queries."""
    mine = visible(Contest.objects.at(moment).filter(bulletin=key), viewer)
    states = ContestState.objects.at(moment).filter(contest__in=mine).select_related("contest")
    found = list(states.order_by("contest__act"))
    subjects = {subject_key("contest", state.contest_id): state.contest_id for state in found}
    files: dict[str, list[tuple[str, str]]] = {}
    attached = visible(Attachment.objects.at(moment).filter(subject__in=subjects), viewer)
    for row in attached.select_related("file").order_by("act"):
        one = (row.file_id, row.file.name)
        if one not in files.setdefault(subjects[row.subject], []):
            files[subjects[row.subject]].append(one)
    corrected = _corrected(found, moment)
    return tuple(
        ContestRow(
            key=state.contest_id,
            unit=state.contest.unit,
            name=names.get(state.contest.unit, ""),
            label=state.contest.label,
            shown=state.contest.shown,
            claimed=state.claimed,
            reason=state.reason,
            answer=state.answer,
            stage=state.stage,
            stage_label=CONTEST.state(state.stage).label(language()),
            seen=state.since_id,
            moves=_contest_moves(state.stage, roles, moment),
            files=tuple(files.get(state.contest_id, ())),
            corrected=state.contest_id in corrected,
        )
        for state in found
    )


def _contest_moves(stage: str, roles: frozenset[str], moment: Moment) -> tuple[str, ...]:
    if moment.is_past:
        return ()
    return tuple(
        move.name for move in CONTEST.available(stage, roles) if move.name != "raise_again"
    )


def _corrected(states: Iterable[ContestState], moment: Moment) -> set[str]:
    """Those upheld contests whose figure has been written anew since it was upheld."""
    from_act = {
        (state.contest.subject, state.contest.unit): (state.contest_id, state.since_id)
        for state in states
        if state.stage == "upheld" and ":" in state.contest.subject
    }
    return {
        from_act[place][0]
        for place, since in known_since(from_act, moment).items()
        if since > from_act[place][1]
    }


def known_since(places: Iterable[tuple[str, str]], moment: Moment) -> dict[tuple[str, str], int]:
    """The act that last wrote each contested figure, by subject (code:period) and unit."""
    wanted = set(places)
    subjects = [subject.partition(":") for subject, _unit in wanted]
    rows = Value.objects.at(moment).filter(
        indicator__code__in={code for code, _colon, _period in subjects},
        period__in={period for _code, _colon, period in subjects},
        unit__in={unit for _subject, unit in wanted},
        enterprise="",
    )
    place = ("indicator__code", "period", "unit")
    found = {
        (f"{code}:{period}", unit): last
        for code, period, unit, last in rows.order_by()
        .values(*place)
        .annotate(last=Max("since"))
        .values_list(*place, "last")
    }
    return {one: last for one, last in found.items() if one in wanted}


def contest_bulletin(key: str, viewer: Viewer, moment: Moment) -> str:
    """The key of the bulletin a contest is about; '' for one outside the viewer's scope."""
    mine = visible(Contest.objects.at(moment).filter(key=key), viewer)
    return mine.values_list("bulletin_id", flat=True).first() or ""
