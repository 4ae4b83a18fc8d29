"""A gap of a chain becomes a target firm, a contact on a phone, and a lead in the pipeline."""

from __future__ import annotations

from browser.conftest import PHONE

LINES = """环节\t位置\t产品\t企业\t所在地
模组\t中游\t生成的模组\t生成的外地模组厂\t外省
传感\t上游\t生成的传感器\t生成的传感厂\t外省"""


def test_a_gap_leads_to_a_firm_and_on_to_the_pipeline(person):
    office = person("office")
    office.go("/chains/import/", see="导入产业链")
    office.page.fill("input[name=new_chain]", "生成的光电链")
    office.page.fill("textarea[name=text]", LINES)
    office.press("试导入")
    office.sees("可以导入 2 行")
    office.press("导入这 2 行")
    office.sees("已写入 2 行")
    zone = person("zone")
    zone.go("/chains/", see="生成的光电链")
    zone.page.get_by_role("link", name="生成的光电链").locator("visible=true").first.click()
    zone.sees("本地无人生产")
    zone.shot("chain")
    zone.go("/chains/gaps/", see="生成的传感厂")
    row = zone.page.get_by_role("row").filter(has_text="生成的传感厂")
    row.get_by_role("link", name="列入").click()
    zone.page.select_option("select[name=unit]", label="晋城经济技术开发区管理委员会")
    zone.press("保存")
    zone.sees("已列入目标企业库")
    zone.page.set_viewport_size(PHONE)
    zone.page.fill("textarea[name=words]", "对方愿意来看厂房。")
    zone.page.select_option("select[name=reached]", label="洽谈")
    zone.press("写入")
    zone.sees("对接记录已写入")
    zone.shot("target-on-a-phone")
    zone.page.get_by_role("link", name="登记线索").click()
    zone.sees("登记项目")
    assert zone.page.input_value("input[name=investor]") == "生成的传感厂"
    assert zone.page.input_value("select[name=mode]") == "chain"
    zone.press("登记")
    zone.sees("项目已登记")
    zone.page.get_by_role("link", name="生成的传感厂", exact=True).click()
    zone.sees("已经登记为项目")
