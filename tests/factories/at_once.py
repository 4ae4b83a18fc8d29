"""Several people doing the same thing in the same moment, on a site's own database.

Run inside a site (`Site.python`), where SQLite is a file and every thread has its connection.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from django.db import connections

from luodi.audit.queries import verify
from luodi.common.refusals import Refusal
from luodi.ledger.actions import acknowledge, give_feedback, open_item, set_due
from luodi.ledger.models import Feedback, Item, ItemState
from luodi.orgs.models import Account, Person, UnitState
from luodi.orgs.queries import name_of, viewer_of
from luodi.papers.actions import check_paper, freeze_paper, open_paper, sign_paper
from luodi.papers.choices import PaperKind
from luodi.papers.exports import render
from luodi.papers.models import NumberTaken, PaperState
from luodi.plans.actions import confirm_lead, open_due_rounds
from luodi.plans.models import Assignment, Measure, Plan, Report, Round
from luodi.projects.actions import merge_project, open_lead
from luodi.projects.models import MergeState, ProjectState
from luodi.reading.actions import (
    accept_certain,
    accept_finding,
    adopt_document,
    decide_card,
    dismiss_finding,
    import_document,
    open_correction_note,
)
from luodi.reading.models import Document, DocumentState, FindingState, ReviewCard
from luodi.reading.queries import notes_about
from luodi.sites.actions import draw_plots, register_site, reserve_site
from luodi.sites.models import Occupation, PlotState
from luodi.sites.queries import draw_plan
from luodi.supervision.actions import draft_by_rules
from luodi.supervision.models import Letter

from . import letters, plans
from .city import City
from .findings import accepted, faulty, finding
from .geojson import collection, feature, ring
from .papers import seen, small_report, staff_office
from .projects import details
from .reading import PLAN, imported, quiet
from .sites import plot_details

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
MANY = 10


def founded(key: str = "shili") -> City:
    """The site's city as its database holds it."""
    city = City(key)
    city.units = dict(UnitState.objects.open().filter(of__city=key).values_list("name", "of"))
    for account in Account.objects.filter(person__city=key):
        name = account.username.removeprefix(f"{key}-")
        city.people[name], city.accounts[name] = account.person_id, account
    return city


def at_once(deeds: Sequence[Callable[[], object]]) -> list[str]:
    """Do all of them in the same moment; how each ended: 'done', or the name of the refusal."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        gate.wait()
        try:
            deed()
            return "done"
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def said(outcomes: Sequence[str], **more: object) -> None:
    """Print what came of it, and whether the record is whole."""
    whole = not verify().breaks
    print(json.dumps({"outcomes": Counter(outcomes), "whole": whole, **more}))  # noqa: T201


def opening() -> None:
    """Ten people open an item."""
    city = founded()

    def one() -> None:
        open_item(
            city=city.key, source="call", title="生成的事项", lead=city.units["市工信局"],
            by=city.people["office"], at=AT,
        )  # fmt: skip

    outcomes = at_once([one] * MANY)
    said(outcomes, serials=sorted(Item.objects.values_list("serial", flat=True)))


def same_state() -> None:
    """Two people of the office set the due day of one item, from the same page."""
    city = founded()
    item = open_item(
        city=city.key, source="call", title="生成的事项", lead=city.units["市工信局"],
        by=city.people["office"], at=AT,
    )  # fmt: skip
    shown = ItemState.objects.open().get(item=item).since_id

    def one() -> None:
        set_due(item=item.key, reason="生成的理由", seen=shown, by=city.people["office"], at=AT)

    outcomes = at_once([one, one])
    said(outcomes, open=ItemState.objects.open().filter(item=item).count())


def feedback() -> None:
    """Two units report on one item: both count."""
    city = founded()
    item = open_item(
        city=city.key, source="call", title="生成的事项", lead=city.units["市工信局"],
        cooperating=[city.units["开发区管委会"]], by=city.people["office"], at=AT,
    )  # fmt: skip
    acknowledge(item=item.key, by=city.people["clerk"], at=AT)
    outcomes = at_once(
        [
            lambda by=city.people[name]: give_feedback(item=item.key, text="有进展", by=by, at=AT)
            for name in ("clerk", "zone_staff")
        ]
    )
    said(outcomes, kept=Feedback.objects.filter(item=item).count())


def importing() -> None:
    """Two people import the same file."""
    city = founded()
    text = PLAN.replace("小微园区", "同一园区").encode()

    def one() -> None:
        import_document(
            name="方案.txt", data=text, city=city.key, progress=quiet,
            by=city.people["office"], at=AT,
        )  # fmt: skip

    before = Document.objects.count()
    outcomes = at_once([one, one])
    said(outcomes, made=Document.objects.count() - before)


def adopting() -> None:
    """Two people adopt the same document."""
    city = founded()
    document, by = imported(city, AT), city.people["office"]
    accept_certain(document=document.key, by=by, at=AT)
    for card in ReviewCard.objects.filter(document=document, verdict="undecided"):
        decide_card(
            document=document.key, card=card.pk, version=card.version, verdict="accepted",
            by=by, at=AT,
        )  # fmt: skip
    outcomes = at_once([lambda: adopt_document(document=document.key, by=by, at=AT)] * 2)
    plans_made = Plan.objects.filter(document=document.key).count()
    stages = list(DocumentState.objects.open().filter(document=document).values_list("stage"))
    said(outcomes, plans=plans_made, stages=stages)


def opening_months() -> None:
    """Two workers come for the month that is due."""
    city = founded()
    plan = plans.adopted_plan(city, AT, key="months")
    outcomes = at_once([lambda: open_due_rounds(by=plans.CLOCK, at=plans.MARCH)] * 2)
    rounds = Round.objects.filter(plan=plan)
    reports = Report.objects.filter(round__in=rounds)
    places = set(reports.values_list("round", "measure", "unit"))
    said(outcomes, periods=sorted(rounds.values_list("period", flat=True)),
         twice=reports.count() - len(places))  # fmt: skip


def reporting() -> None:
    """Two units hand in their reports on the same measure; a third person hands one in too."""
    city = founded()
    plan = plans.adopted_plan(city, AT, key="reporting")
    plans.opened()
    reports = Report.objects.filter(round__plan=plan)
    mine = reports.filter(unit=city.units["市工信局"]).first()
    theirs = reports.filter(unit=city.units["开发区管委会"]).first()
    outcomes = at_once(
        [
            lambda: plans.submitted(city, "clerk", mine),
            lambda: plans.submitted(city, "clerk", mine),
            lambda: plans.submitted(city, "zone_staff", theirs),
        ]
    )
    stages = [plans.stage_of(mine), plans.stage_of(theirs)]
    said(outcomes, stages=stages)


def leading() -> None:
    """Two people of the office confirm two different leads of one measure."""
    city = founded()
    plan = plans.adopted_plan(city, AT, key="leading")
    measure = Measure.objects.get(plan=plan, label="3.")
    units = list(Assignment.objects.open().filter(measure=measure).values_list("unit", flat=True))
    who = plans.viewer(city, "office")
    outcomes = at_once(
        [
            lambda unit=unit: confirm_lead(
                measure=measure, unit=unit, viewer=who, by=who.person, at=AT
            )
            for unit in units[:2]
        ]
    )
    leads = Assignment.objects.open().filter(measure=measure, role="lead").count()
    said(outcomes, leads=leads)


def signing() -> None:
    """Four papers of one series are signed, one of them by two people."""
    city = founded()
    if "office_leader" not in city.people:
        staff_office(city, AT)
    keys = []
    for number in range(4):
        paper = open_paper(
            kind=PaperKind.PROGRESS_REPORT, title=f"生成的月报{number}", city=city.key,
            unit=city.units["市商务局"], series="progress_report:生成", by=city.people["office"],
            at=AT,
        )  # fmt: skip
        freeze_paper(
            paper=paper.key, content=small_report(), position=7, by=city.people["office"], at=AT
        )
        check_paper(paper=paper.key, seen=seen(paper.key), by=city.people["second_office"], at=AT)
        keys.append(paper.key)
    shown = {key: seen(key) for key in keys}
    outcomes = at_once(
        [
            lambda key=key, name=name: sign_paper(
                paper=key, seen=shown[key], render=render, by=city.people[name], at=AT
            )
            for key, name in [(k, "office_leader") for k in keys] + [(keys[0], "office_deputy")]
        ]
    )
    numbers = NumberTaken.objects.filter(series="progress_report:生成")
    signed = PaperState.objects.open().filter(paper__in=keys, stage="signed")
    said(outcomes, numbers=sorted(numbers.values_list("number", flat=True)),
         signed=signed.count())  # fmt: skip


def deciding() -> None:
    """One accepts a finding and another dismisses it; then both begin the note about it."""
    city = founded()
    document = faulty(city, AT)
    by, state = city.people["office"], finding(document, "share.contradicts")
    shown = {"finding": state.finding_id, "seen": state.since_id, "by": by, "at": AT}
    outcomes = at_once(
        [lambda: accept_finding(**shown), lambda: dismiss_finding(**shown, reason="口径不同")]
    )
    accepted(city, document, AT, "growth.average")
    viewer = viewer_of(city.accounts["office"])
    note = {"document": document.key, "viewer": viewer, "by": by, "at": AT}
    begun = at_once([lambda: open_correction_note(**note)] * 2)
    stages = FindingState.objects.open().filter(finding=state.finding_id)
    said(outcomes, begun=Counter(begun), open=stages.count(), notes=len(notes_about(document.key)))


def reserving() -> None:
    """Six people reserve one plot, each for another project; what those too late are told."""
    city = founded()
    place = {"city": city.key, "zone": city.units["开发区管委会"]}
    by = {"by": city.people["office"], "at": AT}
    plot = register_site(kind="plot", details=plot_details(), **place, **by).key
    holders = [
        open_lead(city=city.key, details=details(city, name=f"生成的项目{n}", code=""), **by).key
        for n in range(6)
    ]
    people = ["office", "clerk", "zone_staff"] * 2
    told: list[str] = []

    def one(who: str, key: str) -> Callable[[], object]:
        def reserve() -> None:
            try:
                reserve_site(site=plot, holder=f"project:{key}", by=city.people[who], at=AT)
            except Refusal as refusal:
                told.append(refusal.sentence)
                raise

        return reserve

    outcomes = at_once([one(who, key) for who, key in zip(people, holders, strict=True)])
    won = Occupation.objects.open().get(site=plot)
    said(outcomes, rows=Occupation.objects.count(), told=sorted(set(told)),
         winner=name_of(won.held_by))  # fmt: skip


def drawing() -> None:
    """Two people import plots that lie on one another."""
    city = founded()
    zone = city.units["开发区管委会"]
    files = [collection(feature(ring(x, 0), name=f"生成的地块{x}")) for x in (0, 100)]
    tokens = [draw_plan(city.key, zone, text).token for text in files]

    def one(text: str, token: str) -> Callable[[], object]:
        return lambda: draw_plots(
            city=city.key, zone=zone, text=text, looked_at=token,
            by=city.people["zone_staff"], at=AT,
        )  # fmt: skip

    outcomes = at_once([one(*both) for both in zip(files, tokens, strict=True)])
    said(outcomes, plots=PlotState.objects.filter(name__startswith="生成的地块").count())


def merging() -> None:
    """Two people merge two projects into each other, from the same page."""
    city = founded()
    by = {"by": city.people["office"], "at": AT}
    one, other = (
        open_lead(city=city.key, details=details(city, name=f"重复的{n}", code=""), **by).key
        for n in range(2)
    )
    seen_then = dict(ProjectState.objects.open().values_list("project_id", "since_id"))

    def merge(project: str, into: str) -> Callable[[], object]:
        return lambda: merge_project(
            project=project, into=into, takes=[], why="重复登记",
            seen=seen_then[project], seen_into=seen_then[into], **by,
        )  # fmt: skip

    outcomes = at_once([merge(one, other), merge(other, one)])
    said(outcomes, merged=MergeState.objects.open().filter(project__in=[one, other]).count())


def lettering() -> None:
    """Two workers hold the rungs against the same lights; two people sign for one letter."""
    city = founded()
    if "office_leader" not in city.people:
        staff_office(city, AT)
    item = letters.red_item(city, AT)
    outcomes = at_once([lambda: draft_by_rules(by="system:clock", at=AT)] * 2)
    drafts = Letter.objects.filter(causes__subject=f"item:{item}").count()
    sent = letters.signed(city, AT, Letter.objects.get(causes__subject=f"item:{item}").key)
    letters.step(city, AT, sent, "office", "issue_letter")
    both = at_once([lambda: letters.step(city, AT, sent, "zone_staff", "sign_for_letter")] * 2)
    said(outcomes, drafts=drafts, signing=Counter(both))


def everything() -> None:
    """The lot at once: nobody is ever told that a database is locked."""
    city = founded()

    def one(number: int) -> Callable[[], object]:
        if number % 3 == 0:
            return lambda: imported(city, AT, PLAN.replace("小微园区", f"第{number}园区"), "a.txt")
        return lambda: [
            open_item(
                city=city.key, source="call", title="生成的事项", lead=city.units["市统计局"],
                by=city.people["office"], at=AT,
            )
            for _ in range(5)
        ]  # fmt: skip

    outcomes = at_once([one(number) for number in range(12)])
    said(outcomes, people=Person.objects.count())
