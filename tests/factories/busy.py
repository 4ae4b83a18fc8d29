"""A city in the middle of its work: something of every kind, at several stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from luodi.analysis.actions import grant_series, release_figures
from luodi.analysis.choices import Basis, GrantUse
from luodi.analysis.models import Grant
from luodi.analysis.queries.releases import last_position
from luodi.api.actions import make_token
from luodi.api.models import Token
from luodi.collection.actions import bring_table
from luodi.collection.models import Form, Turn
from luodi.documents.models import StoredFile
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Indicator, Target
from luodi.jobs.models import InboxMessage, Job
from luodi.ledger.actions import acknowledge, apply_for_close_out, ask_extension, give_feedback
from luodi.ledger.actions import open_item as open_one
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import open_paper, save_own_words
from luodi.papers.choices import PaperKind
from luodi.papers.models import Paper
from luodi.plans.models import Measure, Plan, Report, Round
from luodi.reading.models import Document, Finding, ReviewCard
from luodi.supervision.actions import plan_rectification

from . import (
    appraisals,
    bulletins,
    chains,
    collection,
    evaluating,
    exempting,
    graded,
    letters,
    permits,
    plans,
    policies,
    procedures,
    projects,
    registers,
    requests,
    sites,
)
from . import meetings as gatherings
from .city import City
from .figures import defined, reported
from .papers import staff_office
from .reading import PLAN, adopted, imported
from .templates import superior_table


@dataclass
class Busy:
    """The city and, by the name of an address's argument or of a kind, keys that are in it."""

    city: City
    keys: dict[str, list[str]] = field(default_factory=dict)


def _items(city: City, at: datetime, mark: str) -> list[str]:
    """One item just assigned, one in hand, one with a request, one that waits to be closed."""
    office, clerk = city.people["office"], city.people["clerk"]
    keys = []
    for number in range(4):
        item = open_one(
            city=city.key, source="meeting", title=f"{mark}示例事项{number}", content=f"{mark}尽快办理",
            lead=city.units["市工信局"], cooperating=[city.units["开发区管委会"]],
            due_on=date(2026, 4, 20), by=office, at=at,
        )  # fmt: skip
        keys.append(item.key)
    for key in keys[1:]:
        acknowledge(item=key, by=clerk, at=at)
        give_feedback(
            item=key,
            text=f"{mark}已经对接",
            evidence=[(f"{mark}照片.txt", f"{mark}jilu".encode())],
            by=clerk,
            at=at,
        )
    ask_extension(item=keys[2], until=date(2026, 5, 1), reason=f"{mark}设备未到", by=clerk, at=at)
    apply_for_close_out(item=keys[3], outcome=f"{mark}已办结", by=clerk, at=at)
    return keys


def _papers(city: City, at: datetime, mark: str) -> list[str]:
    """A notice in draft and a report that waits for a signature."""
    notice = open_paper(
        kind=PaperKind.NOTICE, title=f"关于{mark}报送的通知", city=city.key,
        unit=city.units["市商务局"], by=city.people["office"], at=at,
    )  # fmt: skip
    words = {"title": f"关于{mark}报送的通知", "body": f"一、要求\n请按时报送{mark}。"}
    save_own_words(paper=notice.key, paragraphs=words, version=0, by=city.people["office"], at=at)
    return [notice.key]


def _releases(city: City, at: datetime, mark: str) -> list[str]:
    """A vintage that is released but not open, and a grant of its series."""
    key = defined(city, at, f"{mark}发布的产值")
    reported(city, at, "甲县", "2026-01", {key: "10"})
    release = release_figures(
        city=city.key, label=f"{mark}一月", purpose=Purpose.DISPATCH, basis=Basis.UNITS,
        indicators=[key], units=[], periods=["2026-01"], position=last_position(),
        by=city.people["statistician"], at=at,
    )  # fmt: skip
    grant_series(
        city=city.key, unit=city.units["市工信局"], indicators=[key], units=[], use=GrantUse.PLANNING,
        purpose=Purpose.DISPATCH, basis=Basis.UNITS, until_on=at.date() + timedelta(days=300),
        by=city.people["statistician"], at=at,
    )  # fmt: skip
    return [release.key]


def _organs(city: City) -> list[str]:
    """The task forces that the adopted plan set up."""
    kinds = UnitState.objects.open().filter(of__city=city.key, kind=UnitKind.TASK_FORCE)
    return list(kinds.values_list("of", flat=True))


def _filings(city: City, at: datetime) -> list[str]:
    """One filing handed in, one to be filled in with a draft begun."""
    form = collection.defined(city, at)
    collection.opened(city, form)
    first, second = (collection.filing_of(city, form, u) for u in ("市工信局", "开发区管委会"))
    collection.submitted(city, first)
    collection.drafted(city, second, {"output:now": "3.5"}, username="zone_staff")
    return [second.key, first.key]


def _outside(city: City, at: datetime, mark: str) -> dict[str, list[str]]:
    """Beside the offices' own papers: enterprises, projects, a token, a superior's table."""
    make_token(name="示例程序", days=30, writes=False, by=city.people["office"], at=at)
    tokens = Token.objects.filter(city=city.key).values_list("key", flat=True)
    statistician = viewer_of_person(city.people["statistician"])
    table = bring_table(
        name="上级表.xlsx", data=superior_table(), period="", city=city.key, viewer=statistician,
        by=statistician.person, at=at,
    )  # fmt: skip
    enterprises = list(city.enterprises.values())
    opened = projects.opened(city, at, mark)
    permits.permitted(city, opened[1], at, mark)
    assessed = procedures.at_work(city, at, mark)
    return {
        "enterprise": enterprises,
        "zone": [city.units["开发区管委会"]],
        "token": list(tokens),
        "table": [table.key],
        "appraisal": [*appraisals.opened(city, at), *assessed.pop("asked")],
        **assessed,
        **graded.busy(city, at),
        "project": [*opened, permits.reviewed(city, at, mark)],
        "problem": projects.in_the_way(city, opened, at, mark),
        "batch": projects.batched(city, opened, at, mark),
        "block": [projects.block_drawn(city, at, mark)],
        **chains.busy(city, at, mark),
        "site": sites.registered(city, at, mark, f"project:{opened[0]}"),
        "export": [projects.brought(city, projects.exported(LINE), at)],
        "project_ledger": [projects.kept(city, at, mark)],
        "evaluation": [evaluating.evaluated(city, at, mark)],
        "exemption": [exempting.applied(city, at, mark)],
        **_letters(city, at, mark),
        **bulletins.at_work(city, at, mark),
        "meeting": gatherings.gathered(city, at, mark),
        **requests.at_work(city, at, mark),
        **registers.at_work(city, at, mark),
        **policies.busy(city, at, mark),
    }


def _letters(city: City, at: datetime, mark: str) -> dict[str, list[str]]:
    """A letter in draft, and one that its unit has signed for, with a measure."""
    staff_office(city, at)
    found = [letters.red_item(city, at, f"{mark}超期事项{n}") for n in range(2)]
    draft = letters.drafted(city, at, found[0])
    sent = letters.issued(city, at, found[1])
    letters.step(city, at, sent, "zone_staff", "sign_for_letter")
    zone = viewer_of_person(city.people["zone_staff"])
    one = plan_rectification(
        letter=sent, measure=f"{mark}逐项整改", due_on=at.date() + timedelta(days=20), viewer=zone,
        by=zone.person, at=at,
    )  # fmt: skip
    return {"letter": [sent, draft], "rectification": [one.key]}


def busy_city(city: City, at: datetime, mark: str = "") -> Busy:
    """Fill a founded city. `mark` goes into the plan's text, so that two cities' differ."""
    adopted(city, at, PLAN.replace("小微园区", f"{mark}小微园区"))
    document = imported(city, at, PLAN.replace("小微园区", f"{mark}产业园区"), "另一份方案.txt")
    plans.opened()
    items, papers = _items(city, plans.MARCH, mark), _papers(city, plans.MARCH, mark)
    filings = _filings(city, at)
    mine: dict[str, Any] = {"city": city.key}
    first = Report.objects.filter(unit=city.units["市工信局"], **mine).order_by("key")[0]
    plans.submitted(city, "clerk", first, text=f"{mark}完成选址。")
    releases = _releases(city, plans.MARCH, mark)
    Job.objects.create(
        key=f"job-{city.key}", kind="compile", by=city.people["office"], title=f"{mark}导入",
        asked_at=at, **mine,
    )  # fmt: skip
    people = list(city.people.values())
    return Busy(
        city,
        {
            "document": [
                document.key,
                *Document.objects.filter(**mine).values_list("key", flat=True),
            ],
            "card": [
                str(n)
                for n in ReviewCard.objects.filter(document=document).values_list("pk", flat=True)
            ],
            "finding": list(
                Finding.objects.filter(document=document).values_list("key", flat=True)
            ),
            "plan": list(Plan.objects.filter(**mine).values_list("key", flat=True)),
            "measure": list(Measure.objects.filter(**mine).values_list("key", flat=True)),
            "round": list(Round.objects.filter(**mine).values_list("key", flat=True)),
            "report": [
                first.key,
                *Report.objects.filter(**mine).exclude(key=first.key).values_list("key", flat=True),
            ],
            "filing": filings,
            "form": list(Form.objects.filter(**mine).values_list("key", flat=True)),
            "turn": list(Turn.objects.filter(**mine).values_list("key", flat=True)),
            "item": items,
            "paper": papers
            + list(
                Paper.objects.filter(**mine).exclude(key__in=papers).values_list("key", flat=True)
            ),
            "file": list(StoredFile.objects.filter(**mine).values_list("key", flat=True)),
            "release": releases,
            "goal": list(Target.objects.filter(**mine).values_list("key", flat=True)),
            "grant": list(Grant.objects.filter(**mine).values_list("key", flat=True)),
            "indicator": list(Indicator.objects.filter(**mine).values_list("key", flat=True)),
            "job": [f"job-{city.key}"],
            "message": [
                str(n)
                for n in InboxMessage.objects.filter(person__in=people).values_list("pk", flat=True)
            ],
            **_outside(city, plans.MARCH, mark),
            "unit": [*_organs(city), *city.units.values()],
            "sha256": list(Document.objects.filter(**mine).values_list("sha256", flat=True)),
        },
    )


LINE = "2603-140500-04-01-123456,示例项目,32000,9000,800,2000,0.5,3000"
"""A line of the approval platform's export."""

KIND_OF_ADDRESS = {
    "evaluation": "evaluation",
    "exemption": "exemption",
    "document": "document", "adopt": "document", "accept": "document", "undo": "document",
    "card": "document", "plan": "plan", "annual": "plan", "measure": "measure",
    "round": "round", "report": "report", "recall": "report", "item": "item", "move": "item",
    "paper": "paper", "notice": "paper", "submit": "paper", "check": "paper", "sign": "paper",
    "send": "paper", "file": "file", "preview": "paper", "indicator": "indicator",
    "filing": "filing", "form": "form", "turn": "turn", "findings": "document", "finding": "document", "recheck": "document", "compare": "document",
    "appraisal": "appraisal",
    "grading": "grading",
    "bulletin": "bulletin", "contest": "contest", "rate": "item", "wall": "plan",
    "correction": "document", "unit": "unit", "enterprise": "enterprise", "job": "job", "progress": "round", "open": "round", "freeze": "round",
    "letter": "letter", "ladder": "unit",
    "release": "release", "grant": "grant", "public": "release", "goal": "goal",
    "table": "table", "project": "project", "problem": "project", "visit": "project", "member": "project", "projects": "project", "batch": "batch", "block": "block", "site": "site",
    "meeting": "meeting", "policy": "article",
    "chain": "chain",
    "request": "request", "asking": "request", "complaint": "complaint", "complaints": "complaint",
    "gathering": "gathering", "firm": "enterprise", "draw": "draw",
}  # fmt: skip
"""What `key` means in an address, by the first word of the address's name."""

SPECIAL = {
    "my_request": "request",
    "my_complaint": "complaint",
    "move_complaint": "complaint",
    "visit": "service_visit",
    "visit_log": "service_visit",
    "visit_file": "service_visit",
    "my_request_file": "request",
    "visit_cancel": "service_visit",
    "visit_problem": "service_visit",
    "move_request": "request",
    "move_my_request": "request",
    "register_entry": "register_entry",
    "register_entry_revise": "register_entry",
    "register_entry_move": "register_entry",
    "register_entry_file": "register_entry",
    "merge_enterprise": "enterprise",
    "register_goal": "register_goal",
    "policy": "policy",
    "policy_abolish": "policy",
    "policy_claim": "policy_claim",
    "policy_claim_move": "policy_claim",
    "policy_claim_papers": "policy_claim",
    "policy_paper": "policy_paper",
    "policy_claim_hand_over": "policy_claim",
    "policy_claim_note": "policy_claim",
    "policy_claim_object": "policy_claim",
    "policy_claim_answer": "policy_claim",
    "policy_for_firm": "enterprise",
    "policy_facts": "enterprise",
    "policy_fact_verdict": "enterprise",
    "chain_segment": "segment",
    "chain_product": "product",
    "chain_firm": "chain_firm",
    "chain_firm_revise": "chain_firm",
    "chain_firm_merge": "chain_firm",
    "chain_firm_makes": "chain_firm",
    "chain_firm_supply": "chain_firm",
    "chain_firm_honour": "chain_firm",
    "chain_target": "target_firm",
    "chain_target_contact": "target_firm",
    "chain_target_assign": "target_firm",
    "chain_trip_back": "trip",
    "wall_zone": "unit",
    "wall_zone_pdf": "unit",
    "appraisal_self_report": "self_report",
    "appraisal_self_report_save": "self_report",
    "appraisal_self_report_evidence": "self_report",
    "appraisal_self_report_pass": "self_report",
    "appraisal_self_report_return": "self_report",
    "appraisal_objection": "objection",
    "appraisal_objection_review": "objection",
    "appraisal_objection_withdraw": "objection",
    "appraisal_objection_correct": "objection",
    "appraisal_term": "term",
    "appraisal_term_change": "term",
    "grading_file": "grading_file",
    "grading_file_take": "grading_file",
    "grading_file_faults": "grading_file",
    "grading_objection": "grading_objection",
    "grading_answer": "grading_objection",
    "my_grading_object": "grading",
    "assessment_external_zone": "zone",
    "projects_export": "export",
    "projects_export_columns": "export",
    "projects_export_take": "export",
    "projects_ledger": "project_ledger",
    "projects_ledger_columns": "project_ledger",
    "projects_ledger_sheet": "project_ledger",
    "projects_ledger_words": "project_ledger",
    "projects_ledger_take": "project_ledger",
    "projects_ledger_faults": "project_ledger",
    "revoke_token": "token",
    "close_enterprise": "enterprise",
    "reopen_enterprise": "enterprise",
    "file_back": "paper",
    "preview_progress_report": "round",
    "progress_report": "round",
}


def kind_of(name: str) -> str:
    """The kind of thing whose key an address takes."""
    return SPECIAL.get(name) or KIND_OF_ADDRESS[name.split("_")[0]]
