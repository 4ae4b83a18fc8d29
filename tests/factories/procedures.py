"""An appraisal taken through its procedure in the small city, by its own people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from luodi.assessment.actions import (
    accept_figures,
    begin_review,
    begin_verification,
    decide_appraisal,
    draft_appraisal_paper,
    freeze_scheme,
    open_appraisal,
    open_self_reports,
    open_term,
    pass_self_report,
    publish_appraisal,
    raise_objection,
    run_appraisal,
    save_self_report,
    show_result,
    submit_self_report,
    take_first_result,
)
from luodi.assessment.models import Appraisal, AppraisalState, SelfReport, SelfReportState
from luodi.assessment.queries import sheet_of, verifying_page
from luodi.common.moments import Moment
from luodi.orgs.actions import appoint, open_account
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.queries import open_state

from .appraisals import OTHERS, ZONE, more_zones, with_scheme
from .city import MAKER, PASSWORD, City

CELLS = {
    ZONE: {"output:actual": "30", "growth:actual": "105", "growth:base": "100", "tasks:actual": "8"},
    OTHERS[0]: {
        "output:actual": "20", "growth:actual": "110", "growth:base": "100", "tasks:actual": "10",
    },
    OTHERS[1]: {"output:actual": "10", "growth:actual": "90", "growth:base": "100", "tasks:actual": "3"},
}  # fmt: skip
PEOPLE = (
    ("east_staff", OTHERS[0], Role.ZONE_STAFF),
    ("west_staff", OTHERS[1], Role.ZONE_STAFF),
    ("office_check", "市商务局", Role.OFFICE),
    ("office_leader", "市商务局", Role.LEADER_IN_CHARGE),
)


def who(city: City, username: str, at: datetime) -> dict[str, Any]:
    """Somebody as actions take them."""
    viewer = viewer_of_person(city.people[username])
    return {"viewer": viewer, "by": viewer.person, "at": at}


def staffed(city: City, at: datetime) -> None:
    """The two other zones with a clerk each, and who checks and signs the office's papers."""
    more_zones(city, at)
    for number, (username, unit, role) in enumerate(PEOPLE, start=31):
        person = appoint(
            name=f"示例-{number}", unit=city.units[unit], role=role, by=MAKER, at=at, generated=True
        )
        city.people[username] = person.key
        city.accounts[username] = open_account(
            username=f"{city.key}-{username}", password=PASSWORD, person=person.key, by=MAKER, at=at
        )


def prepared(city: City, at: datetime) -> Appraisal:
    """A draft of three zones with its scheme frozen."""
    staffed(city, at)
    with_scheme(city, at)
    appraisal = open_appraisal(scheme="small", year=2025, **who(city, "office", at))
    freeze_scheme(appraisal=appraisal.key, **who(city, "office", at))
    return appraisal


def seen(appraisal: str) -> int:
    """The act of the state as it is now."""
    return AppraisalState.objects.open().get(appraisal=appraisal).since_id


def report_of(city: City, appraisal: str, zone: str) -> str:
    """The key of a zone's self-report."""
    return SelfReport.objects.get(appraisal=appraisal, unit=city.units[zone]).key


def report_seen(report: str) -> int:
    return SelfReportState.objects.open().get(self_report=report).since_id


def filled(city: City, at: datetime, appraisal: str, zone: str, clerk: str, **cells: str) -> str:
    """A zone's sheet typed and handed in by its clerk, as far as the unit's own people go."""
    report = report_of(city, appraisal, zone)
    draft = save_self_report(
        self_report=report, version=0, cells=CELLS[zone] | cells, notes={}, words="示例自评",
        **who(city, clerk, at),
    )  # fmt: skip
    submit_self_report(self_report=report, version=draft.version, **who(city, clerk, at))
    return report


def handed_in(city: City, at: datetime, appraisal: str) -> None:
    """All three self-reports out of their units."""
    report = filled(city, at, appraisal, ZONE, "zone_staff")
    for signer in ("zone_head", "zone_leader"):
        pass_self_report(self_report=report, seen=report_seen(report), **who(city, signer, at))
    filled(city, at, appraisal, OTHERS[0], "east_staff")
    filled(city, at, appraisal, OTHERS[1], "west_staff")


def verified(city: City, at: datetime, appraisal: str) -> None:
    """Every figure accepted by the office that runs the appraisal and answers for all of them."""
    page = verifying_page(appraisal, viewer_of_person(city.people["office"]), Moment(at))
    keys = [row.key for row in page.rows if row.waits]
    accept_figures(appraisal=appraisal, figures=keys, own={}, **who(city, "office", at))


def shown(city: City, at: datetime) -> Appraisal:
    """An appraisal whose first result is shown to those assessed."""
    appraisal = prepared(city, at)
    key = appraisal.key
    for act, days in ((open_self_reports, 0), (begin_verification, 2)):
        act(appraisal=key, seen=seen(key), **who(city, "office", at + timedelta(days=days)))
        if act is open_self_reports:
            handed_in(city, at + timedelta(days=1), key)
    later = at + timedelta(days=3)
    verified(city, later, key)
    run_appraisal(appraisal=key, **who(city, "office", later))
    take_first_result(appraisal=key, seen=seen(key), **who(city, "office", later))
    show_result(appraisal=key, seen=seen(key), **who(city, "office", later))
    return appraisal


def signed(city: City, at: datetime, appraisal: str, kind: str) -> str:
    """A paper of the appraisal drafted, checked and signed; its key."""
    frozen = draft_appraisal_paper(appraisal=appraisal, kind=kind, **who(city, "office", at))
    paper = frozen.paperstate_set.filter(until=None).get().paper_id
    for username, act, more in (
        ("office_check", check_paper, {}),
        ("office_leader", sign_paper, {"render": render}),
    ):
        act(paper=paper, seen=open_state(paper).since_id, by=city.people[username], at=at, **more)
    return paper


def decided(city: City, at: datetime, appraisal: str) -> datetime:
    """From shown to decided; returns when that was."""
    later = at + timedelta(days=20)
    begin_review(appraisal=appraisal, seen=seen(appraisal), **who(city, "office", later))
    signed(city, later, appraisal, "appraisal_notice")
    done = later + timedelta(days=15)
    decide_appraisal(
        appraisal=appraisal,
        seen=seen(appraisal),
        words="同意。",
        **who(city, "leading_group", done),
    )
    return done


def published(city: City, at: datetime, appraisal: str) -> datetime:
    """From shown to published; returns when that was."""
    done = decided(city, at, appraisal)
    signed(city, done, appraisal, "appraisal_bulletin")
    publish_appraisal(appraisal=appraisal, seen=seen(appraisal), **who(city, "office", done))
    return done


def at_work(city: City, at: datetime, mark: str) -> dict[str, list[str]]:
    """By the example of the pack: one appraisal asked for, one shown with an objection; a term."""
    asked, done = (_asked(city, at, year) for year in (2024, 2023))
    draft, report = (report_of(city, key, ZONE) for key in (asked, done))
    for key, words in ((draft, mark), (report, f"{mark}自评")):
        sheet = sheet_of(key, viewer_of_person(city.people["zone_staff"]), Moment(at))
        notes = dict.fromkeys(sheet.asked, f"{mark}没有这项数")
        save_self_report(
            self_report=key, version=0, cells={}, notes=notes, words=words,
            **who(city, "zone_staff", at),
        )  # fmt: skip
    submit_self_report(self_report=report, version=1, **who(city, "zone_staff", at))
    for signer in ("zone_head", "zone_leader"):
        pass_self_report(self_report=report, seen=report_seen(report), **who(city, signer, at))
    objection = _objected(city, at, done, mark)
    term = open_term(
        unit=city.units[ZONE], scheme="three-chain-cluster", title=f"{mark}示例班子",
        term_from=date(2023, 1, 1), term_to=date(2026, 12, 31), **who(city, "office", at),
    )  # fmt: skip
    found = {"self_report": [draft, report], "objection": [objection], "term": [term.key]}
    return found | {"asked": [asked, done]}


def _asked(city: City, at: datetime, year: int) -> str:
    office = who(city, "office", at)
    key = open_appraisal(scheme="three-chain-cluster", year=year, **office).key
    freeze_scheme(appraisal=key, **office)
    open_self_reports(appraisal=key, seen=seen(key), **office)
    return key


def _objected(city: City, at: datetime, key: str, mark: str) -> str:
    office = who(city, "office", at)
    begin_verification(appraisal=key, seen=seen(key), **office)
    run_appraisal(appraisal=key, **office)
    take_first_result(appraisal=key, seen=seen(key), why=f"{mark}先出结果", **office)
    show_result(appraisal=key, seen=seen(key), **office)
    return raise_objection(
        appraisal=key, unit=city.units[ZONE], about="", text=f"{mark}名次有误",
        evidence=[(f"{mark}证明.txt", f"{mark}zhengming".encode())],
        **who(city, "zone_staff", at),
    ).key  # fmt: skip
