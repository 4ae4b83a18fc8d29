"""Every kind of finding: its code, how grave it is, what it compares. The docs are drawn from here.

`error` only where arithmetic or the text contradicts itself beyond rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from luodi.kit.problems import Problem, Severity, Span

Group = Literal["算术", "一致", "承诺", "文字"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding; the first severity is the usual one."""

    code: str
    group: Group
    severities: tuple[Severity, ...]
    title: str
    says: str


_ERROR: tuple[Severity, ...] = ("error",)
_WARNING: tuple[Severity, ...] = ("warning",)
_EITHER: tuple[Severity, ...] = ("error", "warning")
_ANY: tuple[Severity, ...] = ("error", "warning", "info")
_INFO: tuple[Severity, ...] = ("info",)

_ARITHMETIC = (
    Kind("growth.contradicts", "算术", _ERROR, "增速算不对",
         "由基数和新数重算增速、降幅"),
    Kind("growth.average", "算术", _ERROR, "年均增速算不对",
         "由首尾两年按复合增长重算年均增速"),
    Kind("growth.net", "算术", _WARNING, "新增与增速不符",
         "由总量和新增数重算增速"),
    Kind("difference.contradicts", "算术", _ERROR, "增减量算不对",
         "由前后两个数重算增加、减少了多少"),
    Kind("direction.contradicts", "算术", _ERROR, "升降写反",
         "写“增长到”而数变小，写“下降到”而数变大"),
    Kind("share.contradicts", "算术", _EITHER, "占比算不对",
         "由部分和总数重算占比"),
    Kind("share.impossible", "算术", _ERROR, "占比凑不出",
         "部分是整数，没有一个整数总数能得出这个占比"),
    Kind("rate.impossible", "算术", _WARNING, "比率凑不出",
         "总数是整数，没有一个整数部分能得出这个比率"),
    Kind("rate.contradicts", "算术", _EITHER, "转化率算不对",
         "由两个数重算开工率、使用率、转化率、贡献率"),
    Kind("ratio.out_of_bounds", "算术", _ERROR, "比率越界",
         "占比、覆盖率一类的比率超过100%"),
    Kind("structure.not_hundred", "算术", _ERROR, "构成之和不是100",
         "三次产业比例、全部占比相加应为100%"),
    Kind("points.contradicts", "算术", _ERROR, "百分点算不对",
         "由两个比率重算相差几个百分点"),
    Kind("multiple.contradicts", "算术", _ERROR, "倍数算不对",
         "由前后两个数核对翻番、几倍"),
    Kind("sum.contradicts", "算术", _ANY, "分项之和不等于总数",
         "总数与各分项之和比较"),
    Kind("part.exceeds", "算术", _ERROR, "部分大于整体",
         "其中数比总数还大"),
    Kind("table.sum", "算术", _EITHER, "表中合计不对",
         "合计行、合计列与各行、各列之和比较"),
    Kind("table.ratio", "算术", _ERROR, "表中比率算不对",
         "城镇化率、人均值等列由表中另两列重算"),
    Kind("rank.contradicts", "算术", _EITHER, "排名与数值不符",
         "排名列、文中名次与表内数值比较，同值可同名次"),
    Kind("rank.beyond", "算术", _ERROR, "名次超过总数",
         "名次比参加排名的个数还大"),
    Kind("per_capita.contradicts", "算术", _EITHER, "人均值算不对",
         "由总量和人口重算人均值"),
    Kind("unit.magnitude", "算术", _ERROR, "单位差万倍",
         "数值与所写单位差一万倍、一亿倍"),
    Kind("unit.odd", "算术", _WARNING, "单位不完整",
         "万/亩、亿/人一类缺了元的单位"),
    Kind("decimal.misprint", "算术", _EITHER, "小数点误排",
         "小数点印成逗号；能由增速证明的是错误"),
    Kind("list.unequal", "算术", _ERROR, "分别列举的个数不等",
         "“分别为”前后的项数比较"),
    Kind("range.reversed", "算术", _ERROR, "区间两端颠倒",
         "起点大于终点的区间、年份"),
    Kind("count.announced", "算术", _EITHER, "宣布的项数与列出的不符",
         "“以下5项”与实际列出的项数比较"),
    Kind("roster.count", "算术", _EITHER, "名单人数不符",
         "组长、副组长、成员人数与合计、名单比较"),
)  # fmt: skip
_CONSISTENCY = (
    Kind("text.against_table", "一致", _EITHER, "文与表不符",
         "文中的数与本文表中同一指标、同一年、同一对象的数比较"),
    Kind("table.against_table", "一致", _ERROR, "表与表不符",
         "两张表里同一指标、同一年、同一对象的数比较"),
    Kind("table.row_missing", "一致", _WARNING, "并列的表缺行",
         "同一组对象的几张表里少了一行"),
    Kind("indicator.two_values", "一致", _WARNING, "同一指标两个数",
         "同一指标、同一时期在文中有两个数"),
    Kind("target.two_values", "一致", _WARNING, "同一目标两个数",
         "同一指标、同一年的目标在目标章、专栏、表中不同"),
    Kind("target.two_strengths", "一致", _WARNING, "目标力度不一",
         "年均增速与翻番、总量目标在同一文中力度不同"),
    Kind("target.no_residual", "一致", _WARNING, "分目标之和等于总目标",
         "基年有其余部分而目标年没有留"),
    Kind("period.outside_plan", "一致", _WARNING, "目标年不在规划期",
         "规划期与目标年份比较"),
    Kind("abbreviation.two_bodies", "一致", _WARNING, "一个简称两个单位",
         "同一“以下简称”指不同的名称"),
    Kind("organ.look_alike", "一致", _WARNING, "同一单位两种写法",
         "责任单位名称相近或字序不同"),
    Kind("documents.two_values", "一致", _EITHER, "文件之间数不同",
         "几份文件中同一指标、同一年、同一对象的数比较"),
    Kind("documents.two_targets", "一致", _WARNING, "文件之间目标不同",
         "几份文件中同一指标、同一年的目标比较"),
    Kind("documents.organ_names", "一致", _WARNING, "文件之间单位名称不同",
         "几份文件中同一单位的写法比较"),
)  # fmt: skip
_COMMITMENT = (
    Kind("plan.no_measure", "承诺", _WARNING, "没有措施",
         "自称方案、计划而没有读出措施"),
    Kind("measure.no_unit", "承诺", _WARNING, "没有责任单位",
         "措施没有写责任单位"),
    Kind("measure.no_deadline", "承诺", _WARNING, "没有时限",
         "措施没有写完成时限"),
    Kind("measure.vague", "承诺", _INFO, "只有空泛的动词",
         "措施只有“积极推进”一类的话，没有对象、数量和时间"),
    Kind("measure.twice", "承诺", _WARNING, "同一措施写了两次",
         "两项措施的标题或内容相同"),
    Kind("deadline.past", "承诺", _WARNING, "时限早于成文",
         "时限与成文日期比较"),
    Kind("deadline.outside_plan", "承诺", _WARNING, "时限超出期限",
         "时限与标题中的年份、规划期比较"),
    Kind("target.no_period", "承诺", _WARNING, "目标没有起算年",
         "“3年500亿”没有写从哪年算起"),
    Kind("target.no_base", "承诺", _INFO, "目标没有基数",
         "目标表里目标年有数而基年没有"),
    Kind("target.weaker", "承诺", _WARNING, "目标低于基数",
         "目标值比基年值还弱"),
    Kind("target.reached", "承诺", _WARNING, "目标已经达到",
         "基年值已经达到目标值"),
    Kind("lead.two", "承诺", _WARNING, "两个牵头单位",
         "一项措施有两个以上的牵头单位"),
    Kind("lead.also_cooperates", "承诺", _WARNING, "牵头又配合",
         "同一单位在一项措施里既牵头又配合"),
    Kind("organ.unknown", "承诺", _WARNING, "责任单位不明",
         "“有关部门”“相关单位”一类不能分派的单位"),
    Kind("organ.named_once", "承诺", _INFO, "单位只出现一次",
         "其他措施都用集体称呼，只有一处点名"),
)  # fmt: skip
_FORM = (
    Kind("numbering.broken", "文字", _WARNING, "编号接不上",
         "编号与同级前一个不连续"),
    Kind("numbering.duplicated", "文字", _WARNING, "编号重复",
         "同级两个编号相同"),
    Kind("numbering.skipped", "文字", _WARNING, "编号跳号",
         "同级编号跳过了一个或几个"),
    Kind("signs.unpaired", "文字", _WARNING, "括号引号不配对",
         "括号、引号、书名号缺一半"),
    Kind("signs.doubled", "文字", _WARNING, "标点重复",
         "两个标点连在一起"),
    Kind("signs.mixed_width", "文字", _INFO, "半角标点",
         "汉字之间用了半角逗号、分号"),
    Kind("word.repeated", "文字", _WARNING, "词句重复",
         "同一个词或分句连写两遍"),
    Kind("ocr.look_alike", "文字", _WARNING, "形近误识",
         "力口快、王业、100豫一类的误识"),
    Kind("figure.letter", "文字", _WARNING, "数字里有字母",
         "数字中混入字母O、l"),
    Kind("table.title_after", "文字", _WARNING, "表题在表后",
         "表题应当在表的上方"),
    Kind("table.row_width", "文字", _WARNING, "表行格数不符",
         "一行的格数与表头不同"),
    Kind("reference.missing", "文字", _WARNING, "引用的附件不存在",
         "文中提到的附件、表、专栏没有找到"),
    Kind("date.invalid", "文字", _ERROR, "日期不存在",
         "2月30日、13月一类的日期"),
    Kind("date.validity", "文字", _ERROR, "有效期对不上",
         "施行日、有效期年数与截止日比较"),
    Kind("number.year", "文字", _WARNING, "文号年份不符",
         "发文字号的年份与成文日期比较"),
)  # fmt: skip

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (*_ARITHMETIC, *_CONSISTENCY, *_COMMITMENT, *_FORM)
}
"""Every kind by its code."""


def finding(
    code: str,
    message: str,
    spans: Sequence[Span] = (),
    params: dict[str, Any] | None = None,
    severity: Severity | None = None,
) -> Problem:
    """A finding of a registered kind, of its usual severity unless another of it is named.

    KeyError for a code that isn't registered, ValueError for a severity the kind doesn't have:
    both are faults of the check, never of the text.
    """
    kind = KINDS[code]
    grave = severity or kind.severities[0]
    if grave not in kind.severities:
        raise ValueError(f"{code} is never {grave}")
    return Problem(code, grave, message, tuple(spans), params or {})
