"""Names of units as documents write them: spellings, and words that mean several bodies."""

from __future__ import annotations

from luodi.common.moments import Moment
from luodi.orgs.actions import enter_city
from luodi.orgs.queries import units_by_name
from luodi.packs import resolve
from luodi.reading.queries import names_in
from luodi.reading.rules.commitments import doubts_of

MAKER = "system:demo"


def founded(at) -> str:
    """The key of a city founded from the pack that gives 示范区 a meaning in one document."""
    return enter_city(stack=resolve("jincheng"), by=MAKER, at=at).key


def test_a_name_without_its_prefix_means_the_unit_of_the_city(db, at):
    known = units_by_name(founded(at), Moment(at))
    for written in ("工信局", "商务局", "市工业和信息化局", "发改委", "各县市区政府"):
        assert len(known[written]) == 1, written
    assert known["工信局"][0].short_name == "市工信局"


def test_a_registered_name_goes_before_the_spelling_of_another(city, at):
    known = units_by_name(city.key, Moment(at))
    assert [row.name for row in known["市统计局"]] == ["市统计局"]
    assert [row.name for row in known["统计局"]] == ["市统计局"]


def test_a_word_with_a_meaning_in_one_document_is_asked_for_in_the_others(db, at):
    key = founded(at)
    number = "晋市政办〔2025〕4号"
    (there,) = names_in(key, Moment(at), number)("示范区")
    assert there[0] and there[1] == "晋城经济技术开发区管理委员会"
    elsewhere = names_in(key, Moment(at), "示政办〔2026〕7号")("示范区")
    assert [found[0] for found in elsewhere] == [there[0], ""] and number in elsewhere[0][1]


def test_the_question_names_what_the_word_may_mean(db, at):
    names = names_in(founded(at), Moment(at))
    units = [{"name": "示范区", "role": "responsible"}]
    (doubt,) = doubts_of("measure", {"units": units}, names)
    assert doubt["code"] == "ambiguous_unit" and doubt["name"] == "示范区"
    assert "晋城经济技术开发区管理委员会" in doubt["options"] and "其他单位" in doubt["options"]
