"""What people do on the pages of projects."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from browser.conftest import Person


def chosen(person: Person, field: str, part: str) -> None:
    """Choose the first option whose words hold `part`."""
    options = person.page.locator(f"#id_{field} option")
    words = next(said for said in options.all_inner_texts() if part in said)
    person.page.select_option(f"#id_{field}", label=words)


def register(person: Person, name: str, **given: str) -> str:
    """Register a project; its address."""
    person.go("/projects/new/", "登记项目")
    usual = {"name": name, "investor": f"{name}的投资方", "industry": "光机电"}
    for field, said in (usual | given).items():
        person.page.fill(f"#id_{field}", said)
    chosen(person, "lead", "开发区")
    chosen(person, "zone", "开发区")
    person.press("登记")
    if person.page.get_by_text("登记之前请看一下").count():
        person.press("仍要登记")
    person.page.wait_for_url(re.compile(r"/projects/[0-9a-z]{16}/$"))
    return person.page.url


def move(person: Person, stage: str, **given: Any) -> None:
    """Try to move the project whose page is open; `evidence` is a path."""
    page = person.page
    page.select_option("#id_to", label=stage)
    for field in ("why", "actual_output"):
        if field in given:
            page.fill(f"#id_{field}", given[field])
    if given.get("override"):
        page.check("#id_override")
    if "evidence" in given:
        page.set_input_files("#id_evidence", given["evidence"])
    person.press("移动")


def moved(person: Person, stage: str, paper: Path | None = None, **given: Any) -> None:
    """A move that goes through."""
    if paper:
        given["evidence"] = paper
    move(person, stage, **given)
    expect(person.page.locator(".head .tag").first).to_have_text(stage)


def revise(person: Person, address: str, choices: dict[str, str], **given: str) -> None:
    """Change what is known of a project."""
    person.go(f"{address}revise/", "修改项目")
    for field, said in given.items():
        person.page.fill(f"#id_{field}", said)
    for field, value in choices.items():
        person.page.select_option(f"#id_{field}", value)
    person.press("保存")
    if person.page.get_by_text("登记之前请看一下").count():
        person.press("仍要保存")
    person.page.wait_for_url(address)
