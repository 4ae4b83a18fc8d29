"""Conditions over facts: three answers, reasons, what is lacking, what is wrong with a rule."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.kit.eligibility import (
    All,
    AnyOf,
    Comparison,
    FactKind,
    Firms,
    Not,
    check,
    from_json,
    judge,
    match,
    members,
    plain_value,
    proposals,
    read_value,
    to_json,
    truth,
    value_from,
    with_sentence,
)

REVENUE = FactKind(
    "revenue", "number", "营业收入", "Revenue", "万元", 2, says=("营业收入", "主营业务收入")
)
PEOPLE = FactKind("people", "number", "从业人员", "Employees", "人", says=("从业人员",))
POINTS = FactKind("points", "number", "得分", "Points", "", 1)
SIZE = FactKind(
    "size", "words", "规模", "Size", options={"above": ("规上", "above"), "below": ("规下", "below")},
    also={"above": ("规模以上",)},
)  # fmt: skip
TRADE = FactKind("trade", "words", "行业", "Trade")
CERTIFIED = FactKind(
    "certified", "set", "资质", "Certificates",
    options={"tech": ("高新技术企业", "high-tech"), "giant": ("小巨人企业", "giant")},
)  # fmt: skip
FOUNDED = FactKind("founded", "date", "成立日期", "Founded", says=("成立",))
BAD = FactKind("bad", "truth", "严重失信", "Bad credit", says=("列入严重失信",))
KNOWN = {f.name: f for f in (REVENUE, PEOPLE, POINTS, SIZE, TRADE, CERTIFIED, FOUNDED, BAD)}
DAY = date(2024, 1, 1)


def at_least(fact, value):
    return Comparison(fact, "at_least", (value,))


RICH, TECH = at_least("revenue", 2000_00), Comparison("certified", "includes", ("tech",))


@pytest.mark.parametrize(
    ("facts", "verdict", "lacking", "missing"),
    [
        ({"revenue": 2000_00, "certified": frozenset({"tech"})}, "fits", [], []),
        ({"revenue": 1800_00, "certified": frozenset({"tech"})}, "fails", ["revenue"], []),
        ({"revenue": 1800_00, "certified": frozenset()}, "fails", ["revenue", "certified"], []),
        ({"revenue": 1800_00}, "fails", ["revenue"], ["certified"]),
        ({"revenue": 2000_00}, "unknown", [], ["certified"]),
        ({}, "unknown", [], ["revenue", "certified"]),
    ],
)
def test_three_answers(facts, verdict, lacking, missing):
    answer = judge(All((RICH, TECH)), facts)
    assert answer.verdict == verdict
    assert [one.comparison.fact for one in answer.lacking] == lacking
    assert list(answer.missing) == missing
    assert answer.near is (verdict == "fails" and len(lacking) == 1 and not missing)


def test_of_alternatives_the_nearest_is_lacking():
    rule = AnyOf((All((RICH, at_least("people", 50))), TECH))
    answer = judge(rule, {"revenue": 1, "people": 1, "certified": frozenset()})
    assert [one.comparison for one in answer.lacking] == [TECH]
    open_ = judge(rule, {"revenue": 1, "people": 1})
    assert (open_.verdict, open_.missing) == ("unknown", ("certified",))
    within = All((AnyOf((RICH, TECH)), at_least("people", 50)))
    assert judge(within, {"revenue": 2000_00, "people": 1}).near


@pytest.mark.parametrize(
    ("one", "found", "gap"),
    [
        (at_least("revenue", 2000_00), 1800_00, 200_00),
        (Comparison("revenue", "above", (2000_00,)), 2000_00, 1),
        (Comparison("revenue", "at_most", (10,)), 15, 5),
        (Comparison("revenue", "below", (10,)), 10, 1),
        (Comparison("revenue", "equals", (10,)), 4, 6),
        (Comparison("revenue", "between", (10, 20)), 25, 5),
        (Comparison("revenue", "between", (10, 20)), 5, 5),
        (at_least("founded", DAY), date(2023, 12, 30), 2),
        (Comparison("size", "one_of", ("above",)), "below", None),
        (Comparison("bad", "equals", (False,)), True, None),
    ],
)
def test_how_far_it_is(one, found, gap):
    [reason] = judge(one, {one.fact: found}).reasons
    assert reason.gap == gap


@pytest.mark.parametrize(
    ("one", "found", "gap"),
    [
        (at_least("revenue", 10), 12, 3),
        (Comparison("revenue", "at_most", (10,)), 10, 1),
        (Comparison("revenue", "above", (10,)), 12, 2),
        (Comparison("revenue", "below", (10,)), 8, 2),
        (Comparison("revenue", "equals", (10,)), 10, None),
    ],
)
def test_how_far_it_is_from_what_must_not_be(one, found, gap):
    [reason] = judge(Not(one), {one.fact: found}).reasons
    assert (reason.wanted, reason.gap) == (False, gap)


@pytest.mark.parametrize(
    ("rule", "facts", "zh", "en"),
    [
        (RICH, {"revenue": 1800_50}, "要求营业收入不低于2000万元，现为1800.5万元，不符合，差199.5万元",
         "Revenue at least CNY 20,000,000: there is CNY 18,005,000, not met by CNY 1,995,000"),
        (RICH, {}, "要求营业收入不低于2000万元，缺“营业收入”，不能判断",
         "Revenue at least CNY 20,000,000: not known"),
        (TECH, {"certified": frozenset({"tech"})}, "要求资质含高新技术企业，现为高新技术企业，符合",
         "Certificates including high-tech: there is high-tech, met"),
        (Not(Comparison("bad", "equals", (True,))), {"bad": True},
         "要求不得严重失信为是，现为是，不符合", "not: Bad credit is yes: there is yes, not met"),
        (at_least("founded", DAY), {"founded": date(2023, 12, 31)},
         "要求成立日期不早于2024-01-01，现为2023-12-31，不符合，差1天",
         "Founded not before 2024-01-01: there is 2023-12-31, not met by 1 days"),
        (Comparison("size", "one_of", ("above", "below")), {"size": "below"},
         "要求规模为规上或规下之一，现为规下，符合", "Size one of above or below: there is below, met"),
        (Comparison("size", "one_of", ("above",)), {"size": "below"},
         "要求规模为规上，现为规下，不符合", "Size is above: there is below, not met"),
        (Comparison("gone", "exists"), {}, "事实目录里已没有“gone”", "no fact “gone” any more"),
    ],
)  # fmt: skip
def test_reasons_in_words(rule, facts, zh, en):
    [reason] = judge(rule, facts).reasons
    assert (reason.says(KNOWN), reason.says(KNOWN, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("one", "found", "told"),
    [
        (Comparison("size", "one_of", ("above",)), None, None),
        (Comparison("size", "at_least", ("above",)), "above", None),
        (Comparison("certified", "one_of", ("giant",)), frozenset({"tech"}), False),
        (Comparison("certified", "equals", ("giant",)), frozenset({"tech"}), None),
        (Comparison("bad", "at_least", (True,)), True, None),
        (Comparison("revenue", "includes", (1,)), 1, None),
        (Comparison("revenue", "at_least", ("1",)), 1, None),
        (Comparison("revenue", "at_least"), 1, None),
        (Comparison("revenue", "exists"), 1, True),
        (Comparison("revenue", "exists"), None, False),
    ],
)
def test_what_does_not_compare_cannot_be_told(one, found, told):
    assert truth(one, {one.fact: found}) is told
    firms = Firms(1, {one.fact: [found]})
    assert match({"a": one}, firms).verdict("a", 0) == judge(one, firms.facts(0)).verdict


@pytest.mark.parametrize(
    ("rule", "code", "says"),
    [
        (All((at_least("revenue", 500), Comparison("revenue", "below", (300,)))),
         "eligibility.contradiction", "“营业收入不低于5万元”与“营业收入低于3万元”互相矛盾"),
        (All((TECH, Not(TECH))), "eligibility.contradiction", "不得资质含高新技术企业"),
        (Comparison("revenue", "between", (5, 3)), "eligibility.contradiction", "互相矛盾"),
        (All((Comparison("revenue", "exists"), Not(Comparison("revenue", "exists")))),
         "eligibility.contradiction", "有营业收入"),
        (All((Comparison("size", "one_of", ("above",)), Comparison("size", "one_of", ("below",)))),
         "eligibility.contradiction", "规模为规上"),
        (All((Comparison("bad", "equals", (True,)), Comparison("bad", "equals", (False,)))),
         "eligibility.contradiction", "严重失信为是"),
        (AnyOf((RICH, All((TECH, Not(TECH))))), "eligibility.contradiction", "高新技术企业"),
        (AnyOf(()), "eligibility.empty_group", "没有条件"),
        (All((Not(AnyOf(())),)), "eligibility.empty_group", "没有条件"),
        (at_least("no_such", 5), "eligibility.no_fact", "“no_such”不在企业事实目录里"),
        (Comparison("size", "at_least", ("above",)), "eligibility.no_operator", "不能这样比较"),
        (Comparison("revenue", "between", (5,)), "eligibility.values", "要写 2 个值"),
        (Comparison("revenue", "at_least", (5, 6)), "eligibility.values", "要写 1 个值"),
        (Comparison("revenue", "at_least", ("5",)), "eligibility.no_value", "不是它的取值"),
        (Comparison("revenue", "at_least", (True,)), "eligibility.no_value", "不是它的取值"),
        (Comparison("founded", "at_least", (5,)), "eligibility.no_value", "不是它的取值"),
        (Comparison("bad", "equals", ("是",)), "eligibility.no_value", "不是它的取值"),
        (Comparison("size", "one_of", ("huge",)), "eligibility.no_value", "不是它的取值"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule(rule, code, says):
    faults = check(rule, KNOWN)
    assert code in [fault.refusal.code for fault in faults]
    assert says in "".join(fault.refusal.says() for fault in faults)
    assert all(fault.refusal.says("en") for fault in faults)


@pytest.mark.parametrize(
    "rule",
    [
        All(()),
        All((RICH, TECH)),
        All((Not(Comparison("trade", "one_of", ("x",))), Comparison("trade", "exists"))),
        All((Comparison("revenue", "above", (3,)), Comparison("revenue", "below", (5,)))),
        All((Comparison("certified", "one_of", ("tech", "giant")), Not(TECH))),
        Not(Comparison("revenue", "exists")),
        Not(Comparison("revenue", "between", (0, 9))),
        All(tuple(AnyOf((at_least("people", n), TECH)) for n in range(14))),
    ],
)
def test_a_rule_that_may_be_used(rule):
    assert check(rule, KNOWN) == []


def test_above_three_and_below_four_leaves_no_whole_number():
    rule = All((Comparison("people", "above", (3,)), Comparison("people", "below", (4,))))
    assert [f.refusal.code for f in check(rule, KNOWN)] == ["eligibility.contradiction"]


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        (REVENUE, "2000", 2000_00),
        (REVENUE, "0.2亿元", 2000_00),
        (POINTS, "7.5", 75),
        (PEOPLE, "12人", 12),
        (FOUNDED, "2024年1月1日", DAY),
        (FOUNDED, "2024-01-01", DAY),
        (BAD, "是", True),
        (BAD, "No", False),
        (SIZE, "规上", "above"),
        (SIZE, "below", "below"),
        (TRADE, "光电", "光电"),
    ],
)
def test_values_as_people_write_them(fact, text, value):
    assert read_value(text, fact) == value


@pytest.mark.parametrize(
    ("fact", "text", "says"),
    [
        (REVENUE, "12.345", ""),
        (REVENUE, "12亩", ""),
        (POINTS, "7.55", "最多 1 位小数"),
        (POINTS, "七点", ""),
        (FOUNDED, "2024-02-30", "要写日期"),
        (FOUNDED, "去年", "要写日期"),
        (BAD, "也许", "要写“是”或“否”"),
        (SIZE, "特大", "可取：规上、规下"),
        (TRADE, " ", "请写出"),
    ],
)
def test_values_that_cannot_be_read(fact, text, says):
    refused = read_value(text, fact)
    assert not refused and says in refused.says()


def test_shown():
    assert [f.shown(None) for f in (REVENUE,)] == ["缺"]
    assert CERTIFIED.shown(frozenset()) == "无"
    assert CERTIFIED.shown(frozenset({"tech", "giant"}), "en") == "giant, high-tech"
    assert (
        REVENUE.asks(Comparison("revenue", "between", (100, 200))) == "营业收入在1万元至2万元之间"
    )
    assert REVENUE.asks(Comparison("revenue", "exists"), "en") == "Revenue is known"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("营业收入达到2000万元以上", [("revenue", "at_least", (2000_00,), "营业收入达到2000万元以上")]),
        ("营业\n收入2000万元\n以上", [("revenue", "at_least", (2000_00,), "营业\n收入2000万元\n以上")]),
        ("主营业务收入超过1亿元", [("revenue", "above", (10000_00,), "主营业务收入超过1亿元")]),
        ("从业人员不超过300人", [("people", "at_most", (300,), "从业人员不超过300人")]),
        ("从业人员低于20人", [("people", "below", (20,), "从业人员低于20人")]),
        ("从业人员100名", []),
        ("从业人员不低于3亩", []),
        ("奖励营业收入10万元", []),
        ("规模以上工业企业", [("size", "one_of", ("above",), "规模以上")]),
        ("高新技术企业或小巨人企业",
         [("certified", "one_of", ("tech", "giant"), "高新技术企业或小巨人企业")]),
        ("高新技术企业、且为小巨人企业",
         [("certified", "includes", ("tech",), "高新技术企业"),
          ("certified", "includes", ("giant",), "小巨人企业")]),
        ("未列入严重失信名单", [("bad", "equals", (False,), "列入严重失信")]),
        ("2024年1月1日以后成立", [("founded", "at_least", (DAY,), "2024年1月1日以后成立")]),
        ("成立于2024年1月1日之前", [("founded", "at_most", (DAY,), "成立于2024年1月1日之前")]),
        ("2024年2月30日以后成立", []),
        ("成立三年以上", []),
        ("给予补助。（责任单位：规上企业科）", []),
        ("申报材料：1.高新技术企业证书。申报条件：规上企业", [("size", "one_of", ("above",), "规上")]),
    ],
)  # fmt: skip
def test_what_a_sentence_seems_to_ask(text, found):
    read = proposals(text, list(KNOWN.values()))
    assert [
        (one.comparison.fact, one.comparison.operator, one.comparison.values,
         text[slice(*one.span)])
        for one in read
    ] == found  # fmt: skip
    for one in read:
        start, end = one.span
        assert with_sentence(one, "ab", 10).sentence == f"ab:{10 + start}:{10 + end}"


def test_written_down_and_read_again():
    rule = All(
        (Not(at_least("founded", DAY)), AnyOf((TECH, Comparison("bad", "equals", (True,), "k"))))
    )
    assert from_json(to_json(rule)) == rule
    assert value_from(plain_value(frozenset({"b", "a"}))) == frozenset({"a", "b"})


@pytest.mark.parametrize(
    "data",
    [
        {}, {"all": 1}, {"fact": "a", "op": "like", "values": []}, {"fact": "a", "op": "exists"},
        {"fact": "a", "op": "equals", "values": [1.5]}, {"fact": "a", "op": "equals", "values": [[1]]},
        {"fact": "a", "op": "equals", "values": [{"on": "2024-02-30"}]},
    ],
)  # fmt: skip
def test_what_says_no_condition_is_refused(data):
    with pytest.raises(ValueError):
        from_json(data)


def test_nothing_is_nested_for_ever():
    data = {"all": []}
    for _ in range(40):
        data = {"not": data}
    with pytest.raises(ValueError, match="too deep"):
        from_json(data)


def test_members_of_a_bitmap():
    assert list(members(0b101001)) == [0, 3, 5]
    assert list(members(0)) == []


def test_a_missing_column_is_unknown():
    matched = match({"a": RICH}, Firms(3, {}))
    assert matched.verdict("a", 2) == "unknown"
    assert matched.answer("a", 2).missing == ("revenue",)


@pytest.mark.parametrize(
    ("unit", "scale", "number", "said"),
    [
        ("万元", 4, 1073_0000, "CNY 10,730,000"),
        ("万元", 4, 1073_5001, "CNY 10,735,001"),
        ("万元", 2, 1073_50, "CNY 10,735,000"),
        ("亿元", 9, 1_234_567_891, "CNY 123,456,789.1"),
        ("元", 0, 0, "CNY 0"),
        ("人", 0, 77, "77 people"),
        ("%", 2, 350, "3.5%"),
    ],
)
def test_english_says_a_unit_in_its_own_words(unit, scale, number, said):
    fact = FactKind("some", "number", "某项", "Some", unit, scale)
    assert fact.shown(number, "en") == said
