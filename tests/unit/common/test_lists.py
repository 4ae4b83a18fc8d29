"""Lists as offices keep them: the head is found, widths and blanks don't matter."""

from luodi.common.lists import lines_under, named_columns

HEADS = {"name": ("名称", "企业名称"), "code": ("代码",)}


def columns(texts):
    return named_columns(texts, HEADS)


def test_lines_stand_under_the_first_row_that_names_a_column():
    rows = [
        (1, ["名单"]),
        (2, ["企业名称", "代码"]),
        (3, ["甲", "ＡＢ１"]),
        (4, ["", " "]),
        (5, ["乙"]),
    ]
    assert lines_under(rows, columns) == [
        (3, {"name": "甲", "code": "AB1"}),
        (5, {"name": "乙", "code": ""}),
    ]


def test_the_first_of_two_columns_of_one_name_counts():
    assert columns(["企业名称", "名称", "别的"]) == {"name": 0}


def test_signs_for_nothing_are_nothing():
    rows = [(1, ["名称", "代码"]), (2, ["—", "-"]), (3, ["甲", "—"])]
    assert lines_under(rows, columns, "—-") == [(3, {"name": "甲", "code": ""})]


def test_a_head_far_down_is_none():
    assert lines_under([(n, ["x"]) for n in range(1, 30)] + [(30, ["名称"])], columns) is None
    assert lines_under([], columns) is None
