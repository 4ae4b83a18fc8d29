"""Random walks of the report flow by random people: only what the table allows ever happens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import plans as p
from factories.city import make_city
from luodi.audit.queries import moment_at, verify
from luodi.common.refusals import Refusal
from luodi.orgs.rules import Viewer
from luodi.plans import actions, queries
from luodi.plans.flows import REPORT
from luodi.plans.models import ReportState
from luodi.plans.rules.reporting import readable

PEOPLE = [
    "clerk", "section_head", "leader_in_charge", "zone_staff", "zone_head", "zone_leader", "office",
    "other_clerk", "leading_group",
]  # fmt: skip
DOINGS = ["submit", "pass", "return", "accept"]
EDGES = {(source, str(m.target)) for m in REPORT.moves for source in map(str, m.sources)}
MAY = {
    "submit": {"clerk", "zone_staff"},
    "pass": {"section_head", "leader_in_charge", "zone_head", "zone_leader"},
    "accept": {"office"},
}

steps = st.lists(
    st.tuples(st.sampled_from(DOINGS), st.sampled_from(PEOPLE), st.integers(0, 2)),
    min_size=5,
    max_size=40,
)


def do(city, doing, who, report, at, number):
    if doing == "submit":
        p.submitted(city, who, report, f"第{number}次。", at=at)
    elif doing == "pass":
        p.passed(city, who, report, at)
    elif doing == "return":
        p.returned(city, who, report, "再写清楚", at)
    else:
        viewer = p.viewer(city, who)
        actions.accept_reports(reports=[report.key], viewer=viewer, by=viewer.person, at=at)


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(walk=steps)
def test_walks_follow_the_table_and_replay(walk):
    with transaction.atomic():
        walked(walk)
        transaction.set_rollback(True)


def walked(walk):
    """One walk through a fresh city; whatever it wrote is rolled back after."""
    at = p.MARCH - timedelta(days=24)
    city = make_city(at=at)
    plan = p.adopted_plan(city, at)
    p.opened()
    reports = [
        p.report_of(city, "1.", "市工信局"),
        p.report_of(city, "2.", "市工信局"),
        p.report_of(city, "2.", "开发区管委会"),
    ]
    office, known = p.viewer(city, "office"), []
    for number, (doing, who, which) in enumerate(walk):
        before = {report.key: p.stage_of(report) for report in reports}
        try:
            do(city, doing, who, reports[which], p.MARCH + timedelta(minutes=number), number)
        except Refusal:
            after = {report.key: p.stage_of(report) for report in reports}
            assert after == before
            continue
        assert doing == "return" or who in MAY[doing]
        for report in reports:
            edge = (before[report.key], p.stage_of(report))
            assert edge[0] == edge[1] or edge in EDGES
        moment = moment_at(ReportState.objects.latest("since").since_id)
        known.append((moment, picture(plan, office, moment)))
    for moment, shown in known:
        assert picture(plan, office, moment) == shown
    for report in reports:
        hands = report.states.open().get().hands
        assert len(hands) == len(set(hands))
    assert verify().breaks == ()


def picture(plan, viewer, moment):
    """What the office sees at a moment: lights, and every report with what it may read."""
    rows = queries.measures_of(plan, viewer, moment)
    month = queries.rounds_of(plan, viewer, moment)[0]
    overview = queries.round_overview(month, viewer, moment)
    return (
        [(row.verdict.light, row.latest and row.latest.text) for row in rows],
        [(r.key, r.stage, r.text, r.open_to) for line in overview.units for r in line.reports],
    )


@pytest.mark.parametrize("stage", ["asked", "at_section_head", "at_leader"])
def test_nothing_inside_a_unit_is_readable_outside(stage):
    office = Viewer(
        "x", "", "c", "u", frozenset({"office"}), unit_roles=frozenset({("u", "office")})
    )
    assert not readable(office, "v", stage, "") and not readable(office, "u", stage, "")
