"""A grading: opened, run, kept; equal to what was shown at any past instant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.graded import filled
from factories.gradings import rule_of
from luodi.assessment.actions import run_grading
from luodi.assessment.models import Grade, GradingRun
from luodi.audit.queries import verify
from luodi.kit.scoring import Firm, plain_grade

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_run_equals_the_plain_recomputation(city, at):
    grading, firms, keys = filled(city, at, 60)
    run = run_grading(grading=grading.key, by=city.people["office"], at=at + timedelta(hours=1))
    named = [Firm(key, firm.group, firm.figures) for key, firm in zip(keys, firms, strict=True)]
    others = [Firm(key, "above_scale", {}) for key in city.enterprises.values()]
    plain = {one.key: one for one in plain_grade(rule_of().scheme(), named + others).firms}
    stored = {row.enterprise: row for row in Grade.objects.filter(run=run)}
    assert stored.keys() == plain.keys()
    for key, row in stored.items():
        one = plain[key]
        assert (row.score, row.rank, row.grade, row.of) == (one.score, one.rank, one.grade, one.of)
    assert GradingRun.objects.get().counts["graded"] == sum(
        one.score is not None for one in plain.values()
    )
    assert not verify().breaks


def text(response) -> str:
    return response.content.decode()


def test_the_pages_show_the_list_the_ranking_and_each_firm_unfolded(city, at, sign_in):
    grading, _firms, _keys = filled(city, at, 12)
    client = sign_in("office")
    assert "归集数据" in text(client.get("/assessment/gradings/"))
    page = f"/assessment/gradings/{grading.key}/"
    assert "还没有计算" in text(client.get(page))
    assert client.post(f"{page}run/", {}).status_code == 302
    shown = client.get(page)
    assert "示例企业00003" in text(shown)
    row = Grade.objects.filter(rank=1).first()
    firm = text(client.get(f"{page}firms/{row.enterprise}/"))
    assert "亩均税收" in firm and row.name in firm
    assert client.get(f"{page}?export=xlsx").status_code == 200
    assert "不给企业打分" in text(client.get("/assessment/output-per-mu/"))
