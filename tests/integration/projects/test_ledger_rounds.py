"""Made ledgers of every kind of line: what was taken in is there, and again nothing is to do."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest

from factories.projects import HEADS, ledger_csv, name_as_guessed
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import bring_ledger, take_ledger
from luodi.projects.models import ProjectState, StageMove
from luodi.projects.queries import ledger_page

pytestmark = pytest.mark.django_db(databases="__all__")
SIGNS, KINDS = "东华明瑞金盛恒泰润德众合信达", ("光电", "镜头", "装备", "铸造", "医药", "风电")
WAYS = {
    "总投资（亿元）": ("0", "3.2", "15", "0.0001", "-1", "很多", "32000000", ""),
    "占地面积（亩）": ("10", "5万平方米", "2公顷", "—", "负十"),
    "计划开工时间": ("2026年6月", "2026.7", "2026/8/1", "", "随时"),
    "计划投产时间": ("2027年", "2025-01-01", "", "2028年第二季度"),
    "项目阶段": ("线索", "洽谈", "签约", "开工", "终止", "", "不详"),
    "签约形式": ("框架协议", "正式合同", "", "未签约", "口头"),
    "责任单位": ("市工信局", "市商务局", "", "某某局"),
    "所在县区": ("开发区管委会", "甲县", "", "外地"),
}  # fmt: skip


def made(random: Random, count: int) -> list[dict[str, str]]:
    """Lines of all kinds; names recur, and are alike."""
    lines = []
    for number in range(count):
        name = random.choice(SIGNS) + random.choice(SIGNS) + random.choice(KINDS)
        code = f"2603-140500-04-01-{random.randrange(count):06d}"
        said = {"项目名称": name + random.choice(("项目", "生产线项目", "二期", ""))}
        said |= {"投资方": random.choice(("", name[:2] + "有限公司"))}
        said |= {"项目代码": random.choice(("", "", code, "26-1"))}
        usual = {head: ways[0] for head, ways in WAYS.items()} | {"总投资（亿元）": "2"}
        changed = random.sample(list(WAYS), random.randrange(3))
        lines.append(said | usual | {head: random.choice(WAYS[head]) for head in changed})
        lines[number]["序号"] = str(number)
    return lines


@pytest.mark.parametrize("seed", range(6))
def test_what_was_taken_in_is_there_and_nothing_is_left_to_do(city, at, seed):
    random = Random(seed)
    by = {"by": city.people["office"]}
    viewer = viewer_of_person(by["by"])
    lines = made(random, 40)
    key = bring_ledger(
        name="台账.csv", data=ledger_csv(*lines), city=city.key, at=at, **by
    ).key  # fmt: skip
    name_as_guessed(key, at=at, **by)
    first = ledger_page(key, viewer, Moment(at)).run
    good = {line.number for line in first.lines if line.outcome != "faulty"}
    assert good and len(good) < len(lines) and HEADS
    for day in range(1, 6):
        now = at + timedelta(days=day)
        run = ledger_page(key, viewer, Moment(now)).run
        asked = [line for line in run.lines if line.outcome in ("odd", "alike")]
        chosen = {
            "odd": {line.number for line in asked},
            "decided": {line.number: "new" for line in asked},
        }
        try:
            take_ledger(ledger=key, token=run.token, at=now, **chosen, **by)
        except Incomplete:
            break
        with pytest.raises((Conflict, Incomplete)):
            take_ledger(ledger=key, token=run.token, at=now, **chosen, **by)
    last = ledger_page(key, viewer, Moment(now)).run
    assert {line.outcome for line in last.lines} <= {"equal", "faulty"}
    assert {line.number for line in last.lines if line.outcome == "equal"} >= good
    states = ProjectState.objects.open()
    assert states.count() == len({line.project for line in last.lines if line.project})
    moves = StageMove.objects.values_list("project_id", flat=True)
    further = states.exclude(stage="lead").values_list("project_id", flat=True)
    assert sorted(moves) == sorted(further), "one move for each that stands further on"
    for line in last.lines:
        if line.outcome == "equal":
            said = lines[line.number - 3]
            state = states.get(project=line.project)
            if said["总投资（亿元）"]:
                amount = Fraction(state.investment, 10**state.investment_scale)
                assert amount == Fraction(said["总投资（亿元）"]) * 10**4
            assert said["项目代码"] in ("", state.code)
    assert not verify().breaks
