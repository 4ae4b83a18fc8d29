"""Plans written for the tests in the official form: as long as asked, and a zone's with 17 measures.

Their units are those of the demo city.
"""

from __future__ import annotations

from itertools import count, islice

UNITS = ("市工信局", "市商务局", "市统计局", "市发展改革委", "市科技局", "市财政局")
FIELDS = (
    "视觉系统",
    "新型材料",
    "智能装备",
    "检验检测",
    "冷链物流",
    "节能改造",
    "标准厂房",
    "中试基地",
)
WORK = (
    "摸清现有企业、在建项目和闲置空间的底数，按季更新台账，逐项明确责任人和完成时间，"
    "对进展偏慢的事项及时提醒，重大问题提交专题会议研究。",
    "组织企业与科研院所对接，梳理共性需求和技术清单，分批发布榜单，"
    "对揭榜单位给予跟踪服务，年底形成评估报告并通报结果。",
    "健全入园、建设、投产、达效全过程服务机制，一个项目一名专员，一个问题一张清单，"
    "能当场答复的当场答复，需要协调的五个工作日内提出办法。",
    "完善道路、供水、供电、供热和排污管网，优先保障续建和新开工项目用地用能，"
    "对用地手续、环境影响评价和节能审查实行并联办理。",
)
HEAD = """示例市人民政府办公室
关于印发示例市开发区建设总体规划（测试文本）的通知

示政办〔2026〕21号

各县（市、区）人民政府，市直各有关单位：
规划已经市人民政府同意，现印发给你们，请结合实际认真抓好落实。

示例市人民政府办公室
2026年2月6日

示例市开发区建设总体规划（测试文本）

为把开发区建设好，结合实际，制定本规划。

一、总体目标
到2030年，开发区工业总产值达到{value}亿元以上，入驻企业达到{firms}家。

二、主要任务
"""


def _measure(number: int, label: int) -> str:
    field, work = FIELDS[number % len(FIELDS)], WORK[number % len(WORK)]
    lead, other = UNITS[number % len(UNITS)], UNITS[(number * 5 + 1) % len(UNITS)]
    more = "" if number % 6 else "、市仓储协会"
    target = "" if number % 4 else f"到2028年，{field}产业产值达到{number * 3 + 40}亿元。"
    second = WORK[(number + 1) % len(WORK)]
    third = WORK[(number + 3) % len(WORK)]
    return (
        f"{label}.推进第{number}批{field}工作。{work}{second}{target}{third}"
        f"{2026 + number % 4}年底前完成。（责任单位：{lead}、{other}{more}）\n"
    )


def long_plan(chars: int) -> str:
    """A plan of at least that many characters; about 350 of them to a measure."""
    parts = [HEAD.format(value=chars // 100, firms=chars // 500)]
    size, number = len(parts[0]), 0
    for section in islice(count(1), 10_000):
        head = f"（{_chinese(section)}）做实第{section}组任务\n"
        block = [head, *(_measure(number + n, n) for n in range(1, 21))]
        number += 20
        parts += block
        size += sum(map(len, block))
        if size >= chars:
            break
    return "".join([*parts, "\n三、保障措施\n加强组织领导，定期通报进展。\n"])


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")


ZONE_PLAN = """示例市人民政府办公室
关于印发示例经济技术开发区提质增效工作计划（测试文本）的通知

示政办〔2026〕33号

各县（市、区）人民政府，市直各有关单位：
计划已经市人民政府同意，现印发给你们，请结合实际认真抓好落实。

示例市人民政府办公室
2026年3月9日

示例经济技术开发区提质增效工作计划（测试文本）

为使开发区各项工作落到月份、落到单位，制定本计划。

一、工作目标
到2027年，开发区工业总产值达到360亿元以上，亩均税收达到18万元。

二、重点任务
（一）聚焦产业链条
1.绘制产业链图。摸清三条产业链的企业、产品和缺项，每季度更新。（责任单位：市工信局、开发区管委会）
2.组织供需对接。每月举办一场对接活动，形成配套清单。2026年12月底前完成12场。（责任单位：市商务局、开发区管委会）
3.培育骨干企业。建立后备名单，一户一策辅导。（责任单位：市工信局、市科技局）
4.壮大中试力量。建成一个公共中试平台，面向链上企业开放。2026年9月底前投用。（责任单位：市科技局、开发区管委会）
（二）夯实承载空间
5.盘活闲置厂房。逐栋登记闲置面积，提出处置办法。2026年6月底前完成登记。（责任单位：园区资产公司、开发区管委会）
6.完善园区道路。打通两条断头路，补齐雨污管网。2026年年底前完工。（责任单位：市财政局、开发区管委会）
7.保障用电需求。会同供电单位完成扩容，缩短接电时间。（责任单位：市发展改革委、开发区管委会）
8.建设智慧园区。建设园区综合管理平台，接入水电气数据。2026年11月底前上线。（责任单位：市工信局、开发区管委会）
（三）优化服务供给
9.设立服务专窗。在政务大厅设立专窗，做到当日受理。（责任单位：市代办联合会、开发区管委会）
10.推行全程代办。为每个项目配备一名代办员，公布代办清单。（责任单位：市商务局、开发区管委会）
11.清理涉企收费。公布收费目录，目录之外一律不得收取。2026年5月底前完成。（责任单位：市发展改革委、市财政局）
12.拓宽融资渠道。组织银企对接，推广信用贷款。（责任单位：市财政局、开发区管委会）
（四）健全推进机制
13.按月调度项目。每月通报项目开工、投产情况。（责任单位：市发展改革委、开发区管委会）
14.统一统计口径。明确园区统计边界，按月报送主要指标。（责任单位：市统计局、开发区管委会）
15.开展亩均评价。对规模以上工业企业开展评价并公布结果。2026年10月底前完成。（责任单位：市工信局、市统计局）
16.强化安全监管。逐企建立风险清单，隐患整改闭环管理。（责任单位：市安全评估协会、开发区管委会）
17.兑现奖励政策。梳理政策事项，符合条件的直接兑现。2026年8月底前兑现首批。（责任单位：市财政局、市商务局）

三、保障措施
各单位要加强协作，定期通报进展。
"""
"""A zone's work plan: 17 measures and two targets; three name an organ the city's list lacks."""
