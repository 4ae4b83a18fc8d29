"""The organs of a responsibility note: split, cleaned, with the role that the text marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.kit.commitments.rules import STARS, LeadRule, Role

_OPEN, _CLOSE = "（(〔［[《【“", "）)〕］]》】”"
_ORGAN = re.compile(
    r".*(?:人民政府|政府|管委会|公司|集团|银行|中心|海关|开发区|园区|示范区|街道|乡镇|新城|板块|片区|企业|机构|机关|运营商|[大中小]学|机场|电厂|水厂|[交水城]投|党派|单位|部门|税务|专班|小组|"
    r"车务段|[局委办厅部院校所站社处室馆队府会协联司署库台团组县区市州盟旗镇乡行街村])(?:[（(][^）)]*[）)])?\Z"
)
_SHORT = re.compile(
    r"(?:海关|法院|妇联|残联|文联|科协|侨联|工会|税务|公安|消防|邮政|银行|供电|气象|电信|各[地村镇乡区县市州旗])\Z"
)
"""Organs whose whole name has two characters; other words of two are too few to tell."""
_MARK = re.compile(
    r"(?:(?:要|应)?(?:按照?|依据?|根据)(?:各自|工作|部门)?职[责能](?:分工)?|按照?分工|分别|共同|具体|各自|联合|统筹|做好|积极|密切|协同(?=配合)|协调(?=配合))*"
    r"(?P<mark>总牵头|牵头抓总|牵头(?:负责|落实|实施|组织|推进)?|配合(?:落实|实施|做好)?|协助|协同|参与|参加|协办|"
    r"负责(?:落实|实施|推进|组织实施)?|组织(?:实施|落实)|抓好落实|落实|实施|承办|主办"
    r"|按照?(?:各自|部门|工作)?职[责能](?:分工)?)(?:工作)?\Z"
)
_OTHERS = re.compile(
    r"等(?:\d+个|[一二三四五六七八九十]+个|[省市县区州镇][直级]?|中央|直属|相关|有关|各|责任|职能|成员|行业|主管|单位|部门|和|及)*"
    r"(?:企业|机构|地区|地方)?\Z"
)
_SPLIT_WORDS = re.compile(
    r"(?<=[局委办厅部院府会心司区组门位队社行团市县])(?:和|及|与|以及|会同|并会同)(?=[\u4e00-\u9fff])"
)
_LEVELS = r"(?:[市县区旗州盟乡镇]|[（(〔［\[][市县区旗州盟乡镇、街道]{1,6}[）)〕］\]]){1,4}"
_PARTS_OF_ALL = re.compile(rf"(?:各|有关|相关){_LEVELS}\Z")
_ALL_PARTS = re.compile(rf"(?:各|有关|相关){_LEVELS}(?:、|\Z)")
_TO_ALL = re.compile(
    r"[市县区旗州盟乡镇街]{1,2}(?:[（(]|人民政府|政府(?![办研督])|党委|道|\Z)|街道"
)
"""各县（市）、区人民政府 is one body; in 各县区、市政府办公室 the second is another."""
_GOVERNMENT = re.compile(r"(?:人民)?政府(?![\u4e00-\u9fff]*[局委办室])")
"""各县（市、区）委、政府: one collective body."""
_TURN = re.compile(r"(牵头|配合)(?:单位|部门)?(?=[\u4e00-\u9fff]{3})(?!落实|实施|负责|做好)")
_OWN_MARK = re.compile(
    r"(?P<name>.+)[（(〔［\[【](?P<mark>牵头|主办|负责|配合|协助|协办)(?:单位|部门)?[）)〕］\]】]\Z"
)
"""市工信局（牵头）: the mark is of this one organ."""
_SHARED_OUT = re.compile(r"[（(](?:按照?|依据?|根据|分别)[^（）()]{0,14}[）)]\Z")
"""市城乡建设局（按职责分工负责）: said of the list, no part of the name."""
_ASIDE = re.compile(
    r"[（(〔\[](?=[^（）()]*(?:下同|牵头单位|牵头部门|排名|列第一|排第一|以下均))"
    r"(?:[^（）()〔〕\[\]]|[（(〔][^（）()〔〕]{0,12}[）)〕]){1,80}[）)〕\]]"
)
"""（第一责任单位为牵头单位，下同）: said of the document, no part of a name."""
_NOISE = re.compile(r"下同|排名|为牵头|列第一|排第一|^\d+$|\d{4}年|^(?:长期|持续|年底|每年)")


@dataclass(frozen=True, slots=True)
class Unit:
    """An organ as written and the role its note marks."""

    name: str
    role: Role


def looks_like_organ(name: str) -> bool:
    """Whether a word ends the way names of organs end; a role in brackets behind it aside."""
    marked = _OWN_MARK.match(name)
    name = marked["name"] if marked else name
    if _SHORT.match(name):
        return True
    return 3 <= len(name) <= 40 and bool(_ORGAN.match(name)) and not _NOISE.search(name)


def split_list(text: str) -> list[str]:
    """Members of a list; 、 ， ； inside brackets, and 各县、市、区, don't split."""
    tokens = _top_level(text, "、，,；;。/／ \t")
    merged: list[str] = []
    for token in tokens:
        if merged and _one_body(merged[-1], token):
            merged[-1] += "、" + token
        else:
            merged.append(token)
    return [part for token in merged for part in _by_words(token)]


def _one_body(before: str, token: str) -> bool:
    """Whether `token` goes on with the collective body before it: 各县、区 and 各县委、政府."""
    if before.endswith("委") and _GOVERNMENT.match(token):
        return True
    whole = _PARTS_OF_ALL.match(before.split("、")[-1]) or _ALL_PARTS.match(before)
    return bool(whole) and len(before) < 12 and bool(_TO_ALL.match(token))


def _by_words(token: str) -> list[str]:
    """Split at 和 or 及 only where both sides are whole names of organs."""
    for match in _SPLIT_WORDS.finditer(token):
        left, right = token[: match.start()], token[match.end() :]
        stem = _MARK.sub("", right)
        if looks_like_organ(left) and looks_like_organ(stem) and not _inside(token, match.start()):
            return [left, *_by_words(right)]
    return [token]


def _inside(text: str, place: int) -> bool:
    head = text[:place]
    return sum(head.count(sign) for sign in _OPEN) > sum(head.count(sign) for sign in _CLOSE)


def _top_level(text: str, signs: str) -> list[str]:
    depth, start, tokens = 0, 0, []
    for n, sign in enumerate(text):
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and sign in signs:
            tokens.append(text[start:n])
            start = n + 1
    tokens.append(text[start:])
    return [token.strip() for token in tokens if token.strip()]


_PLACE_SUFFIX = re.compile(
    r"(?P<place>[市县区旗])(?P<body>人民政府|政府|管委会|管理委员会|党工委|街道办事处)\Z"
)
_KIND_SUFFIX = re.compile(
    r"(?P<body>[市县区旗镇乡](?:（[^）]{1,6}）)?(?:人民政府|政府)|管委会|街道办事处|[局委厅办]|部门|公司|企业|银行)\Z"
)
_BARE = re.compile(r"[\u4e00-\u9fff]{2,12}\Z")
_PLACE = re.compile(r"[^各有相]{2,}[市县区旗]\Z")


def restored(tokens: list[str]) -> list[str]:
    """The tokens of a list, each with the suffix it shares with the names behind it.

    发展改革、商务局 is 发展改革局 and 商务局; 青河、白石县政府 is 青河县政府 and 白石县政府.
    Prefixes left out in front (市发改委、工信局) stay as written.
    """
    result: list[str] = []
    for token in reversed(tokens):
        following = _shared_by(token, result[-1]) if result else ""
        result.append(token + following)
    return result[::-1]


def _shared_by(token: str, following: str) -> str:
    """The suffix of `following` that `token` leaves out; empty where it is a name as it stands."""
    if not _BARE.match(token) or token[0] in "各等和及由":
        return ""
    marked = _MARK.search(following)
    stem = following[: marked.start()] if marked else following
    stem = _OTHERS.sub("", stem)
    if _PLACE.match(token):
        place = _PLACE_SUFFIX.search(stem)
        return place["body"] if place and stem[0] not in "各有相" else ""
    if _ORGAN.match(token) or _MARK.search(token) or _NOISE.search(token):
        return ""
    kind = _KIND_SUFFIX.search(stem)
    return kind["body"] if kind and stem[0] not in "各有相" else ""


def clean_name(token: str) -> str:
    """An organ's name without blanks, 由, 等部门 and stops around it."""
    name = "".join(token.split()).strip("，、；;：:。.—–-").rstrip("（(〔［[【")
    name = re.sub(
        r"^(?:以上|上述|该项|此项|本项|第[\d一二三四五六七八九十]+[项条])[^由]{0,12}由", "", name
    )
    name = re.sub(r"^(?:由|请|会同|以及|及|和|并|其中[：:]?)(?=[\u4e00-\u9fff]{3})", "", name)
    return _OTHERS.sub("", name)


def read_list(text: str, role: Role, rule: LeadRule | None = None) -> list[Unit]:
    """Units of one list. Words such as 牵头 after names set the role of the names before them.

    `rule` is the document's own; where the list itself marks a lead, it doesn't apply.
    """
    text = _ASIDE.sub("", text)
    units = _marked(text, role, rule)
    leads = any(unit.role == "lead" for unit in units)
    return units if leads or not rule or role != "responsible" else _by_rule(text, units, rule)


def _marked(text: str, role: Role, rule: LeadRule | None) -> list[Unit]:
    units: list[Unit] = []
    waiting: list[str] = []
    for token in restored(split_list(text)):
        turned = _TURN.match(token)
        if turned:
            units += [Unit(name, role) for name in waiting]
            waiting, role, token = [], _role_of(turned.group(1), role), token[turned.end() :]
        if token.strip(STARS) != token:
            units += [Unit(name, role) for name in waiting]
            waiting, units = [], units + _starred(token.strip(STARS + " "), role, rule)
            continue
        alone = _OWN_MARK.match(token)
        names, mark = _take_mark(alone["name"] if alone else token)
        if alone:
            units += [Unit(name, role) for name in waiting]
            units += [Unit(name, _role_of(alone["mark"], role)) for name in names]
            waiting = []
            continue
        waiting += names
        if mark:
            units += [Unit(name, _role_of(mark, role)) for name in waiting]
            waiting = []
    return units + [Unit(name, role) for name in waiting]


def _starred(token: str, role: Role, rule: LeadRule | None) -> list[Unit]:
    """A name with a star: it leads where the document says so of stars."""
    lead: Role = "lead" if rule and rule.way == "star" else role
    return [Unit(name, lead) for name in _take_mark(token)[0]]


def _take_mark(token: str) -> tuple[list[str], str]:
    token = _SHARED_OUT.sub("", token)
    match = _MARK.search(token)
    stem = token[: match.start()] if match else token
    name = clean_name(stem)
    bad = not name or len(name) < 2 or bool(_NOISE.search(name))
    return ([] if bad else [name]), (match.group("mark") if match else "")


def _role_of(mark: str, default: Role) -> Role:
    if "牵头" in mark:
        return "lead"
    if re.match(r"配合|协助|协同|参与|参加|协办", mark):
        return "cooperating"
    return "responsible" if default != "cooperating" else default


def _by_rule(text: str, units: list[Unit], rule: LeadRule) -> list[Unit]:
    """The units with the roles that the document's rule gives; 配合 said in the list stays."""
    first = _first_of(text, units, rule)
    return [Unit(unit.name, "lead" if unit.name in first else _other(unit, rule)) for unit in units]


def _other(unit: Unit, rule: LeadRule) -> Role:
    return unit.role if unit.role == "cooperating" else rule.others


def _first_of(text: str, units: list[Unit], rule: LeadRule) -> list[str]:
    if rule.way == "first":
        return [unit.name for unit in units[:1]]
    if rule.way == "all":
        return [unit.name for unit in units if unit.role == "responsible"]
    if rule.way == "star":
        return []
    parts = _top_level(text, "，," if rule.way == "comma" else "；;")
    return [unit.name for unit in read_list(parts[0], "lead")] if len(parts) > 1 else []
