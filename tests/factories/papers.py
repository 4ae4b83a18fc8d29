"""Papers to test with: a small report, the people who handle it, and edited Word files."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime

from docx import Document

from luodi.orgs.actions import appoint, open_account
from luodi.orgs.choices import Role
from luodi.papers.actions import check_paper, freeze_paper, open_paper
from luodi.papers.choices import PaperKind
from luodi.papers.queries import open_state
from luodi.papers.rules import snapshot
from luodi.papers.rules.snapshot import Content, Head, Heading, Paragraph, Table, figure, text
from luodi.papers.rules.wording import Issued

from .city import MAKER, PASSWORD, City

HOME = "市商务局"
ISSUED = Issued("第3期", date(2026, 3, 10))


def staff_office(city: City, at: datetime) -> City:
    """A second person and a leader for the unit in which the office sits."""
    for number, (username, role) in enumerate(
        [("second_office", Role.OFFICE), ("office_leader", Role.LEADER_IN_CHARGE),
         ("office_deputy", Role.LEADER_IN_CHARGE)], start=21,
    ):  # fmt: skip
        person = appoint(
            name=f"示例-{number}", unit=city.units[HOME], role=role, by=MAKER, at=at, generated=True
        )
        city.people[username] = person.key
        city.accounts[username] = open_account(
            username=f"{city.key}-{username}", password=PASSWORD, person=person.key, by=MAKER, at=at
        )
    return city


def small_report(said: str = "本月新增规上企业3家，产值同比增长8.5%。") -> Content:
    """A progress report with every kind of block and nine figures or so."""
    source = "round:0000000000000001"
    rows = (("市工信局", 3, 3), ("市统计局", 2, 0))
    return Content(
        kind="progress_report",
        head=Head(
            title="示例市提升行动2026年3月工作月报",
            masthead="工作月报",
            office="示例市提升行动工作专班办公室",
            year=2026,
            period="2026-03",
            report_to="领导小组组长、副组长",
            copy_to="专班各成员单位",
        ),
        blocks=(
            Heading(level=1, text="一、总体情况"),
            Paragraph(
                runs=(
                    text("共有工作举措"),
                    figure("工作举措总数", 17, source, "项"),
                    text("，已报送"),
                    figure("已报送", 15, source, "份"),
                    text("，累计完成投资"),
                    figure("累计完成投资", "1,234.50", source, "亿元"),
                    text("。"),
                )
            ),
            Heading(level=1, text="二、工作进展"),
            Heading(level=2, text="（一）做强主导产业"),
            Paragraph(
                runs=(text(f"市工信局：{said}"),), voice="unit", unit="u1", unit_name="市工信局"
            ),
            Table(
                caption="各单位报送情况",
                head=("单位", "应报", "已报"),
                rows=tuple(
                    (
                        (text(name),),
                        (figure(f"{name}应报", asked, source),),
                        (figure(f"{name}已报", handed, source),),
                    )
                    for name, asked, handed in rows
                ),
            ),
        ),
    )


def frozen_report(**changes: str) -> Content:
    """The small report as it is after freezing: its figures numbered."""
    return snapshot.read(snapshot.freeze(small_report(**changes))[0])


def report_in_draft(city: City, at: datetime, about: str = "") -> str:
    """A progress report begun by the office; its key."""
    paper = open_paper(
        kind=PaperKind.PROGRESS_REPORT,
        title="示例市提升行动2026年3月工作月报",
        city=city.key,
        unit=city.units[HOME],
        about=about,
        period="2026-03",
        series="progress_report:示例",
        by=city.people["office"],
        at=at,
    )
    return paper.key


def report_at_check(city: City, at: datetime, about: str = "") -> str:
    """A frozen one."""
    key = report_in_draft(city, at, about)
    freeze_paper(paper=key, content=small_report(), position=7, by=city.people["office"], at=at)
    return key


def report_to_sign(city: City, at: datetime, about: str = "") -> str:
    """A checked one."""
    key = report_at_check(city, at, about)
    check_paper(paper=key, seen=seen(key), by=city.people["second_office"], at=at)
    return key


def seen(key: str) -> int:
    """The act of the state as it is now: what a page carries."""
    return open_state(key).since_id


def edited(word: bytes, changes: Iterable[tuple[str, str]], drop: str = "") -> bytes:
    """A Word file with texts replaced in its runs, or the paragraph holding `drop` taken out."""
    document = Document(io.BytesIO(word))
    cells = [c for t in document.tables for row in t.rows for c in row.cells]
    paragraphs = [*document.paragraphs, *(p for c in cells for p in c.paragraphs)]
    for paragraph in paragraphs:
        if drop and drop in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
        for run in paragraph.runs:
            for old, new in changes:
                run.text = run.text.replace(old, new) if old in run.text else run.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
