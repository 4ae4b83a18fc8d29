"""Boxes of priorities and directories of firms, by their form."""

from __future__ import annotations

import pytest

from luodi.kit.commitments.chains import chain_of, firm_groups, read_segment


@pytest.mark.parametrize(
    ("title", "chain"),
    [
        ("示例装备“十四五”发展重点", "示例装备"),
        ("示例材料重点方向", "示例材料"),
        ("示例工程重点依托项目", ""),
        ("发展重点", ""),
    ],
)
def test_a_box_of_priorities_names_its_chain(title, chain):
    assert chain_of(title) == chain


@pytest.mark.parametrize(
    ("item", "products", "techniques"),
    [
        ("（1）镜头：\n重点发展镜片、镜\n筒等配套部件。", ("镜片", "镜筒"), ()),
        ("模具：发展压铸模具；重点突破镀膜、抛光等关键技术。", ("压铸模具",), ("镀膜", "抛光")),
        ("电池：重点研发隔膜技术，以轻量化、薄壁化为方向，提升寿命、降低成本。", (), ("隔膜技术",)),
        ("刀具：研发应用于煤机的截齿和轨道交通的铣刀头。", ("截齿", "轨道交通的铣刀头"), ()),
        ("铸件：发展以钢铁等为材料的大型铸件。", ("大型铸件",), ()),
    ],
)
def test_a_segment_lists_products_and_techniques(item, products, techniques):
    read = read_segment(item)
    assert read is not None and (read.products, read.techniques) == (products, techniques)


def test_an_item_without_a_colon_is_no_segment():
    assert read_segment("（1）投资3亿元的示例项目") is None


def upright(*cells: str) -> str:
    """Cells as a page that stands upright gives them: one sign to a line, a blank line between."""
    return "\n\n".join("\n".join(cell) for cell in cells)


def test_a_directory_printed_upright_gives_its_groups_with_their_places():
    text = upright(
        "前言", "镜片企业", "：甲市镜片有限公司", "乙市光学集团", "铸机生产企业", "：丙市铸机厂"
    )
    groups = firm_groups(text, 100)
    assert [(one.name, one.wanted, one.firms) for one in groups] == [
        ("镜片企业", "镜片", ("甲市镜片有限公司", "乙市光学集团")),
        ("铸机生产企业", "铸机", ("丙市铸机厂",)),
    ]
    first = text[groups[0].start - 100 : groups[0].end - 100].replace("\n", "")
    assert first == "镜片企业：甲市镜片有限公司乙市光学集团"


def test_pieces_of_a_stretched_line_are_one_name_and_doubled_heads_end_a_group():
    text = upright(
        "镜片企业",
        "：甲市",
        "镜片",
        "有",
        "限公司",
        "丁星电机（DX",
        "CO）",
        "重点",
        "重点",
        "行业",
        "行业",
    )
    (group,) = firm_groups(text)
    assert group.firms == ("甲市镜片有限公司", "丁星电机（DXCO）")


def test_a_product_listed_twice_is_one():
    read = read_segment("镜头：重点发展镜片、镜筒。延伸发展镜片、滤光片。")
    assert read is not None and read.products == ("镜片", "镜筒", "滤光片")


def test_a_group_whose_names_are_only_column_heads_is_none():
    assert firm_groups(upright("镜片企业", "：", "：", "重点")) == ()
    assert firm_groups(upright("镜片企业", "：说明", "：说明")) == ()
    assert firm_groups("镜片企业\n\n \n\n：镜片\n\n：镜片") == ()
    assert firm_groups(upright("镜片企业", "：重点", "：重点", "：重点")) == ()


def test_words_that_are_no_firms_make_no_group():
    assert firm_groups(upright("说明", "：以下为各条建议。", "加快建设，做大做强")) == ()
    assert firm_groups("") == ()
