"""The words around a number: units as texts write them, and what compares."""

from __future__ import annotations

import re

_SCALED = (
    "人民币元|美元|欧元|港元|日元|元|吨标准煤|吨标煤|标准煤|吨公里|吨|公斤|千克|毫克|"
    "微克|克|斤|平方公里|平方千米|平方米|立方米|公顷|亩|公里|千米|厘米|毫米|海里|米|"
    "千瓦时|兆瓦时|千瓦|兆瓦|吉瓦|瓦时|瓦|千伏安|标准箱|标箱|人次|人|户次|户|家次|家|个|"
    "件|项|条|名|座|处|台套|台|套|辆次|辆|所|场次|场|宗|班次|次|期|份|位|部|支|门|只|笔|"
    "头|张|块|羽|株|棵|艘|架次|剂次|人份|架|列|册|种|类|起|例|篇|款|间|栋|幢|床|口|对|批次|批|颗|枚|粒|"
    "尾|箱|担|棒|盒|袋|瓶|桶|件次|家庭|蒸吨|升|伏|核|卡|步|道|盏|根|幅|首|档|站|趟|字|票|单|轮|吨级|村|"
    "镇|乡|园"
)
"""Units that 万 or 亿 may stand before."""
_PLAIN = (
    "个百分点|个位次|百分点|个千分点|个工作日|工作日|个月|个小时|小时|分钟|秒|天|周岁|周|岁|分|%|％|"
    "‰|℃|倍|TB|PB|GB|EFLOPS|PFLOPS|MW|GW|kW|MWh|GWh|kWh"
)
_NOT_BEFORE = (
    "元旦素件器|人均工民才口员类大力|家政园具电长|个性|件套|项目|名单录称优|处理置于级室|"
    "所有以在需|场地所馆景|次数序|期间货限末初待望|位于列居置次|部门分署委|"
    "支部持撑出行付点|门类店诊户|列入车为|种植业子质养畜|类别型|起来草步|间接距隔|"
    "对接口标外应于|批准复次发|道路|根据本|首位先|站在点|字号|单位元列|层面级次|"
    "分之别类解工布区|天然气津地|周边期年岁|张家|块状|条例件款|口径岸|核心|卡脖|步入行|"
    "升级至到|轮胎渡|头部|款项|例如|箱式|档案|村民庄级|镇级域|乡镇村|园区|床位|秒批|岁末|"
    "倍增|尾矿|册子|座谈|台账阶|套餐|户籍型均外|只有要是|笔试|票据|米面"
)
"""A unit of one character and those that make another word of it (元旦, 家庭)."""
_PER = (
    "百平方公里|平方公里|立方米|平方米|公里|公顷|亩|千人口|万人口|千人|万人|百人|百户|人|户|家|年|"
    "两月|季度|季|月|周|日|天|小时|吨标准煤|吨|万元|亿元|千瓦时|升|台|辆|个|次|床|公斤|"
    "头"
)
_BARRED = {word[0]: word[1:] for word in _NOT_BEFORE.split("|")}


def _guarded(unit: str) -> str:
    barred = _BARRED.get(unit, "")
    return re.escape(unit) + (f"(?![{barred}])" if barred else "")


def _any(words: str) -> str:
    longest = sorted(words.split("|"), key=lambda word: (-len(word), word))
    return "|".join(_guarded(word) for word in longest)


SCALE = r"万亿|[十百千]?亿|[百千十]?万|[百千]"
_LATIN = r" ?(?:[μµu]g/m[³3]|mg/m[³3]|mg/L|t/d|m[³3]/d)(?![A-Za-z\d])"
"""Units of measured air and water, with or without a blank before them."""
UNIT = (
    rf"{_LATIN}|(?:{SCALE})[余多]?(?:{_any(_SCALED)})|{_any(_PLAIN)}|{_any(_SCALED)}"
    "|万亿|亿|[百千]?万"
)
PER = rf"/(?:{_PER})(?:·(?:{_PER}))?|每(?:亩|平方米|公里|公顷|人|户)(?![均以])"
_COUNTED = (
    "个|家|项|条|户|名|座|处|次|场|场次|件|台|套|台套|所|宗|人|人次|期|份|支|位|部|门|只|"
    "笔|头|张|块|羽|株|棵|艘|架|列|册|种|类|起|例|篇|款|间|栋|幢|口|对|批次|批|辆|村|镇|乡|"
    "家次|户次|趟|班次|站|首|幅|盏|根|颗|枚|园|档|轮"
)
COUNTED = frozenset(_COUNTED.split("|"))
"""Units that count things; what is counted may stand behind them."""
RATES = frozenset(("%", "‰", "个百分点", "个千分点", "倍"))
AFTER = r"及?以上|及?以下|以内|之内|左右|上下|以里|之间"
_COMPARED = {">=": "以上|及以上", "<=": "以下|及以下|以内|之内|以里", "~": "左右|上下", "=": "之间"}
COMPARED_AFTER = {word: sign for sign, words in _COMPARED.items() for word in words.split("|")}
_AT_LEAST = "不低于|不少于|不小于|不短于|不弱于|至少|达到或超过|≥|不得低于|不得少于|最低"
_AT_MOST = (
    "不超过|不高于|不大于|不多于|不突破|不长于|至多|最多|≤|不得超过|不得高于"
    "|压缩到|压缩至|压减到|压减至|缩短到|缩短至"
)
_BEFORE = (
    (_AT_LEAST, ">="),
    (_AT_MOST, "<="),
    (r"超过|突破|高于|大于|多于|逾|超|过(?=.?\Z)|＞|>", ">"),
    ("低于|小于|少于|不到|不足|未达|＜|<", "<"),
    ("大约|约为|约|接近|将近|近(?!平)", "~"),
)
_BEFORE_RE = re.compile(
    "(?:"
    + "|".join(f"(?P<g{n}>{words})" for n, (words, _) in enumerate(_BEFORE))
    + r")(?:了|到)?\Z"
)
_WITHIN = re.compile(r"控制在\Z")


def comparator(before: str, after: str, some: str) -> str:
    """How a number compares: `before` are the characters in front of it, `after` the word behind
    its unit (以上), `some` the word that leaves it open (余 多)."""
    if after:
        return COMPARED_AFTER[after]
    found = _BEFORE_RE.search(before)
    if found and found.lastgroup:
        return _BEFORE[int(found.lastgroup[1:])][1]
    if _WITHIN.search(before):
        return "<="
    return "~" if some else "="


_MONEY = re.compile(
    r"产值|收入|投资|总额|资金|增加值|GDP|生产总值|税|利润|销售额|进出口|授信|贷款|规模|目标|融资|基金|营收|成交|交易|消费|债|存款|余额|出口|进口|成本|费|补贴|补助"
)
_PEOPLE = re.compile(r"就业|人口|人才|毕业生|劳动力|农民工|学生|老年人|职工|参保|培训")


_OPEN = re.compile(r"(?<=[百千万亿])[余多]")
_THING = re.compile(r"(?!的|以|左右|元|用于)[\u4e00-\u9fff]")


def whole_unit(unit: str, text: str, place: int, end: int, per: str = "") -> str:
    """The unit completed from the sentence: 500亿 of money is 亿元, 5万 of people 万人."""
    unit = _OPEN.sub("", unit.strip())
    unit = {"百分点": "个百分点", "％": "%", "千米": "公里", "工作日": "个工作日"}.get(unit, unit)
    if unit.strip("百千十万亿") == "":
        around = text[max(0, place - 30) : place + 14]
        whole = unit != "万" or not _THING.match(text, end)
        if per or (whole and _MONEY.search(around)):
            unit += "元"
        elif _PEOPLE.search(around):
            unit += "人"
    return unit + (("/" + per[1:]) if per else "")
