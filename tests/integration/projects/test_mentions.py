"""Projects that a plan names: registered once, tied to their sentences, found from either end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from factories.projects import details
from factories.reading import adopted
from luodi.audit.actions import perform
from luodi.audit.queries import verify
from luodi.cli import main
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.projects.actions import adopt_projects, open_lead
from luodi.projects.models import PlanMention, Project, ProjectState
from luodi.projects.rules import same_name

pytestmark = pytest.mark.django_db(databases="__all__")

TEXT = (Path(__file__).parents[2] / "corpus" / "box-cuts-a-sentence.txt").read_text("utf-8")


def test_named_projects_come_into_the_reserve_with_their_sentence(city, at, sign_in):
    document = adopted(city, at, TEXT)
    found = {s.name: s for s in ProjectState.objects.open()}
    assert len(found) >= 2 and {s.origin for s in found.values()} == {"reserve"}
    assert {s.lead for s in found.values()} == {city.units["市商务局"]}
    one = next(s for s in found.values() if s.investment is not None)
    page = sign_in("office").get(f"/projects/{one.project_id}/").content.decode()
    assert "规划依据" in page and "规划采纳时列入项目库。" in page
    mention = PlanMention.objects.get(project=one.project)
    sha256, start, end = mention.sentence.split(":")
    sentence = f"/sentence/{sha256}/{start}/{end}/"
    assert sentence in page
    forward = sign_in("office").get(f"/documents/{document.key}/").content.decode()
    assert f"/projects/{one.project_id}/" in forward
    assert verify().breaks == ()


def test_a_project_that_is_there_is_tied_and_not_doubled(city, at):
    adopted(city, at, TEXT)
    [first, *others] = ProjectState.objects.open().order_by("name")
    adopted(city, at, TEXT.replace("2026", "2027") + "\n")
    assert Project.objects.count() == 1 + len(others)
    assert PlanMention.objects.filter(project=first.project).count() == 2


def test_one_registered_by_hand_before_is_recognised(city, at):
    said = details(city, name="青河区智能装备产业园 项目", investment="9000")
    by_hand = open_lead(city=city.key, details=said, by=city.people["office"], at=at)
    adopted(city, at, TEXT)
    [mention] = PlanMention.objects.filter(project=by_hand.key)
    assert "智能制造" in mention.box
    state = ProjectState.objects.open().get(project=by_hand.key)
    assert (state.origin, state.investment) == ("lead", 9000)
    assert ProjectState.objects.open().filter(name__contains="智能装备产业园").count() == 1


@pytest.mark.seeds
def test_the_boxes_of_a_real_plan_give_34_projects_16_with_an_amount(city, at, seeds):
    path = seeds / "gazette-equipment-2022.txt"
    said = CliRunner().invoke(main, ["compile", str(path), "--format", "json"])
    compiled = json.loads(said.stdout)
    sha256 = compiled["source"]["sha256"]
    cards = [
        AdoptedCard("project", one, f"{sha256}:{one['span'][0]}:{one['span'][1]}", *one["span"], n)
        for document in compiled["documents"]
        for n, one in enumerate(document["projects"])
    ]
    document = AdoptedDocument("plan", "装备制造规划", "", "", "", city.key, sha256)
    office = {"by": city.people["office"], "at": at}
    scope = {"city": city.key, "unit": city.units["市商务局"]}
    with perform("adopt_document", subjects=["document:plan"], scope=scope, **office) as deed:
        adopt_projects(cards=cards, deed=deed, document=document, context={}, **office)
    states = ProjectState.objects.open()
    assert (PlanMention.objects.count(), states.count()) == (34, 32), "two stand in two boxes"
    assert states.exclude(investment=None).count() == 16
    assert {mention.box for mention in PlanMention.objects.all()} != {""}


def test_phases_of_one_project_are_two_projects():
    assert same_name("示例产业园项目（一期）") != same_name("示例产业园项目（二期）")
    assert same_name("示例产业园项目") == same_name("示例 产业园")
