"""Adopting: accepted cards become records in one act, or nothing does."""

from __future__ import annotations

import pytest

from factories.reading import PLAN, adopted, imported
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.doors import Found, adopters
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, Refusal
from luodi.indicators.models import Asked, Definition, Target, TargetState
from luodi.orgs.models import Membership, PersonDetails, UnitState
from luodi.orgs.queries import members_of, viewer_of
from luodi.reading.actions import (
    accept_certain,
    adopt_document,
    confirm_lead,
    decide_card,
)
from luodi.reading.choices import Verdict
from luodi.reading.models import DocumentState, ReviewCard
from luodi.reading.queries import reading_room


def adopt(city, at, document) -> None:
    adopt_document(document=document.key, by=city.people["office"], at=at)


def decide_all(city, at, document, verdict=Verdict.ACCEPTED) -> None:
    for card in ReviewCard.objects.filter(document=document, verdict=Verdict.UNDECIDED):
        decide_card(
            document=document.key, card=card.pk, version=card.version, verdict=verdict,
            by=city.people["office"], at=at,
        )  # fmt: skip


def test_it_is_one_act(city, at):
    before = Act.objects.count()
    document = adopted(city, at)
    acts = Act.objects.filter(position__gt=before)
    assert [act.verb for act in acts] == ["import_document", "adopt_document"]
    assert acts[1].payload["accepted"] == 8
    assert DocumentState.objects.open().get(document=document).stage == "adopted"
    assert verify().breaks == ()


def test_the_task_force_is_entered_with_seats_term_and_erasable_names(city, at):
    document = adopted(city, at)
    organ = UnitState.objects.open().get(kind="task_force")
    assert (organ.name, organ.term_to) == ("示例市小微园区提升工作专班", "2027-12")
    assert organ.sentence.startswith(document.sha256)
    seats = list(members_of(organ.of_id, Moment(at)))
    assert [s.seat for s in seats] == ["组长", "副组长", "成员", "成员"]
    assert seats[1].unit == "市工信局"
    names = PersonDetails.objects.filter(person__in=[s.person for s in seats])
    assert sorted(names.values_list("name", flat=True)) == [f"示例-2{n}" for n in range(1, 5)]
    said = " ".join(str(a.payload) for a in Act.objects.all())
    assert "示例-21" not in said


def test_the_goals_become_targets_with_their_sentences(city, at):
    document = adopted(city, at)
    state = TargetState.objects.open().get(amount=120)
    assert (state.scale, state.comparator, state.period) == (0, ">=", "2027")
    target = state.target
    assert target.document == document.key
    _sha, start, end = target.sentence.split(":")
    assert "120亿元" in PLAN[int(start) : int(end)]


def test_the_same_goal_of_a_second_plan_is_the_same_indicator(city, at):
    adopted(city, at)
    definitions = Definition.objects.count()
    again = PLAN.replace("示政办〔2026〕7号", "示政办〔2026〕8号").replace("120亿元", "125.5亿元")
    adopted(city, at, again)
    assert Definition.objects.count() == definitions
    assert Target.objects.count() == 4
    assert UnitState.objects.open().filter(kind="task_force").count() == 1
    assert Membership.objects.open().count() == 4


def test_a_goal_inside_a_measure_is_asked_of_its_lead(city, at):
    text = PLAN.replace("打通园区内三条断头路，", "到2027年园区道路里程达到36公里。")
    document = imported(city, at, text)
    card = ReviewCard.objects.get(document=document, data__title="完善园区道路")
    confirm_lead(
        document=document.key, card=card.pk, version=card.version, name="开发区管委会",
        by=city.people["office"], at=at,
    )  # fmt: skip
    decide_all(city, at, document)
    adopt(city, at, document)
    if adopters.get("measure"):
        asked = Asked.objects.open().get()
        assert asked.unit == city.units["开发区管委会"]
        assert asked.subject.startswith("measure:")


def test_undecided_cards_hold_it_with_their_number_and_a_way_to_them(city, at, sign_in):
    document = imported(city, at)
    accept_certain(document=document.key, by=city.people["office"], at=at)
    with pytest.raises(Incomplete, match="还有 1 条没有核对"):
        adopt(city, at, document)
    answer = sign_in("office").post(f"/documents/{document.key}/adopt/", follow=True)
    assert answer.redirect_chain[-1][0].endswith("?order=left")
    page = answer.content.decode()
    assert "还有 1 条没有核对" in page and page.count("<article") == 1


def test_nothing_accepted_is_told(city, at):
    document = imported(city, at)
    decide_all(city, at, document, Verdict.REJECTED)
    with pytest.raises(Incomplete, match="没有采纳任何一条"):
        adopt(city, at, document)


def test_rejected_cards_are_left_out_and_kept(city, at):
    document = imported(city, at)
    organ = ReviewCard.objects.get(document=document, kind="organ")
    decide_card(
        document=document.key, card=organ.pk, version=organ.version, verdict=Verdict.REJECTED,
        by=city.people["office"], at=at,
    )  # fmt: skip
    decide_all(city, at, document)
    adopt(city, at, document)
    assert not UnitState.objects.filter(kind="task_force").exists()
    assert ReviewCard.objects.filter(document=document).count() == 8


def test_of_two_people_adopting_one_wins(city, at):
    document = imported(city, at)
    decide_all(city, at, document)
    adopt(city, at, document)
    acts = Act.objects.count()
    with pytest.raises(Conflict, match="没有重复入库"):
        adopt(city, at, document)
    assert Act.objects.count() == acts


def test_adopters_are_handed_what_the_door_says_in_order(city, at, monkeypatch):
    seen = []

    def adopter(kind):
        def adopt(*, cards, deed, document, context, by, at):
            seen.append((kind, len(cards), document.number, context["organ"]))
            context["organ"] = context["organ"] or ("K" if kind == "organ" else "")
            deed.touch(f"document:{kind}")

        return adopt

    mine = {kind: adopter(kind) for kind in ("indicator", "measure", "system", "organ")}
    monkeypatch.setattr(adopters, "_things", mine)
    adopted(city, at)
    number = "示政办〔2026〕7号"
    assert seen == [
        ("organ", 1, number, ""), ("measure", 4, number, "K"),
        ("indicator", 2, number, "K"), ("system", 1, number, "K"),
    ]  # fmt: skip


def test_an_adopter_that_refuses_undoes_all_of_it(city, at, monkeypatch):
    def refuse(**_everything):
        raise Refusal("不收")

    monkeypatch.setitem(adopters._things, "system", refuse)
    acts = Act.objects.count()
    with pytest.raises(Refusal, match="不收"):
        adopted(city, at)
    assert Act.objects.count() == acts + 1, "the import alone"
    assert not UnitState.objects.filter(kind="task_force").exists()
    assert not PersonDetails.objects.filter(name="示例-21").exists()


def test_the_room_lists_what_came_of_it(city, at):
    document = adopted(city, at)
    room = reading_room(viewer_of(city.accounts["clerk"]), document.key, Moment(at))
    shown = [found for group in room.created for found in group.shown]
    assert all(isinstance(found, Found) and found.address for found in shown)
    assert "示例市小微园区提升工作专班" in {found.title for found in shown}
