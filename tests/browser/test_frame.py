"""The door and the frame."""

from __future__ import annotations


def test_the_door_and_the_frame_look_right(person):
    office = person("office")
    office.page.wait_for_selector("text=工作台")
    office.shot("today-empty")
    office.page.goto("/units/")
    office.shot("units")
    office.page.keyboard.press("/")
    office.page.keyboard.type("统计局")
    office.page.keyboard.press("Enter")
    office.page.wait_for_selector("mark")
    office.shot("search")


def test_the_interface_speaks_english_and_stays_so(person):
    auditor = person("auditor")
    auditor.page.click("details.me summary")
    auditor.page.click("button[value=en]")
    auditor.page.wait_for_selector("text=Today")
    auditor.page.goto("/records/?verify=1")
    auditor.page.wait_for_selector("text=the chain is whole")
    auditor.shot("records-en")


def test_a_date_in_the_past_makes_every_page_read_only(person):
    admin = person("sysadmin")
    admin.page.goto("/people/")
    admin.shot("people")
    admin.page.fill("input[name=day]", "2026-01-06")
    admin.page.wait_for_selector(".past-band")
    admin.page.fill("#id_name", "示例-99")
    admin.page.click("main form button:has-text('登记')")
    admin.page.wait_for_selector("text=只能看不能改")
    admin.page.click("text=回到今天")
    admin.page.wait_for_selector(".past-band", state="detached")


def test_a_column_put_away_stays_away(person):
    office = person("office")
    office.page.goto("/units/")
    office.page.click("details.columns summary")
    office.page.uncheck("details.columns label:has-text('所含单位') input")
    head = office.page.locator("th[data-column=members]")
    assert not head.is_visible()
    office.page.reload()
    assert not head.is_visible()
    assert office.page.locator("th[data-column=name]").is_visible()
    office.page.select_option("select[name=f_kind]", "统称")
    office.page.wait_for_url("**f_kind**")
    office.page.wait_for_selector("details.columns summary")
    assert not head.is_visible()
