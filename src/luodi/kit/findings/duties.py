"""Checks on who must do what, and by when: leads, vague words, doubled measures, odd deadlines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from luodi.kit.commitments.measures import Measure
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.measures import last_day
from luodi.kit.findings.places import words_in
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem
from luodi.kit.targets.periods import period_marks

_JOINT = re.compile(r"共同牵头|联合牵头|双牵头|分别牵头")
_LEAD_LIST = re.compile(
    r"牵头(?:单位|部门)[：:](?P<lead>[^；;：:。\n]{2,80}?)[；;，,。 ]*"
    r"(?:配合|协同|参与|协助)(?:单位|部门)[：:](?P<help>[^；;：:。\n]{2,160})"
)
_LEAD_WORDS = re.compile(
    r"(?P<lead>[^，；。（(：:、]{2,20})牵头[，,；;](?P<help>[^；。）)：:]{2,120}?)(?:配合|参与|协助)"
)
_MARKS = "（）()〔〕［］[] 　"
_UNKNOWN = re.compile(
    r"各?(?:有关|相关|责任|职能|其他|主管|行业主管)(?:责任|职能|成员)?(?:部门|单位|方面)\Z"
)
_EMPTY = re.compile(
    r"(?:要|应|将|继续|积极|进一步|不断|持续|切实|大力|着力|加快|全面|深入|扎实|稳步|有序|努力|统筹|认真|充分|有效)*"
    r"(?:推进|推动|加强|提升|提高|完善|强化|深化|优化|促进|落实|做好|抓好|开展|发挥|重视|支持|改善)"
    r"(?:各项|相关|有关|这项|此项|该项|本项)?"
    r"(?:工作|力度|水平|管理|服务|能力|机制|建设|发展|作用|质量|效率|措施|任务|责任|监督|宣传|协调|保障|落实)*\Z"
)
_CLAUSE_END = re.compile(r"[，。；、,;\s]+")
_LABEL = re.compile(r"\A(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[.．、 ]?)+")
_MEMBER = re.compile(r"(?:[县区市镇乡](?:人民)?政府|街道办事处|街道|开发区管委会)\Z")
_TERM = re.compile(r"(?P<a>20\d\d)年?[-—–~～至到]{1,2}(?P<b>20\d\d)年?")
_ANNUAL = re.compile(r"(?P<a>20\d\d)年(?:度)?[^年]{0,24}(?:要点|重点工作|计划|任务|清单|分工|安排)")


def leads(reading: Reading) -> list[Problem]:
    """`lead.two`: more leads than one, unless the words say that they lead together."""
    found = []
    for measure in reading.measures:
        names = [unit.name for unit in measure.units if unit.role == "lead"]
        if len(names) < 2 or _JOINT.search(words_in(reading, measure.span)):
            continue
        message = (
            f"“{_name(measure)}”有 {len(names)} 个牵头单位：{'、'.join(names)}，谁负总责没有写明。"
        )
        found.append(finding("lead.two", message, (measure.title_span,), {"names": names}))
    return found


def _name(measure: Measure) -> str:
    return f"{measure.label}{measure.title}"[:30]


def lead_helps(reading: Reading) -> list[Problem]:
    """`lead.also_cooperates`: one organ in both lists of a note, or in both cells of a row."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        if "牵头" in para.text:
            for pattern in (_LEAD_LIST, _LEAD_WORDS):
                for match in pattern.finditer(para.text):
                    found += _both(para, match)
    return found + list(_rows_with_both(reading))


def _organs(words: str) -> list[str]:
    return [one for part in re.split("[、，,]", words) if len(one := part.strip(_MARKS)) >= 3]


def _both(para: Paragraph, match: re.Match[str]) -> list[Problem]:
    both = [one for one in _organs(match["lead"]) if one in _organs(match["help"])]
    span = para.hull(*match.span())
    return [_helps(name, span) for name in both]


def _helps(name: str, span: tuple[int, int]) -> Problem:
    message = f"“{name}”既是牵头单位，又是配合单位。"
    return finding("lead.also_cooperates", message, (span,), {"name": name})


def _rows_with_both(reading: Reading) -> Iterator[Problem]:
    for table in reading.tables:
        lead = next((n for n, head in enumerate(table.header) if "牵头" in head), None)
        helps = next((n for n, head in enumerate(table.header) if "配合" in head), None)
        if lead is None or helps is None:
            continue
        for line, row in enumerate(table.rows):
            if len(row) != len(table.header):
                continue
            span = table.cell_span(line, helps)
            for name in _organs(row[lead]):
                if span and name in _organs(row[helps]):
                    yield _helps(name, span)


def unknown_organs(reading: Reading) -> list[Problem]:
    """`organ.unknown`: measures whose only units are 有关部门, 相关单位."""
    lost = [
        measure
        for measure in reading.measures
        if measure.units and all(_UNKNOWN.match(unit.name) for unit in measure.units)
    ]
    if not lost:
        return []
    names = "、".join(dict.fromkeys(unit.name for one in lost for unit in one.units))
    message = f"{len(lost)} 项措施的责任单位只写“{names}”，无法分派。"
    spans = tuple(measure.title_span for measure in lost)
    return [finding("organ.unknown", message, spans, {"count": len(lost)})]


def named_once(reading: Reading) -> list[Problem]:
    """`organ.named_once`: one member of a collective body named once, among collective names."""
    counts = Counter(unit.name for one in reading.measures for unit in one.units)
    collective = sum(n for name, n in counts.items() if name.startswith("各"))
    if collective < 3:
        return []
    found = []
    for measure in reading.measures:
        for unit in measure.units:
            name = unit.name
            if counts[name] == 1 and not name.startswith("各") and _MEMBER.search(name):
                message = (
                    f"“{name}”只在“{_name(measure)}”一处点名，其他 {collective} 处都用集体称呼。"
                )
                place = (measure.title_span,)
                found.append(finding("organ.named_once", message, place, {"name": name}))
    return found


def vague(reading: Reading) -> list[Problem]:
    """`measure.vague`: one finding for the measures with no object, no figure and no date."""
    empty = [one for one in reading.measures if not one.deadline and _is_empty(one, reading)]
    if not empty:
        return []
    names = "、".join(f"“{_name(one)}”" for one in empty[:3])
    message = f"{len(empty)} 项措施只有空泛的动词，没有对象、数量和时间：{names}。"
    spans = tuple(one.title_span for one in empty)
    return [finding("measure.vague", message, spans, {"count": len(empty)})]


def _is_empty(measure: Measure, reading: Reading) -> bool:
    """Whether each clause is a verb of effort and a general noun."""
    words = words_in(reading, measure.span)
    words = re.split(r"[（(〔［\[]", _LABEL.sub("", words))[0]
    if len(words) > 60 or re.search(r"[\d《“]", words):
        return False
    clauses = [one for one in _CLAUSE_END.split(words) if one]
    body = clauses[1:] if len(clauses) > 1 else clauses
    return bool(body) and all(_EMPTY.match(one) for one in body)


def twice(reading: Reading) -> list[Problem]:
    """`measure.twice`: two measures with the same words, or the same long title."""
    known: dict[str, list[Measure]] = defaultdict(list)
    for measure in reading.measures:
        body = "".join(_LABEL.sub("", words_in(reading, measure.span)).split())
        key = body if len(body) >= 12 else ""
        title = "".join(measure.title.split())
        if len(title) >= 10:
            key = title
        if key:
            known[key].append(measure)
    found = []
    for same in known.values():
        if len(same) > 1:
            labels = "、".join("".join((*one.path, one.label)) or "（无编号）" for one in same)
            message = f"“{same[0].title[:30]}”写了 {len(same)} 次：{labels}。"
            spans = tuple(one.title_span for one in same)
            found.append(finding("measure.twice", message, spans, {"count": len(same)}))
    return found


def _whole_title(reading: Reading) -> str:
    """The title with its years, as printed: （2026—2028年） stands behind the kind."""
    head = reading.head
    lines = "".join(
        reading.paragraphs[n].text for n in head.title_at if n < len(reading.paragraphs)
    )
    words = f"{head.title}{lines}{head.notice.title if head.notice else ''}"
    early = (reading.paragraphs[n].text for n in reading.text[:12])
    return words + "".join(text for text in early if len(text) < 60 and _TERM.search(text))


def term_of(reading: Reading) -> tuple[int, int] | None:
    """The years a plan is for, by its title: 2026—2030年, “十五五”, 2026年工作要点."""
    title = _whole_title(reading)
    if match := _TERM.search(title):
        return int(match["a"]), int(match["b"])
    plans = [what for _, what in period_marks(title) if len(what) == 9]
    if plans:
        return int(plans[0][:4]), int(plans[0][5:])
    if match := _ANNUAL.search(title):
        return int(match["a"]), int(match["a"])
    return None


def outside_term(reading: Reading) -> list[Problem]:
    """`deadline.outside_plan`: deadlines in a year that the plan's title doesn't cover."""
    term = term_of(reading)
    if term is None:
        return []
    found = []
    for measure in reading.measures:
        late = last_day(measure.deadline)
        if late and not term[0] <= int(late[:4]) <= term[1]:
            years = str(term[0]) if term[0] == term[1] else f"{term[0]}—{term[1]}"
            message = f"“{_name(measure)}”的时限是{measure.deadline}，不在规划期 {years} 年内。"
            params = {"deadline": measure.deadline}
            found.append(finding("deadline.outside_plan", message, (measure.title_span,), params))
    return found


_BY = re.compile(r"(?<!截至)(?<!截止)(?:力争|确保)?到(?P<year>20\d\d)年(?:底|末)?[，,]?")
_GOAL = re.compile(r"力争|确保|要|将|目标|实现|达到|建成|形成|提高到|提升到")


_LOOKS_BACK = re.compile(r"已经|已达|达到了|回顾|“?十[一二三四]五”?(?:时期|期间|以来)|由\d|同比")


def period_outside(reading: Reading) -> list[Problem]:
    """`period.outside_plan`: 到2025年 in the goals of a plan for 2026 to 2030."""
    term = term_of(reading)
    if term is None or term[0] == term[1]:
        return []
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        for match in _BY.finditer(para.text):
            year = int(match["year"])
            stop = para.text.find("。", match.end())
            words = para.text[match.end() : stop if stop >= 0 else len(para.text)][:60]
            if year < term[0] and _GOAL.search(match.group() + words) and _is_goal(para, match):
                message = (
                    f"规划期是 {term[0]}—{term[1]} 年，目标却写“{match.group().rstrip('，,')}”。"
                )
                span = para.hull(*match.span())
                found.append(finding("period.outside_plan", message, (span,), {"year": year}))
    return found


def _is_goal(para: Paragraph, match: re.Match[str]) -> bool:
    """Not a look back: 了, 已, 期间 and “十四五” speak of what has been."""
    start = para.text.rfind("。", 0, match.start()) + 1
    stop = para.text.find("。", match.end())
    words = para.text[start : stop if stop >= 0 else len(para.text)]
    return not re.search(
        r"已经|已达|达到了|回顾|“?十[一二三四]五”?(?:时期|期间|以来)|由\d|同比", words
    )


_SHORT = re.compile(
    r"(?P<full>[\u4e00-\u9fff“”、（）]{4,40}?)[（(]以下(?:简称|统称|简写为)[：:为]?[“\"‘]?(?P<short>[^”\"’）)，]{2,12})[”\"’]?"
)


def abbreviations(reading: Reading) -> list[Problem]:
    """`abbreviation.two_bodies`: one short name said to stand for two names, or the reverse."""
    stated: dict[str, list[tuple[str, tuple[int, int]]]] = defaultdict(list)
    for n in reading.text:
        para = reading.paragraphs[n]
        if "以下" in para.text:
            for match in _SHORT.finditer(para.text):
                stated[match["short"]].append((match["full"], para.hull(*match.span())))
    found = []
    for short, names in stated.items():
        fulls = list(dict.fromkeys(full for full, _ in names))
        if len(fulls) > 1 and not _one_ends_other(fulls):
            message = (
                f"“{short}”在文中是{'、'.join(f'“{one[-24:]}”' for one in fulls)}的简称，所指不同。"
            )
            spans = tuple(span for _, span in names)
            params = {"short": short, "names": fulls}
            found.append(finding("abbreviation.two_bodies", message, spans, params))
    return found


def _one_ends_other(names: list[str]) -> bool:
    short = min(names, key=len)
    return all(name.endswith(short) or short.endswith(name[-4:]) for name in names)
