"""An appraisal in a browser: asked, filled in, verified, shown, objected to, decided."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def opened(office, title: str) -> str:
    """Open the appraisal of 2025 by a scheme and freeze it; its address."""
    office.go("/assessment/appraisals/new/")
    office.page.select_option("select[name=scheme]", label=title)
    office.page.fill("input[name=year]", "2025")
    office.page.locator("main form button").first.click()
    office.page.wait_for_url("**/assessment/appraisals/*/")
    address = office.page.url
    office.page.locator("form[action$='/freeze/'] button").click()
    office.page.wait_for_load_state()
    return address


def step(office, address: str, name: str, why: str = "") -> None:
    """Take a step on the page of the procedure."""
    office.go(address + "procedure/")
    form = office.page.locator(f"form[action$='/step/{name}/']")
    if why:
        form.locator("textarea").fill(why)
    form.locator("button").click()
    office.sees("已办理")


def compute(office, address: str) -> None:
    """Compute it once more."""
    office.go(address)
    office.page.locator("form[action$='/run/'] button").click()
    office.page.wait_for_load_state()


def fill(clerk, cells: Mapping[str, str]) -> str:
    """Fill in the sheet of one's own unit and submit it; its address."""
    clerk.go("/assessment/self-reports/")
    clerk.page.locator("#table-self_reports tbody a").first.click()
    clerk.page.wait_for_url("**/self-reports/*/")
    for key, figure in cells.items():
        clerk.page.fill(f"input[name='cell-{key}']", figure)
    clerk.press("保存草稿")
    clerk.sees("草稿已保存")
    clerk.page.locator("button[name=submit]").click()
    clerk.sees("已提交")
    return clerk.page.url


def pass_on(signer, address: str) -> None:
    """The section head, then the leader."""
    signer.go(address)
    signer.press("审核通过")
    signer.sees("已审核")


def accept_all(office, address: str, own: Mapping[str, str]) -> None:
    """Accept every figure, some with the office's own."""
    office.go(address + "verify/")
    for label, figure in own.items():
        office.page.get_by_label(label).first.fill(figure)
    for box in office.page.locator("input[name=selected]").all():
        box.check()
    office.shot("appraisal-verify")
    office.press("核验通过所勾选的")
    office.sees("已核验")


def count(office, address: str, label: str, number: str, why: str) -> None:
    """Enter a count with its reason."""
    office.go(address + "counts/")
    office.page.get_by_label(f"{label} 次数").first.fill(number)
    office.page.get_by_label(f"{label} 依据").first.fill(why)
    office.press("登记所填的次数")
    office.sees("现计")
    office.shot("appraisal-counts")


def object_to(clerk, address: str, about: str, words: str, figure: str, paper: Path) -> str:
    """Object to a figure with a paper; the objection's address."""
    clerk.go(address + "feedback/")
    clerk.page.select_option("select[name=about]", value=about)
    clerk.page.fill("textarea[name=text]", words)
    clerk.page.fill("input[name=wanted]", figure)
    clerk.page.set_input_files("input[name=evidence]", str(paper))
    clerk.shot("appraisal-feedback")
    clerk.page.locator("form[action$='/object/'] button").click()
    clerk.page.wait_for_url("**/objections/*/")
    return clerk.page.url


def sign(person, address: str, kind: str) -> None:
    """Draft the paper of the stage, check it and sign it by three people."""
    office, checker, leader = (person(name) for name in ("office", "office-check", "office-leader"))
    office.go(address + "procedure/")
    office.page.locator(f"button[name=kind][value={kind}]").click()
    office.sees("已办理")
    paper = office.page.locator("aside a[href^='/papers/']").last.get_attribute("href")
    checker.go(paper)
    checker.press("审核通过")
    leader.go(paper)
    leader.press("签发")
    leader.sees("已签发")
    leader.shot(f"appraisal-{kind}")
