"""Tags: by criteria with reasons, by the office's word with its grounds, as a filter, as of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.projects import bulk_projects
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.packs.schemas import TagRule
from luodi.projects.actions import decide_tag, set_agreement
from luodi.projects.models import ProjectTag
from luodi.projects.queries import project_head, tags_of_project, tags_page

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def tags_for(city):
    def found(project, moment, who="office"):
        head = project_head(project.key, viewer_of_person(city.people[who]), moment)
        return {one.tagged.rule.key: one for one in tags_of_project(head, moment)}

    return found


@pytest.fixture
def decide(city, at, project):
    def decided(tag, decision, why="省发改委文件", who="office", days=0, **given):
        decide_tag(project=project.key, tag=tag, decision=decision, why=why,
                   by=city.people[who], at=at + timedelta(days=days), **given)  # fmt: skip

    return decided


def test_criteria_say_yes_no_or_cannot_tell_with_reasons(city, at, opened, project, tags_for):
    tags = tags_for(project, Moment(at))
    low, energy = tags["low-level"], tags["high-energy"]
    assert low.tagged.answer == "no"
    assert low.tagged.reasons[0] == "投资强度（万元/亩）：533.34，不符合“不高于 100”。"
    assert (
        energy.tagged.answer == "cannot_tell" and "没有这个数，无法判断" in energy.tagged.reasons[0]
    )
    assert tags["new-quality"].effect.startswith("排污总量指标") and not tags["new-quality"].asked
    assert tags["new-quality"].source.endswith("晋市政办〔2025〕4号")
    set_agreement(project=project.key, title="", signed_on=date(2026, 1, 5), land="60",
                  promises={"energy": "1.2"}, days={}, by=city.people["office"], at=at)  # fmt: skip
    assert tags_for(project, Moment(at))["high-energy"].tagged.answer == "yes"
    poor = opened(name="粗放", investment="600", output="3000", code="")
    assert tags_for(poor, Moment(at))["low-level"].tagged.answer == "yes"
    framework = opened(name="意向", investment="600", signing="framework", output="3000", code="")
    assert tags_for(framework, Moment(at))["low-level"].tagged.answer == "cannot_tell"


def test_the_office_decides_with_grounds_and_takes_it_back(at, project, decide, tags_for):
    with pytest.raises(Incomplete, match="写明依据"):
        decide("provincial-key", "give", why=" ")
    decide("provincial-key", "give")
    first = ProjectTag.objects.get().since_id
    assert tags_for(project, Moment(at))["provincial-key"].tagged.answer == "yes"
    with pytest.raises(Conflict, match="已经是这样"):
        decide("provincial-key", "give", days=1)
    decide("provincial-key", "deny", why="年度调整", days=1, seen=first)
    with pytest.raises(Conflict, match="刚刚有了变化"):
        decide("provincial-key", "leave", days=1, seen=first)
    decide("provincial-key", "leave", why="重新申报", days=2)
    later = Moment(at + timedelta(days=3))
    assert tags_for(project, later)["provincial-key"].tagged.given is None
    assert tags_for(project, moment_at(first))["provincial-key"].tagged.answer == "yes"
    decide("low-level", "give", why="评审会认定", days=4)
    tag = tags_for(project, Moment(at + timedelta(days=5)))["low-level"].tagged
    assert (tag.found, tag.answer) == ("no", "yes") and not verify().breaks


def test_who_may_decide(decide):
    for who in ("clerk", "zone_staff", "leading_group"):
        with pytest.raises(NotAllowed):
            decide("provincial-key", "give", who=who)
    with pytest.raises(NotFound):
        decide("provincial-key", "give", who="other_clerk")
    for wrong in (("luck", "give"), ("low-level", "perhaps")):
        with pytest.raises(NotFound):
            decide(*wrong)


@pytest.mark.parametrize("value", ["abc", "-1", ["a"], "1e9"])
def test_a_pack_with_an_odd_threshold_is_told_so(value):
    rule = {
        "key": "x", "owner": {"body": "city", "name": "x"}, "kind": "rule", "source": "x",
        "title": "x", "title_en": "x", "order": 1,
        "criteria": [{"fact": "energy", "operator": "at_least", "value": value}],
    }  # fmt: skip
    with pytest.raises(ValueError, match=r"一个数|one_of"):
        TagRule.model_validate(rule)


def test_the_pages_filter_and_decide(sign_in, city, at, project, opened):
    opened(name="粗放", investment="600", output="3000", code="")
    office = sign_in("office")
    page = text(office.get("/projects/tags/?f_tags=低水平"))
    assert "粗放" in page and "示例光电" not in page and "无法判断" in page
    address = f"/projects/{project.key}/tags/"
    page = text(office.get(address))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    given = {"tag": "new-quality", "decision": "give", "why": "认定文件", "seen": seen}
    page = text(office.post(f"{address}decide/", given, follow=True))
    assert "标签已认定" in page and "认定文件" in page
    assert office.post(f"{address}decide/", given | {"decision": "deny"}).status_code == 409
    assert "示例光电" in text(office.get("/projects/tags/?f_tags=新质生产力"))
    assert "认定标签（新质生产力）" in text(office.get(f"/projects/{project.key}/"))
    clerk = sign_in("clerk")
    assert "标签由专班办公室认定" in text(clerk.get(address))
    assert clerk.post(f"{address}decide/", given).status_code == 403
    other = sign_in("other_clerk")
    assert other.get(address).status_code == 404
    assert "示例光电" not in text(other.get("/projects/tags/"))
    for one in (address, "/projects/tags/"):
        page = text(office.get(one, headers={"Accept-Language": "en"}))
        assert "New-quality productivity" in page and "新质" not in page


def test_the_list_takes_the_same_queries_for_many(
    sign_in, city, at, project, django_assert_max_num_queries
):
    office = sign_in("office")
    office.get("/projects/tags/")
    counts = []
    for n in (0, 60):
        bulk_projects(city, n, at) if n else None
        with django_assert_max_num_queries(45) as seen:
            assert office.get("/projects/tags/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert len(tags_page(viewer_of_person(city.people["office"]), Moment(at)).rows) == 61
    assert office.get("/projects/tags/?export=xlsx").status_code == 200
