"""Random walks through an appraisal: whatever people try, the record holds and the past stays."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import pytest

from factories.appraisals import OTHERS, ZONE
from factories.procedures import CELLS, prepared, report_of, report_seen, seen, signed, who
from luodi.assessment.actions import (
    accept_figures,
    begin_review,
    begin_verification,
    correct_figure,
    decide_appraisal,
    open_self_reports,
    pass_self_report,
    publish_appraisal,
    raise_objection,
    record_rewards,
    reject_objection,
    return_figures,
    return_self_report,
    run_appraisal,
    save_self_report,
    settle_objections,
    show_result,
    submit_self_report,
    take_first_result,
    uphold_objection,
    verify_again,
)
from luodi.assessment.flows import APPRAISAL, OBJECTION, SELF_REPORT
from luodi.assessment.models import (
    AppraisalRun,
    AppraisalState,
    Objection,
    ObjectionState,
    SelfReport,
    SelfReportDraft,
    SelfReportState,
)
from luodi.assessment.queries import objections_of, procedure_page, verifying_page
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Refusal

pytestmark = pytest.mark.django_db(databases="__all__")

STEPS = 70
CLERKS = {ZONE: "zone_staff", OTHERS[0]: "east_staff", OTHERS[1]: "west_staff"}
EVERYBODY = (*CLERKS.values(), "zone_head", "zone_leader", "office", "leading_group", "clerk")
ONWARD = {
    "draft": open_self_reports,
    "self_report": begin_verification,
    "verifying": take_first_result,
    "first_result": show_result,
    "shown": begin_review,
    "decided": publish_appraisal,
    "published": record_rewards,
}


class Walk:
    """One appraisal and the dice; `now` goes on with every try."""

    def __init__(self, city: Any, at: datetime, seed: int) -> None:
        self.city, self.dice, self.now = city, random.Random(seed), at
        self.key = prepared(city, at).key

    @property
    def stage(self) -> str:
        return str(AppraisalState.objects.open().get(appraisal=self.key).stage)

    def by(self, username: str) -> dict[str, Any]:
        return who(self.city, username, self.now)

    def try_one(self) -> bool:
        """Try something that somebody might; True where it was done."""
        self.now += timedelta(hours=self.dice.choice([1, 6, 40]))
        tries = [self.onward, self.onward, self.report, self.report, self.check, self.object]
        tries += [self.settle, self.anything, self.compute, self.decide]
        try:
            self.dice.choice(tries)()
        except Refusal as refusal:
            assert refusal.sentence.strip()
            return False
        return True

    def onward(self) -> None:
        act = ONWARD.get(self.stage)
        if act is None:
            return
        if act is take_first_result:
            run_appraisal(appraisal=self.key, **self.by("office"))
        more = {"why": "先出结果"} if act is take_first_result else {}
        act(appraisal=self.key, seen=seen(self.key), **more, **self.by("office"))

    def compute(self) -> None:
        run_appraisal(appraisal=self.key, **self.by("office"))

    def decide(self) -> None:
        if self.stage == "reviewing":
            signed(self.city, self.now, self.key, "appraisal_notice")
            self.now += timedelta(days=15)
        if self.stage == "decided":
            signed(self.city, self.now, self.key, "appraisal_bulletin")
            return
        said = {"appraisal": self.key, "seen": seen(self.key), "words": "同意"}
        decide_appraisal(**said, **self.by("leading_group"))

    def report(self) -> None:
        if not SelfReport.objects.filter(appraisal=self.key).exists():
            return
        zone = self.dice.choice(list(CLERKS))
        report, clerk = report_of(self.city, self.key, zone), self.by(CLERKS[zone])
        stage = SelfReportState.objects.open().get(self_report=report).stage
        if stage == "at_section_head" and self.dice.random() < 0.2:
            said = {"seen": report_seen(report), "why": "再核"}
            return_self_report(self_report=report, **said, **self.by("zone_head"))
        elif stage in ("at_section_head", "at_leader"):
            signer = "zone_head" if stage == "at_section_head" else "zone_leader"
            pass_self_report(self_report=report, seen=report_seen(report), **self.by(signer))
        else:
            draft = SelfReportDraft.objects.filter(self_report=report).first()
            cells = {**CELLS[zone], "output:actual": str(self.dice.randint(0, 60))}
            if self.dice.random() < 0.1:
                cells["tasks:actual"] = "不知道"
            saved = save_self_report(
                self_report=report, version=draft.version if draft else 0, cells=cells, notes={},
                words="", **clerk,
            )  # fmt: skip
            submit_self_report(self_report=report, version=saved.version, **clerk)

    def check(self) -> None:
        office = self.by("office")
        rows = verifying_page(self.key, office["viewer"], Moment(self.now)).rows
        keys = [row.key for row in rows if row.waits and self.dice.random() < 0.7]
        if self.dice.random() < 0.2:
            return_figures(appraisal=self.key, figures=keys[:1], why="与年报不符", **office)
        else:
            accept_figures(appraisal=self.key, figures=keys, own={}, **office)

    def object(self) -> None:
        zone = self.dice.choice(list(CLERKS))
        about = self.dice.choice(["output:actual", "growth:", "", "nothing:actual"])
        raise_objection(
            appraisal=self.key, unit=self.city.units[zone], about=about, text="有误",
            **self.by(CLERKS[zone]),
        )  # fmt: skip

    def settle(self) -> None:
        state = ObjectionState.objects.open().exclude(running="").order_by("pk").first()
        if state is None:
            settle_objections(appraisal=self.key, **self.by("office"))
            return
        said = {"objection": state.objection_id, "seen": state.since_id, "why": "核过"}
        if state.stage == "raised":
            act = self.dice.choice([uphold_objection, reject_objection])
            act(**said, **self.by("office"))
        elif Objection.objects.get(key=state.objection_id).part and self.dice.random() < 0.6:
            correct_figure(figure=str(self.dice.randint(1, 60)), **said, **self.by("office"))
        else:
            run_appraisal(appraisal=self.key, **self.by("office"))
            settle_objections(appraisal=self.key, **self.by("office"))

    def anything(self) -> None:
        """Somebody tries a step that may not be theirs or not be due."""
        act = self.dice.choice([*ONWARD.values(), verify_again])
        more = {"why": "再核"} if act is verify_again else {}
        said = {"appraisal": self.key, "seen": seen(self.key)}
        act(**said, **more, **self.by(self.dice.choice(EVERYBODY)))

    def shown(self, moment: Moment) -> list[Any]:
        """What the office's page says at a moment."""
        page = procedure_page(self.key, self.by("office")["viewer"], moment)
        units = [asdict(one) for one in page.units]
        for one in units:
            one.pop("overdue")
        found = [asdict(one) for one in objections_of(page.held, self.by("office")["viewer"])]
        return [page.held.state.stage, page.run and page.run.number, units, found]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_walk_keeps_the_record_and_the_past(city, at, seed):
    walk = Walk(city, at, seed)
    kept: list[tuple[int, list[Any]]] = []
    runs = done = 0
    for _try in range(STEPS):
        done += walk.try_one()
        there = AppraisalRun.objects.filter(appraisal=walk.key).count()
        assert there >= runs, "every run stays"
        runs = there
        position = Act.objects.order_by("-position").values_list("position", flat=True)[0]
        kept.append((position, walk.shown(Moment(walk.now, position))))
    assert done > STEPS // 4
    stages = set(AppraisalState.objects.values_list("stage", flat=True))
    assert stages <= {state.key for state in APPRAISAL.states}
    assert set(SelfReportState.objects.values_list("stage", flat=True)) <= {
        state.key for state in SELF_REPORT.states
    }
    assert set(ObjectionState.objects.values_list("stage", flat=True)) <= {
        state.key for state in OBJECTION.states
    }
    for position, said in walk.dice.sample(kept, 20):
        assert walk.shown(Moment(walk.now, position)) == said
    assert verify().breaks == ()
