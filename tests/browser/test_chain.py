"""The whole chain, from a plan's sentence to the report that is filed back, in one site."""

from __future__ import annotations

from importlib.resources import files

from browser.steps import reading

PLAN = files("luodi.cli.demo") / "plan.txt"
NOTICE = """关于做好园区季度检查工作的通知

各有关单位：

一、主要任务

1.开展设施检查。逐项核对台账，2027年3月底前完成。（责任单位：市工信局、开发区管委会）

2.报送检查结果。汇总问题清单并提出建议。（责任单位：开发区管委会）

晋城市人民政府办公室
2026年11月2日
"""


def test_1_the_office_imports_reviews_and_adopts_the_plan(people, tmp_path):
    office = people("office")
    path = tmp_path / "攻坚行动方案.txt"
    path.write_text(PLAN.read_text(encoding="utf-8"), encoding="utf-8")
    reading.choose_and_import(office, path)
    office.shot("room")
    reading.review_by_keys(office)
    reading.correct(office, "13.", "2027年6月底前")
    reading.split_and_merge(office, "5.")
    reading.confirm_lead(office, "1.", "市工信局")
    reading.accept_the_rest(office)
    reading.adopt(office)


def test_2_a_second_paper_is_dropped_or_pasted(people):
    office = people("office")
    reading.drop_and_paste(office, NOTICE)
    assert office.page.locator("#cards .card.measure").count() == 2
