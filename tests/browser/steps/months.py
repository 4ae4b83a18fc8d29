"""The monthly round: the unit's sheet, the way through the unit, the office's review."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

OPEN = """
from datetime import UTC, date, datetime, timedelta
from luodi.common.moments import LOCAL
from luodi.plans.actions import open_due_rounds
from luodi.plans.models import Plan, Round
now = datetime.now(UTC)
day = now.astimezone(LOCAL).replace(day=26, hour=10, minute=0)
open_due_rounds(by="system:clock", at=now)
while Round.objects.count() <= {later}:
    open_due_rounds(by="system:clock", at=max(now, day.astimezone(UTC)))
    day = (day.replace(day=28) + timedelta(days=7)).replace(day=26)
print(Round.objects.order_by("period").last().key)
"""


def open_month(site, later: int = 0) -> str:
    """What the scheduler's tick does: the month that is due, or the next; its round's key."""
    return site.python(OPEN.format(later=later))


class Sheet:
    """A unit's sheet of one month."""

    def __init__(self, person, round_key: str) -> None:
        self.person = person
        self.desk = person.page.locator(f"#round-{round_key}")
        person.go("/my-reports/")
        self.desk.wait_for()

    def row(self, label: str):
        """The entry of a measure."""
        return self.desk.locator("article.entry", has_text=label)

    def type(self, label: str, text: str, problem: str = "") -> None:
        """Type progress, and a problem where there is one."""
        row = self.row(label)
        row.locator("[data-cell=text]").fill(text)
        if problem:
            row.locator("textarea[name$=-problem]").fill(problem)

    def hand_in(self, *labels: str) -> None:
        """Submit some measures."""
        for label in labels:
            self.row(label).locator("input[name=selected]").check()
        self.desk.get_by_role("button", name="提交所选").click()
        self.person.sees(f"已提交 {len(labels)} 份月报")

    def nothing_new(self, reason: str) -> int:
        """Say once for all that are left why nothing is new."""
        count = self.desk.locator("article.entry").count()
        self.desk.get_by_role("button", name="全选").click()
        self.desk.locator("input[name=reason]").fill(reason)
        self.desk.get_by_role("button", name="所选报无新进展").click()
        self.person.sees(f"已提交 {count} 份月报")
        return count


def draft_survives(zone, round_key: str, label: str, text: str) -> Sheet:
    """What is typed is kept by itself: it is there after the page is fetched anew."""
    sheet = Sheet(zone, round_key)
    sheet.type(label, text)
    expect(sheet.row(label).locator("[data-saved]")).to_contain_text("已保存", timeout=8000)
    sheet = Sheet(zone, round_key)
    expect(sheet.row(label).locator("[data-cell=text]")).to_have_value(text)
    return sheet


def attach(sheet: Sheet, label: str, path: Path) -> None:
    """Evidence for a measure; goes up with the report."""
    sheet.row(label).locator("input[type=file]").set_input_files(path)


def sign_off(people, unit: str) -> None:
    """The section head and the leader in charge pass on all that waits for them."""
    for username in (f"{unit}-head", f"{unit}-leader"):
        person = people(username)
        person.go("/my-reports/")
        if username == "zone-head":
            person.shot("sheet-head")
        person.press("所选通过")
        person.sees("已审核")


def send_back(office, round_key: str, title: str, unit: str, why: str) -> None:
    """The office returns one report with a reason; without one it is refused."""
    office.go(f"/round/{round_key}/review/")
    line = office.page.locator("article.report-line", has_text=title)
    line = line.filter(has=office.page.locator(f".tag:text-is('{unit}')"))
    line.locator("input[name=selected]").check()
    office.shot("review")
    office.press("退回所选")
    office.sees("理由")
    office.go(f"/round/{round_key}/review/")
    line.locator("input[name=selected]").check()
    office.page.fill("input[name=why]", why)
    office.press("退回所选")
    office.sees("已退回 1 份月报")


def accept_all(office, round_key: str) -> None:
    """The office accepts all that waits."""
    office.go(f"/round/{round_key}/review/")
    office.press("全选")
    office.press("采用所选")
    office.sees("份月报。")
    office.sees("现在没有待审核的")
