"""Search: what it finds, how it shows it, and that scope holds."""

from __future__ import annotations

import pytest

from luodi.console import actions
from luodi.console.queries import search
from luodi.console.rules import query_terms, snippet, tokens
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.orgs.queries import viewer_of


@pytest.fixture
def items(city, at):
    """One item of the clerk's unit, one of another unit."""
    for unit, title in (("市工信局", "光机电配套清单"), ("市统计局", "光机电报表口径")):
        open_item(
            city=city.key,
            source=Source.CALL,
            title=title,
            lead=city.units[unit],
            by=city.people["office"],
            at=at,
        )


def titles(city, username: str, text: str) -> set[str]:
    return {hit.title for hit in search(text, viewer_of(city.accounts[username]))}


def found(said: set[str], wanted: str) -> bool:
    return any(wanted in title for title in said)


@pytest.mark.parametrize("text", ["光机电", "光机", "光", "机电 配套", "配套清单"])
def test_two_characters_one_character_and_several_words_find(city, items, text):
    assert found(titles(city, "office", text), "光机电配套清单")


@pytest.mark.parametrize("text", ["", "   ", "，。", "激光雷达", "套配", '"', "NOT", "*", "a'b"])
def test_what_is_not_there_is_not_found_and_nothing_breaks(city, items, text):
    assert not found(titles(city, "office", text), "光机电")


def test_a_clerk_finds_only_what_their_unit_may_see(city, items):
    mine = titles(city, "clerk", "光机电")
    assert found(mine, "配套清单")
    assert not found(mine, "报表口径")
    assert found(titles(city, "leading_group", "光机电"), "报表口径")


def test_administration_and_audit_find_no_business(city, items):
    for username in ("system_admin", "security_admin", "auditor"):
        assert titles(city, username, "光机电") == set()


def test_units_are_found_by_their_other_names(city):
    assert found(titles(city, "clerk", "工业和信息化"), "市工信局")


def test_the_page_marks_what_was_found(sign_in, items):
    page = sign_in("office").get("/search/", {"q": "配套"}).content.decode()
    assert "<mark>配套</mark>" in page


def test_pairs_singles_and_letters():
    assert tokens("光机电 RCEP，ＡＩ 5G") == "光机 机电 电 rcep ai 5g"
    assert query_terms("光机电 a") == [("光机", False), ("机电", False), ("a", True)]
    assert query_terms("电") == [("电", True)]


def test_a_snippet_shows_the_words_in_their_place():
    assert snippet("一二三四五六", "三四", around=1) == ("二", "三四", "五")
    assert snippet("一二三四五六", "九", around=1) == ("", "", "一二")


def test_many_acts_in_a_row_are_searched_once_after_the_last(city, at, items, monkeypatch):
    asked = []
    whole = actions.index_subjects
    monkeypatch.setattr(
        actions, "index_subjects", lambda **of: asked.append(list(of["subjects"])) or whole(**of)
    )
    with actions.index_at_the_end(by="system:test", at=at):
        for title in ("光缆清单甲", "光缆清单乙"):
            unit = city.units["市工信局"]
            by = city.people["office"]
            open_item(city=city.key, source=Source.CALL, title=title, lead=unit, by=by, at=at)
        assert titles(city, "office", "光缆清单") == set()
    assert len(asked) == 1
    assert len(asked[0]) == len(set(asked[0]))
    assert len(titles(city, "office", "光缆清单")) == 2
    with pytest.raises(ZeroDivisionError), actions.index_at_the_end(by="system:test", at=at):
        1 / 0  # noqa: B018
    assert len(asked) == 1
