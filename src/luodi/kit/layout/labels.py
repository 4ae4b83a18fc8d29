"""The forms of label that number a Chinese official text, and lines that carry a note.

GB/T 9704-2012 7.3.3 numbers the levels 一、 / （一） / 1. / （1）; plans put 第X章 and 第X节 above
them and ① or 一是 below; some number 1.1 below 1.; policies number their paragraphs 第X条,
lists of tasks 任务一：.
"""

from __future__ import annotations

import re

HAN_NUMBER = "一二三四五六七八九十"
_MEASURED = (
    r"(?:[月日万亿倍吨米亩辆秒毫兆折]|[千百十][万亿克米瓦伏亩]|元(?!宵)|[美欧港]元|公[里顷斤厘升]|平方|立方"
    r"|升(?!级)|小时|分钟|天(?!然)|个(?!体|人|性)|年(?!轻)|级(?!别)|度(?!假)|版(?!权)|标准箱|左右|以[上下内]"
    r"|期间|[至到和或、])"
)
"""What makes the number before it a quantity (2.3万亩, 1.5倍, 3.15期间), not a label."""
LABEL = re.compile(
    rf"(?P<chapter>第[{HAN_NUMBER}百零〇\d]{{1,4}}(?:[章篇]|部分))"
    rf"|(?P<section>第[{HAN_NUMBER}百零〇\d]{{1,4}}节)"
    rf"|(?P<article>第[{HAN_NUMBER}百零〇\d]{{1,4}}条)(?=[ \u3000【（]|\Z)"
    rf"|(?P<task>【?(?:重点|主要|具体)?(?:任务|行动|举措|措施|工程|事项)(?:[{HAN_NUMBER}]{{1,3}}|\d{{1,2}})"
    r"(?:[：:】]|[ \u3000]+(?=[\u4e00-\u9fff“])))"
    rf"|(?P<one>[{HAN_NUMBER}]{{1,3}}[、．.](?![{HAN_NUMBER}]+[、产次类线级条批]))"
    rf"|(?P<two>[（(〔][{HAN_NUMBER}]{{1,3}}[）)〕][、.．]?)"
    r"|(?P<dotted>\d{1,2}(?:[.．]\d{1,2}){1,2}[.．、]?(?=[ \u3000]*[“《\u4e00-\u9fff])"
    rf"(?![ \u3000]*{_MEASURED}))"
    r"|(?P<three>\d{1,3}[．.、](?!\d(?!\d?月|\d{3}年)))"
    r"|(?P<four>[（(]\d{1,3}[）)][、.．]?|\d{1,2}[）)])"
    r"|(?P<circle>[\u2460-\u2473])"
    rf"|(?P<is>[{HAN_NUMBER}]{{1,3}}是(?![否指一]))"
)
_DUTY = (
    r"(?:责任|牵头|配合|主责|落实|实施|承办|协办|主办|参与|参加|协同|协助|负责|主管|支持|承担|主体)"
)
_BODY = r"(?:单 ?位|部门|处室|科室|主体)"
UNIT_KEY = (
    rf"(?:主要|其[他它]|共同|相关|具体|总|第一|[市县区省州]级|[市县区省]直)?{_DUTY}"
    rf"(?:[（(、和及]{{0,2}}{_DUTY}[）)]?)?[\s\u3000]?{_BODY}"
    rf"(?:[（(、和及或]{{1,2}}(?:{_DUTY}?{_BODY}|人员)[）)]?|及分工)?"
)
"""责任单位, 牵头（责任）单位, 责任单位（部门）, 主要责任单位: what a list of units follows."""
TIME_KEY = (
    r"(?:计划)?(?:完成|办结|办理|落实|实施|整改|推进|工作|起止|建设)?"
    r"(?:时限|时间|期限|年限|时点)(?:节点|要求|安排)?"
)
NOTE_LINE = re.compile(
    rf"[（(〔［\[【—–\- ]*(?:{UNIT_KEY}"
    r"|(?:完成|办结|办理|实施|起止)(?:时限|时间|期限|年限)(?:节点|要求)?"
    r"|责任(?:分工|人|领导)|时限要求|牵头领导)"
    r"[\s\u3000]*[：:】]"
)
KEY_END = re.compile(rf"(?:{UNIT_KEY}|(?:完成|办结|办理|实施)?(?:时限|时间|期限))[：:]\Z")
ROLE_LINE = re.compile(
    r"(?:第一|常务|执行|总)?副?[\s\u3000]*(?:组[\s\u3000]*长|总?召集人|总?指[\s\u3000]*挥长?|主[\s\u3000]*任|政委)[\s\u3000]*[：:]"
    r"|(?:常务)?副[\s\u3000]*组[\s\u3000]*长[\s\u3000]*[：:]|(?:成|组)[\s\u3000]*员(?:单位)?[\s\u3000]*[：:]"
)

DATELINE = re.compile(
    r"(?:本[报刊台网]|[\u4e00-\u9fff]{2,8}(?:报|网|社|台|客户端))讯(?=[\s\u3000\d（(]|[^息号]{4})"
    r"|新华社[^，。]{1,14}电"
)
"""What a text of a newspaper begins with."""
_VALUES = {sign: n for n, sign in enumerate(HAN_NUMBER, 1)}


def number_of(label: str) -> int:
    """The number a label holds (一、 is 1, （十二） is 12, ③ is 3); 0 where there is none."""
    digits = re.findall(r"\d+", label)
    if digits:
        return int(digits[-1])
    if label and "\u2460" <= label[0] <= "\u2473":
        return ord(label[0]) - 0x245F
    signs = [sign for sign in label if sign in _VALUES]
    return _han_value(signs)


def _han_value(signs: list[str]) -> int:
    if "十" not in signs:
        return _VALUES[signs[-1]] if signs else 0
    place = signs.index("十")
    tens = _VALUES[signs[0]] if place else 1
    return tens * 10 + (_VALUES[signs[-1]] if place + 1 < len(signs) else 0)
