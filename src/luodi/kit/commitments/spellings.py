"""How documents write an organ's name: without the place, without 人民, in the usual short form.

A list names the place once (市发改委、工信局), and the register has the full name
(示例市工业和信息化局): `spellings` gives the ways between. They are weaker than a name as it is
registered: where two units share one, a person decides.
"""

from __future__ import annotations

import re

_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?=[市县区省州旗盟][\u4e00-\u9fff]{3})")
_LEVEL = re.compile(r"[市县区省州旗盟](?:委(?=[^员])|人民政府(?=..)|政府(?=..))?")
_GOVERNMENT = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,8}[市县区旗州盟乡镇])(?:人民)?政府\Z")
_BOARD = re.compile(r"(?P<zone>[\u4e00-\u9fff]{2,24})(?:管委会|管理委员会)\Z")
_GENERIC = re.compile(r"[市县区]?(?:办公室|委员会|办公厅|人民政府|政府|管委会)\Z")
_ALL_COUNTIES = re.compile(
    r"各(?:[县市区]{1,3}|[县市区]{1,2}[（(][县市区、]{1,3}[）)]区?|[县市区](?:、[县市区]){1,2})(?:(?:人民)?政府)?\Z"
)
_COUNTIES = (
    *(
        "县（市、区）",
        "县(市、区)",
        "市（县、区）",
        "县（市）区",
        "区（县、市）",
        "区（市、县）",
        "县（区）",
    ),
    *("县市区", "市县区", "县区", "区县", "县、市、区", "县、区", "市、县、区"),
)
"""The ways to write all counties, cities and districts of a city."""
_SHORTER = (
    ("发展和改革委员会", ("发展改革委", "发改委")),
    ("发展和改革局", ("发展改革局", "发改局")),
    ("工业和信息化局", ("工信局",)),
    ("工业和信息化委员会", ("工信委",)),
    ("经济和信息化局", ("经信局",)),
    ("科学技术局", ("科技局",)),
    ("人力资源和社会保障局", ("人力资源社会保障局", "人力社保局", "人社局")),
    ("住房和城乡建设局", ("住房城乡建设局", "住建局")),
    ("自然资源和规划局", ("自然资源局", "资规局")),
    ("规划和自然资源局", ("自然资源局", "规自局")),
    ("交通运输局", ("交通局",)),
    ("文化和旅游局", ("文化旅游局", "文旅局")),
    ("卫生健康委员会", ("卫生健康委", "卫健委")),
    ("卫生健康局", ("卫健局",)),
    ("退役军人事务局", ("退役军人局",)),
    ("应急管理局", ("应急局",)),
    ("市场监督管理局", ("市场监管局",)),
    ("行政审批服务管理局", ("审批服务管理局", "行政审批局", "审批局")),
    ("行政审批服务局", ("行政审批局", "审批局")),
    ("城市管理局", ("城管局",)),
    ("医疗保障局", ("医保局",)),
    ("国有资产监督管理委员会", ("国资委",)),
    ("地方金融监督管理局", ("地方金融监管局", "金融监管局", "金融局")),
    ("投资促进局", ("投促局",)),
    ("投资促进中心", ("投促中心",)),
    ("机构编制委员会办公室", ("编办",)),
    ("网络安全和信息化委员会办公室", ("网信办",)),
    ("人民政府办公室", ("政府办公室", "政府办")),
    ("国家税务总局", ("税务局",)),
)


def spellings(name: str) -> frozenset[str]:
    """Other ways to write `name`; names too short to tell a unit by are left out."""
    forms = {name}
    for full, shorter in _SHORTER:
        if name.endswith(full):
            forms |= {name.removesuffix(full) + short for short in shorter}
    forms |= {form for one in (*forms,) for form in _without_place(one)}
    if government := _GOVERNMENT.match(name):
        forms |= {f"{government['place']}{end}" for end in ("", "政府", "人民政府")}
    if _ALL_COUNTIES.match(name):
        forms |= {f"各{kind}{end}" for kind in _COUNTIES for end in ("", "政府", "人民政府")}
    if board := _BOARD.match(name):
        forms |= {f"{board['zone']}{end}" for end in ("管委会", "管理委员会")}
    return frozenset(form for form in forms - {name} if len(form) > 2 and not _GENERIC.match(form))


def _without_place(name: str) -> list[str]:
    """市商务局 and 商务局 of 示例市商务局; nothing of a government or a zone."""
    if _GOVERNMENT.match(name) or _BOARD.match(name):
        return []
    place = _PLACE.match(name)
    local = name[place.end() :] if place else name
    level = _LEVEL.match(local)
    rest = local[level.end() :] if level else ""
    return [form for form in (local, rest) if len(form) > 2]
