"""What taking a project ledger in would do: every line against the projects that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import in_one_line, listed, titled
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.orgs.choices import Role
from luodi.orgs.rules import Viewer

from ..choices import Origin, Outcome, Signing
from ..models import ProjectState
from ..rules import AMOUNTS, Pipeline, check_order, judge, likeness
from ..rules.cells import not_after
from ..rules.ledgers import FIELDS, LABELS, MEASURES, Said, Skipped, twice
from ..rules.pairs import Alike
from ..rules.words import Vocabulary
from .alike import off_in_words
from .holding import roles_in
from .layouts import Change, token_for
from .ledger_known import Known, Met, Similar
from .ledger_lines import Candidate, LedgerLine, LedgerRun, Writes
from .pairs import why_in_words
from .pipelines import pipeline_at
from .rows import amount_of, exactly

SIGNED = (Signing.NONE, Signing.FRAMEWORK, Signing.CONTRACT)
MOST_ALIKE = 3
UNLIKE = 0.5
"""A name less alike than this to that of the project with the same code is looked at."""


def run_ledger(
    lines: Sequence[Said],
    skipped: Sequence[Skipped],
    words: Vocabulary,
    city: str,
    viewer: Viewer,
    moment: Moment,
) -> LedgerRun:
    """Every line against the viewer's projects in a city, in a fixed number of queries."""
    known = Known(city, viewer, moment)
    met = [known.match(line) for line in lines]
    single = twice(
        (line, one.state.project_id if one.state else "", known.told_by(line))
        for line, one in zip(lines, met, strict=True)
    )
    similar = known.similar_for(single)
    alike = known.alike(
        [line for line, one in zip(single, met, strict=True) if one.loose and not line.faults]
    )
    judged = _Judge(known, words, viewer, moment, similar, alike)
    found = tuple(judged.line(line, one) for line, one in zip(single, met, strict=True))
    counts = Counter(line.outcome for line in found)
    return LedgerRun(found, tuple(skipped), counts, token_for(line.sealed for line in found))


class _Judge:
    """Judges the lines one by one; everything it needs was read before."""

    def __init__(
        self,
        known: Known,
        words: Vocabulary,
        viewer: Viewer,
        moment: Moment,
        similar: Similar,
        alike: Mapping[str, list[Alike]],
    ) -> None:
        self.known, self.words, self.viewer, self.moment = known, words, viewer, moment
        self.similar, self.alike = similar, alike
        self.labels = {name: dict(choices) for name, choices in words.choices.items()}

    @cached_property
    def pipeline(self) -> Pipeline:
        """The stages of today."""
        return pipeline_at(self.known.city, self.moment)

    def line(self, line: Said, met: Met) -> LedgerLine:
        """What would become of a line."""
        about = {"number": line.number, "name": line.name, "code": line.code}
        faults = [*line.faults, *self._unknown(line), *([met.fault] if met.fault else [])]
        if faults:
            return LedgerLine(outcome=Outcome.FAULTY, says=tuple(faults), **about)
        if met.merged:
            return self._merged(met.merged, about)
        try:
            if met.state:
                return self._known(line, met.state, about)
            return self._new(line, met, about)
        except Incomplete as refusal:
            return LedgerLine(outcome=Outcome.FAULTY, says=(refusal.sentence,), **about)

    def _unknown(self, line: Said) -> Iterator[str]:
        for name, word in line.words:
            near = listed(label for _key, label in self.words.nearest(name, word))
            said = {"what": FIELDS[name], "word": word, "near": near}
            if near:
                yield _("%(what)s“%(word)s”没有登记；最相近的是：%(near)s。") % said
            else:
                yield _("%(what)s“%(word)s”没有登记。") % said

    def _known(self, line: Said, state: ProjectState, about: dict[str, Any]) -> LedgerLine:
        changes, writes = self._changes(line, state)
        odd = [*self._odd(line, writes, state), *self._unlike(line, state)]
        outcome = Outcome.DIFFERENT if writes else Outcome.EQUAL
        if writes and odd:
            outcome = Outcome.ODD
        return LedgerLine(
            outcome=outcome,
            project=state.project_id,
            title=state.name,
            changes=changes,
            writes=writes,
            says=(*(odd if writes else ()), *self._stays(line, state)),
            **about,
        )

    def _merged(self, root: ProjectState, about: dict[str, Any]) -> LedgerLine:
        """A line about a project that goes on as another one: nothing is written."""
        said = _("这个项目已并入“%(name)s”，这一行不写。") % {"name": root.name}
        return LedgerLine(
            outcome=Outcome.EQUAL, project=root.project_id, title=root.name, says=(said,), **about
        )

    def _new(self, line: Said, met: Met, about: dict[str, Any]) -> LedgerLine:
        candidates = self._candidates(line, met)
        sure = [one for one in candidates if not one.writes]
        if len(candidates) == len(sure) == 1 and self._same_name(line, sure[0].project):
            state = self.known.by_key[sure[0].project]
            return self._known(line, state, about)
        given = {"origin": Origin.LEAD.value, "signing": Signing.NONE.value, **line.given}
        self._own_zone(given)
        if not given.get("lead"):
            raise Incomplete(_("没有牵头单位；新项目必须有。"))
        self._check_may(given["lead"], given.get("zone", ""))
        stage, on, told = self._stage(given)
        columns = self._columns(given)
        odd = list(self._odd(line, tuple(columns.items()), None))
        outcome = Outcome.ALIKE if candidates else Outcome.ODD if odd else Outcome.NEW
        return LedgerLine(
            outcome=outcome,
            changes=self._shown(columns, stage),
            writes=tuple(sorted(columns.items())),
            says=(*odd, *self._undated(stage, on), *self._neighbours(line)),
            candidates=candidates,
            stage=stage,
            stage_on=on,
            told=told,
            **about,
        )

    def _same_name(self, line: Said, project: str) -> bool:
        return self.known.plain[project][0] == self.known.names_of(line)[0]

    def _candidates(self, line: Said, met: Met) -> tuple[Candidate, ...]:
        """The projects that look like a line's; what it would change of each."""
        why = {state.project_id: self._same_named(line, state) for state in met.others}
        for pair in self.alike.get(f"#{line.number}", []):
            if not pair.other.startswith("#"):
                why.setdefault(pair.other, why_in_words(pair))
        found = []
        for project, reason in list(why.items())[:MOST_ALIKE]:
            state = self.known.by_key[project]
            changes, writes, said = (), (), [reason]
            try:
                changes, writes = self._changes(line, state)
                said += self._odd(line, writes, state)
            except Incomplete as refusal:
                said.append(refusal.sentence)
            found.append(Candidate(project, state.name, in_one_line(said), changes, writes))
        return tuple(found)

    def _undated(self, stage: str, on: date | None) -> Iterator[str]:
        if stage and on is None:
            yield _("没有写进入该环节的日期，按导入当日记。")

    def _same_named(self, line: Said, state: ProjectState) -> str:
        if line.code and state.code and line.code != state.code:
            return _("名称和投资方相同，国家项目代码不同")
        if line.given.get("zone", "") not in ("", state.zone):
            return _("名称和投资方相同，落地区域不同")
        return _("名称和投资方相同")

    def _neighbours(self, line: Said) -> Iterator[str]:
        near = [p for p in self.alike.get(f"#{line.number}", []) if p.other.startswith("#")]
        rows = sorted(int(pair.other[1:]) for pair in near if pair.sure > 1)
        if rows:
            said = {"rows": listed(map(str, rows[:5]))}
            yield _("与第 %(rows)s 行名称相近，请留意是不是同一个项目。") % said

    def _own_zone(self, given: dict[str, Any]) -> None:
        """A zone's people register their own projects: what the line leaves out is the zone."""
        zones = [unit for unit, role in self.viewer.unit_roles if role == Role.ZONE_STAFF]
        if len(zones) == 1 and not self.viewer.has(Role.OFFICE):
            given.setdefault("zone", zones[0])
            given.setdefault("lead", zones[0])

    def _check_may(self, lead: str, zone: str) -> None:
        roles = roles_in(self.viewer, self.known.city, lead, zone)
        if not roles & {"office", "zone"}:
            raise Incomplete(_("不是落地在您区域的项目；请专班办公室导入。"))

    def _stage(self, given: dict[str, Any]) -> tuple[str, date | None, tuple[str, ...]]:
        """The stage a new project stands at, since when, and what its way asked for in vain."""
        if not self.pipeline.stages:
            raise Incomplete(_("本市的规则包没有项目环节，请先更新规则包。"))
        first, key = self.pipeline.first, given.get("stage", "")
        target = self.pipeline.get(key) if key else None
        on = given.get("stage_on")
        on = not_after(on, self.moment.today) if on else None
        if on and on > self.moment.today:
            raise Incomplete(_("进入该环节的日期不能晚于今天。"))
        if target is None or target == first:
            return "", None, ()
        state = ProjectState(stage=first.key, **self._columns(given))
        roles = roles_in(self.viewer, self.known.city, state.lead, state.zone)
        judged = judge(state, first.order, target, self.pipeline, roles, evidence=False)
        if not judged.allowed:
            said = _("按规则，您的岗位不能把项目登记在“%s”；请专班办公室导入。")
            raise Incomplete(said % titled(target))
        if judged.hard and state.signing == Signing.FRAMEWORK:
            said = _("框架协议不是正式合同，不能登记在“%s”。")
            raise Incomplete(said % titled(target))
        return key, on, (*judged.unmet, *judged.told)

    def _columns(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in given.items() if name not in ("stage", "stage_on")}

    def _changes(self, line: Said, state: ProjectState) -> tuple[tuple[Change, ...], Writes]:
        """What a line changes of a project, field by field; what it leaves empty stays."""
        given, changes, writes = line.given, [], {}
        for name in FIELDS:
            if name not in given or name in ("stage", "stage_on"):
                continue
            if name in AMOUNTS:
                after = exactly(given[name], given[f"{name}_scale"])
                before = amount_of(state, name)
                if before != after:
                    writes |= {name: given[name], f"{name}_scale": given[f"{name}_scale"]}
            else:
                before, after = getattr(state, name), given[name]
                if before != after:
                    writes[name] = after
            if name in writes:
                shown = (self._word(name, before), self._word(name, after))
                changes.append(Change(str(LABELS[name]), *shown))
        if writes:
            self._check_known(state, writes)
        return tuple(changes), tuple(sorted(writes.items()))

    def _check_known(self, state: ProjectState, writes: Mapping[str, Any]) -> None:
        after = {name: writes.get(name, getattr(state, name)) for name in ("lead", "zone")}
        self._check_may(state.lead, state.zone)
        self._check_may(after["lead"], after["zone"])
        days = ("planned_start", "planned_production", "planned_capacity")
        check_order([writes.get(name, getattr(state, name)) for name in days])

    def _word(self, name: str, value: Any) -> Any:
        return self.labels[name].get(value, value) if name in self.labels else value

    def _shown(self, columns: Mapping[str, Any], stage: str) -> tuple[Change, ...]:
        """What a new project would be registered with."""
        every = {**columns, **({"stage": stage} if stage else {})}
        found = []
        for name in FIELDS:
            if name not in every:
                continue
            value = every[name]
            if name in AMOUNTS:
                value = exactly(value, every[f"{name}_scale"])
            found.append(Change(str(LABELS[name]), None, self._word(name, value)))
        return tuple(found)

    def _odd(self, line: Said, writes: Writes, state: ProjectState | None) -> Iterator[str]:
        """Amounts out of proportion among what would be written; a signing taken back."""
        changed = dict(writes)
        industry = line.given.get("industry") or (state.industry if state else "")
        for name in MEASURES:
            if name in changed:
                of = self.similar.middle(name, industry)
                said = off_in_words(name, changed[name], changed[f"{name}_scale"], of)
                if said:
                    yield said
        signing = changed.get("signing")
        if state and signing and SIGNED.index(signing) < SIGNED.index(state.signing):  # type: ignore[arg-type]
            yield _("签约形式往回改。")

    def _unlike(self, line: Said, state: ProjectState) -> Iterator[str]:
        said = self.known.names_of(line)[0]
        if likeness(said, self.known.plain[state.project_id][0]) < UNLIKE:
            yield _("代码相同而名称很不一样，请核对代码。")

    def _stays(self, line: Said, state: ProjectState) -> Iterator[str]:
        """That a ledger moves no project: its stage is told, and stays."""
        key = line.given.get("stage")
        if key and key != state.stage:
            stages = self.labels["stage"]
            words = {"one": stages.get(key, key), "now": stages.get(state.stage, state.stage)}
            yield _("台账写的环节是“%(one)s”，系统里是“%(now)s”；导入不移动已有的项目。") % words
