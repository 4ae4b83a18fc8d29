"""A plan written for the tests in the official form, and ways to have it in the reading room."""

from __future__ import annotations

from datetime import datetime

from factories.city import City
from luodi.reading.actions import accept_certain, adopt_document, decide_card, import_document
from luodi.reading.choices import Verdict
from luodi.reading.models import Document, ReviewCard

PLAN = """示例市人民政府办公室文件

示政办〔2026〕7号

示例市人民政府办公室
关于印发示例市小微园区提升工作方案的通知

各县（市、区）人民政府，市直各有关单位：
《示例市小微园区提升工作方案》已经市人民政府同意，现印发给你们，请认真抓好落实。

示例市人民政府办公室
2026年2月6日

示例市小微园区提升工作方案

为把小微园区办得更好，结合实际，制定本方案。

一、总体目标
到2027年，全市小微园区总产值达到120亿元以上，入园企业达到300家。

二、主要任务
（一）建好园区
1.完善园区道路。打通园区内三条断头路，铺设雨污管网。2026年底前完成。（责任单位：市工信局、开发区管委会）
2.建设服务大厅。在园区内设立一个办事窗口。做到当日受理。（责任单位：市商务局）
（二）用好园区
3.盘活闲置厂房。摸清闲置厂房底数，分类提出处置办法。（责任单位：各县（市、区）人民政府、市仓储协会）
4.建立企业档案。建设园区企业信息平台，按季更新。（责任单位：市统计局）

三、保障措施
加强组织领导，定期通报进展。

附件

示例市小微园区提升工作专班

组　长：示例-21　市政府办主任
副组长：示例-22　市工信局局长
成　员：示例-23　市商务局副局长
　　　　示例-24　市统计局副局长
专班办公室设在市工信局，任期至2027年12月。
"""

FAULTY = """青河区人民政府文件

青政发〔2026〕11号

青河区人民政府
关于印发青河区特色产业提升方案的通知

各镇人民政府，区直各有关单位：
《青河区特色产业提升方案》已经区政府同意，现印发给你们，请认真抓好落实。

青河区人民政府
2026年2月20日

青河区特色产业提升方案

一、现状与目标
2025年全区实施工业项目28个，其中新开工项目12个，占比46.8%。特色产业产值由2020年的20亿元增长到2025年的31亿元，年均增长12.4%。
到2027年，特色产业产值达到45亿元以上。目标是3年500亿元。

二、主要任务
（一）壮大产业
1.扩大产业规模。引进配套企业，补齐加工环节。（责任单位：区工信局）
2.加快新建厂房。完成三处厂房主体工程。2025年6月底前完成。（责任单位：区住建局）
4.搭建对接平台。每季度组织一次产销对接，做好做好服务。（责任单位：区商务局、区工信局）
（二）优化服务
1.办好服务窗口。推行一次办结（当日受理。（责任单位：区审批局）
2.每亩投资不低于300万/亩，完善准入标准。（责任单位：区自然资源局）

三、保障措施
加强组织领导，定期通报进展。
"""
"""Mistakes of arithmetic and of form, planted one by one."""


def quiet(done: int, total: int, message: str) -> None:
    """Progress that nobody watches."""


def imported(city: City, at: datetime, text: str = PLAN, name: str = "方案.txt") -> Document:
    """A document in the reading room, read but not decided on."""
    by = city.people["office"]
    return import_document(
        name=name,
        data=text.encode(),
        city=city.key,
        unit=city.units["市商务局"],
        progress=quiet,
        by=by,
        at=at,
    )


def adopted(city: City, at: datetime, text: str = PLAN) -> Document:
    """A document with everything in it accepted and adopted."""
    document, by = imported(city, at, text), city.people["office"]
    accept_certain(document=document.key, by=by, at=at)
    for card in ReviewCard.objects.filter(document=document, verdict=Verdict.UNDECIDED):
        decide_card(
            document=document.key,
            card=card.pk,
            version=card.version,
            verdict=Verdict.ACCEPTED,
            by=by,
            at=at,
        )
    adopt_document(document=document.key, by=by, at=at)
    return document
