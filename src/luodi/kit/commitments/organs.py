"""Task forces, leading groups, headquarters: members with roles and posts, and their term."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.tables import Table
from luodi.kit.problems import Span

_ROLE = (
    r"(?:第一|常务|执行|总)?副?(?:组长|总?召集人|总?指挥长?|主任委员|主任|政委|理事长|会长)"
    r"|副?秘书长|(?:领导小组)?成员(?:单位)?|组员|委员|联络员"
)
_ROLE_LINE = re.compile(rf"(?P<role>{_ROLE}) ?[：:] ?(?P<rest>.*)\Z")
_LEADS = re.compile(r"(?:第一|总)?(?:组长|召集人|总?指挥长?|主任|主任委员|政委)\Z")
_NAMED = re.compile(
    r"(?P<name>[\u4e00-\u9fff·]{2,4}|示例-\d+)(?:[ \t]+|（|\(|，|,|(?<=\d))"
    r"(?P<post>[\u4e00-\u9fff].*?)[）)]?\Z"
)
_POST_END = re.compile(
    r"(?:长|主任|书记|员|经理|主席|总监|局|秘书|院士|教授|专家|负责人|负责同志|干部|顾问|董事|行长|台长|师|理事|调研员|委|部|办)(?:（[^）]*）)?\Z"
)
_NEXT_PERSON = re.compile(
    r"(?<=[长任记员席监人志师）)])[ 、，；]*(?![\u4e00-\u9fff]{1,2}[长任员记] )"
    r"(?=[\u4e00-\u9fff]{2,3} [\u4e00-\u9fff]|示例-\d)"
)
_ROLE_HEAD = re.compile(r"(?:组内|专班|指挥部|领导小组)?(?:职务|职责|分工|角色)")
_NAME_HEAD = re.compile(r"姓名|人员")
_POST_HEAD = re.compile(r"(?:所在|工作)?单位(?:及|和|、)?职务|现任职务|行政职务|单位职务|工作单位")
_SET_UP = re.compile(
    r"(?:成立|组建|设立|建立)(?:由.{2,20}?任.{2,6}?的)?(?P<name>[^，。；]{2,40}?(?:专班|领导小组|指挥部|工作组|协调小组"
    r"|推进小组|委员会|联席会议))[，,](?P<rest>[^。]{4,400})"
)
_POSTED = re.compile(
    r"(?:^|[，,；;])由?(?P<post>[^，；]{2,60}?)(?:同志)?(?:担任|任|为)"
    r"(?P<role>(?:第一|常务|执行|总)?副?(?:组长|总?召集人|总?指挥长?|主任)|成员(?:单位)?|组员)"
)
_BODY_NAME = re.compile(
    r"(?P<name>[^。；，：]{2,50}?(?:工作专班|专班|领导小组|指挥部|协调小组|推进小组|工作小组|工作组|委员会|联席会议|工作机制))"
    r"(?:成员|组成人员|组成|人员|成员单位|及成员)*(?:名单|单位)?(?:如下)?[：:]?\Z"
)
_TERM = re.compile(
    r"(?:自(?P<from>成立之日|(?:20\d\d)年\d{1,2}月(?:\d{1,2}日)?)起)?(?:运行|工作|存续|期限|任期)?(?:期限)?(?:为)?(?:运行)?至"
    r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?(?:\d{1,2}日)?(?P<end>底|末)?"
)


@dataclass(frozen=True, slots=True)
class Member:
    """One person or post of an organ; `role` is carried down from the line that names it."""

    role: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Organ:
    """A body set up by the plan. `since` and `until` are YYYY-MM or empty."""

    name: str
    since: str
    until: str
    members: tuple[Member, ...]
    span: Span


def organs_of(
    paragraphs: Sequence[Paragraph], where: Sequence[int], tables: Sequence[Table] = ()
) -> list[Organ]:
    """Bodies with a list of members, a table of them, or a sentence that names their posts."""
    organs = [organ for table in tables for organ in _of_table(paragraphs, table)]
    organs += _listed(paragraphs, where)
    known = {organ.name for organ in organs}
    organs += [organ for organ in _in_sentences(paragraphs, where) if organ.name not in known]
    return sorted(organs, key=lambda organ: organ.span)


def _of_table(paragraphs: Sequence[Paragraph], table: Table) -> list[Organ]:
    """The body whose members stand in a table with columns for role, name and post."""
    role, name = _column(table, _ROLE_HEAD), _column(table, _NAME_HEAD)
    post = _column(table, _POST_HEAD)
    if name < 0 or post < 0 or not table.rows:
        return []
    members = [
        Member(row[role] if role >= 0 else "", "".join(row[name].split()), row[post])
        for row in table.rows
        if len(row) == len(table.header) and row[name]
    ]
    if role < 0 or not any(_LEADS.match(one.role) for one in members):
        return []
    title = _BODY_NAME.match(table.title)
    body = title["name"] if title else _name_above(paragraphs, table.at[0], 0)
    first, last = paragraphs[table.at[0]], paragraphs[table.at[-1]]
    return [Organ(body, "", "", tuple(members), (first.span[0], last.span[1]))]


def _column(table: Table, head: re.Pattern[str]) -> int:
    return next((n for n, cell in enumerate(table.header) if head.fullmatch(cell)), -1)


def _in_sentences(paragraphs: Sequence[Paragraph], where: Sequence[int]) -> list[Organ]:
    """Bodies of which a sentence says who leads them and who belongs to them."""
    found = []
    for n in where:
        text = paragraphs[n].text
        if "组长" not in text and "指挥长" not in text and "召集人" not in text:
            continue
        for match in _SET_UP.finditer(text):
            members = [
                Member(role, "", one["post"].strip("，由"))
                for one in _POSTED.finditer(match["rest"])
                for role in (one["role"],)
            ]
            if any(_LEADS.match(one.role) for one in members):
                span = paragraphs[n].hull(*match.span())
                found.append(Organ(match["name"], "", "", tuple(members), span))
    return found


def _listed(paragraphs: Sequence[Paragraph], where: Sequence[int]) -> list[Organ]:
    """Bodies with lines of members, in order."""
    organs = []
    used = -1
    for n in where:
        if n > used and (match := _role_line(paragraphs[n].text)) and _LEADS.match(match["role"]):
            organ, used = _organ(paragraphs, where, n)
            if organ.members:
                organs.append(organ)
    return organs


def _role_line(text: str) -> re.Match[str] | None:
    return _ROLE_LINE.match(text) if "：" in text[:14] or ":" in text[:14] else None


def _organ(paragraphs: Sequence[Paragraph], where: Sequence[int], first: int) -> tuple[Organ, int]:
    members: list[Member] = []
    role, last, below = "", first, False
    for n in range(first, where[-1] + 1):
        text = paragraphs[n].text.replace("\t", " ")
        match = _role_line(text)
        if match and n > first and _LEADS.match(match["role"]) and below:
            break
        if match:
            role = match["role"]
            below = below or not _LEADS.match(role)
        found = _people(match["rest"] if match else text, role)
        if not found and not match:
            break
        members += found
        last = n
    since, until = _term(paragraphs, range(last + 1, min(last + 6, where[-1] + 1)))
    title = _name_above(paragraphs, first, where[0])
    return Organ(
        title, since, until, tuple(members), (paragraphs[first].span[0], paragraphs[last].span[1])
    ), last


def _people(text: str, role: str) -> list[Member]:
    members: list[Member] = []
    waiting = ""
    for piece in _NEXT_PERSON.split(text.strip()):
        waiting = f"{waiting}{piece}"
        match = _NAMED.match(waiting.strip())
        if match and len(match["post"]) <= 40 and _is_post(match["post"]):
            members.append(Member(role, match["name"].strip(), match["post"].strip()))
            waiting = ""
    return members


def _is_post(text: str) -> bool:
    return "。" not in text and bool(_POST_END.search(text))


def _name_above(paragraphs: Sequence[Paragraph], first: int, floor: int) -> str:
    """The last line above that names a body; else the last body that a sentence sets up."""
    for n in range(first - 1, max(floor - 1, first - 4), -1):
        match = _BODY_NAME.match(paragraphs[n].text.strip())
        if match:
            return match["name"]
    for n in range(first - 1, max(-1, first - 40), -1):
        inside = re.search(
            r"成立([^。；，]{2,40}?(?:专班|领导小组|指挥部|工作组|协调小组|委员会))",
            paragraphs[n].text,
        )
        if inside:
            return inside.group(1)
    return ""


def _term(paragraphs: Sequence[Paragraph], after: range) -> tuple[str, str]:
    for n in after:
        match = _TERM.search(paragraphs[n].text)
        if match:
            since = re.match(r"(20\d\d)年(\d{1,2})月", match["from"] or "")
            until = f"{match['year']}-{int(match['month'] or 12):02d}"
            return (f"{since[1]}-{int(since[2]):02d}" if since else ""), until
    return "", ""
