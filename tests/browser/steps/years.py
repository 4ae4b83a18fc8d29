"""The zone's annual plan."""

from __future__ import annotations

from playwright.sync_api import expect

PASTED = "开展节能诊断首批企业\t12月底前\t{person}\n绿色工厂申报材料初审\t\t\n"


def open_year(zone) -> None:
    """From the plan to the year's sheet."""
    zone.go("/plans/")
    zone.shot("plans")
    zone.page.click("main h2 a")
    zone.page.wait_for_selector("article.measure")
    zone.shot("plan")
    zone.page.click(".acts a:has-text('年度计划')")
    zone.page.wait_for_selector("table.sheet")


def panel(zone, title: str):
    """The part of the sheet under a measure."""
    return zone.page.locator("section.panel", has=zone.page.locator(f"h3:has-text('{title}')"))


def write(zone, measure: str, title: str, due: str = "", person: str = "") -> None:
    """One new line under a measure."""
    row = panel(zone, measure).locator("tr[data-new]").last
    row.locator("input[name$=-title]").fill(title)
    row.locator("input[name$=-due]").fill(due)
    if person:
        row.locator("select").select_option(label=person)


def paste(zone, measure: str, person: str) -> None:
    """Rows copied from a table."""
    under = panel(zone, measure)
    under.locator("summary").click()
    under.locator("textarea").fill(PASTED.format(person=person))


def write_the_year(zone) -> None:
    """Lines with and without deadlines, a named person, rows pasted, then saved."""
    person = zone.page.locator("details.me summary").inner_text().strip()
    write(zone, "编制产业链攻坚清单", "逐链访谈企业", "12月底前", person)
    panel(zone, "编制产业链攻坚清单").get_by_role("button", name="再加一行").click()
    write(zone, "编制产业链攻坚清单", "首批清单提交研究", "", person)
    write(zone, "培育专精特新梯队", "完成首轮走访")
    paste(zone, "建设绿色工厂和零碳园区", person)
    zone.page.get_by_role("button", name="保存", exact=True).click()
    zone.sees("已保存 5 行")
    zone.sees("3 行未设时限")
    zone.shot("year")


def date_many(zone) -> None:
    """One deadline for two lines at once; the third stays undated and is never green."""
    for title in ("首批清单提交研究", "完成首轮走访"):
        zone.page.locator(f"tr:has(input[value='{title}']) input[name=selected]").check()
    zone.page.fill("input[name=due]", "11月底前")
    zone.press("为所选设时限")
    zone.sees("已为 2 行设定时限")
    undated = zone.page.locator("tr:has(input[value='绿色工厂申报材料初审'])")
    expect(undated).to_contain_text("未设时限")
    expect(undated.locator(".light-green")).to_have_count(0)
