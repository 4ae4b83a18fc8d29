"""Deciding card by card: accept, correct, split, merge, confirm a lead, and take it back."""

from __future__ import annotations

import json

import pytest

from factories.reading import PLAN, adopted, imported
from luodi.common.refusals import Closed, Conflict, Incomplete, Refusal
from luodi.reading.actions import (
    accept_certain,
    confirm_lead,
    decide_card,
    edit_card,
    merge_with_next,
    split_card,
    undo_card,
    undo_last,
)
from luodi.reading.choices import Verdict
from luodi.reading.models import ReviewCard
from luodi.reading.queries import counts_of


@pytest.fixture
def document(city, at):
    return imported(city, at)


@pytest.fixture
def named(city, at, document):
    """`named(card)`: what every action on a card is told."""

    def make(card: ReviewCard) -> dict:
        return {
            "document": document.key, "card": card.pk, "version": card.version,
            "by": city.people["office"], "at": at,
        }  # fmt: skip

    return make


def measures(document) -> list[ReviewCard]:
    return list(ReviewCard.objects.filter(document=document, kind="measure"))


def plain(cards) -> list[tuple]:
    return [(c.start, c.end, c.data, c.doubts, c.certain, c.verdict) for c in cards]


def test_accepting_and_taking_it_back(document, named):
    first = decide_card(verdict=Verdict.ACCEPTED, **named(measures(document)[0]))
    assert counts_of(document.key).accepted == 1
    back = undo_card(**named(first))
    assert back.verdict == Verdict.UNDECIDED and back.history == []
    with pytest.raises(Incomplete, match="没有可以撤销的"):
        undo_card(**named(back))


def test_certain_cards_are_accepted_at_once_and_doubtful_ones_stay(city, at, document):
    by = city.people["office"]
    assert accept_certain(document=document.key, by=by, at=at) == 7
    counts = counts_of(document.key)
    assert (counts.left, counts.certain_left, counts.accepted) == (1, 0, 7)
    assert len(undo_last(document=document.key, by=by, at=at).cards) == 7
    assert counts_of(document.key).left == 8
    with pytest.raises(Incomplete, match="没有可以撤销的操作"):
        undo_last(document=document.key, by=by, at=at)


def test_two_people_on_one_card_one_is_told_and_nothing_is_lost(document, named):
    card = measures(document)[0]
    seen_by_both = named(card)
    edit_card(changes={"title": "甲改的"}, accept=False, **seen_by_both)
    with pytest.raises(Conflict, match="没有写入，还在页面上"):
        edit_card(changes={"title": "乙改的"}, accept=False, **seen_by_both)
    card.refresh_from_db()
    assert card.data["title"] == "甲改的"


def test_correcting_units_settles_the_doubt(city, document, named):
    card = measures(document)[2]
    units = [
        {"name": "各县（市、区）人民政府", "role": "responsible"},
        {"name": "市统计局", "role": "cooperating"},
    ]
    after = edit_card(changes={"units": units}, accept=True, **named(card))
    assert after.certain and after.verdict == Verdict.ACCEPTED
    assert [u["unit"] for u in after.data["units"]] == [
        city.units["各县（市、区）人民政府"], city.units["市统计局"],
    ]  # fmt: skip
    assert after.original["units"][1]["name"] == "市仓储协会", "what was read stays beside it"


def test_a_lead_is_a_persons_act(city, document, named):
    card = measures(document)[0]
    after = confirm_lead(name="开发区管委会", **named(card))
    assert [(u["role"], u["confirmed_by"]) for u in after.data["units"]] == [
        ("responsible", ""), ("lead", city.people["office"]),
    ]  # fmt: skip
    edited = edit_card(
        changes={"units": [{"name": "市工信局", "role": "lead"}]}, accept=False, **named(after)
    )
    assert edited.data["units"][0]["confirmed_by"] == city.people["office"]
    with pytest.raises(Incomplete, match="从本条的责任单位"):
        confirm_lead(name="市气象局", **named(edited))
    assert undo_card(**named(edited)).data["units"][1]["role"] == "lead"


def test_a_split_covers_the_same_words_and_can_be_taken_back(document, named):
    before, card = plain(measures(document)), measures(document)[1]
    offset = PLAN.index("做到当日受理")
    first, second = split_card(offset=offset, titles=("", "当日受理"), **named(card))
    assert (first.start, second.end) == (card.start, card.end)
    assert (
        PLAN[first.start : first.end] + PLAN[second.start : second.end]
        == PLAN[card.start : card.end]
    )
    assert (first.data["title"], second.data["title"]) == ("建设服务大厅", "当日受理")
    assert second.data["units"] == first.data["units"]
    assert len(measures(document)) == 5 and not second.certain
    undo_card(**named(first))
    assert plain(measures(document)) == before


def test_a_split_half_that_was_decided_holds_the_undo(document, named):
    card = measures(document)[1]
    first, second = split_card(offset=PLAN.index("做到当日"), titles=("", ""), **named(card))
    decide_card(verdict=Verdict.REJECTED, **named(second))
    with pytest.raises(Refusal, match="先撤销那一条"):
        undo_card(**named(first))
    assert len(measures(document)) == 5


def test_a_split_outside_of_the_card_is_refused(document, named):
    card = measures(document)[1]
    with pytest.raises(Incomplete, match="哪一句之后"):
        split_card(offset=card.end, titles=("", ""), **named(card))


def test_merging_joins_words_and_units_and_can_be_taken_back(document, named):
    before, card = plain(measures(document)), measures(document)[0]
    after = merge_with_next(**named(card))
    assert [u["name"] for u in after.data["units"]] == ["市工信局", "开发区管委会", "市商务局"]
    assert PLAN[after.start : after.end].endswith("（责任单位：市商务局）")
    assert "断头路" in after.data["text"] and "办事窗口" in after.data["text"]
    assert after.data["deadline"] == "2026年底前"
    assert len(measures(document)) == 3
    undo_card(**named(after))
    assert plain(measures(document)) == before


def test_merging_over_a_heading_leaves_the_heading_out(document, named):
    after = merge_with_next(**named(measures(document)[1]))
    assert "用好园区" not in after.data["text"]
    assert len(after.data["parts"]) == 2


def test_the_last_card_has_nothing_to_merge_with(document, named):
    with pytest.raises(Incomplete, match="没有同类"):
        merge_with_next(**named(measures(document)[-1]))


def test_an_adopted_document_is_closed(city, at):
    document = adopted(city, at, PLAN)
    card = ReviewCard.objects.filter(document=document).first()
    with pytest.raises(Closed, match="已经入库"):
        decide_card(
            document=document.key, card=card.pk, version=card.version, verdict=Verdict.REJECTED,
            by=city.people["office"], at=at,
        )  # fmt: skip


def post(client, card: ReviewCard, what: str, **fields):
    card.refresh_from_db()
    address = f"/documents/{card.document_id}/cards/{card.pk}/{what}/"
    return client.post(address, {"version": card.version, **fields}, headers={"HX-Request": "true"})


def test_the_cards_answer_with_themselves_and_the_counts(document, sign_in):
    office, card = sign_in("office"), measures(document)[0]
    answer = post(office, card, "accept").content.decode()
    assert f'id="card-{card.pk}"' in answer and 'id="counts"' in answer and "采纳 1" in answer
    assert "不采纳 1" in post(office, card, "reject").content.decode()
    assert "牵头 市工信局" in post(office, card, "lead", name="市工信局").content.decode()
    assert post(office, card, "undo").status_code == 200
    assert post(office, card, "merge")["HX-Trigger"]
    assert post(office, card, "undo").status_code == 204


def test_the_edit_form_keeps_what_was_typed_and_says_what_is_wrong(document, sign_in):
    office, card = sign_in("office"), measures(document)[0]
    assert (
        "市工信局"
        in office.get(f"/documents/{document.key}/cards/{card.pk}/edit/").content.decode()
    )
    answer = post(office, card, "edit", title="", text="新的正文").content.decode()
    assert "新的正文" in answer and "error" in answer
    two = {"unit_name": ["市工信局", "市商务局"], "unit_role": ["lead", "lead"]}
    assert (
        "牵头单位只能有一个"
        in post(office, card, "edit", title="t", text="x", **two).content.decode()
    )
    good = {"unit_name": ["市工信局", ""], "unit_role": ["lead", "responsible"], "accept": "1"}
    assert post(office, card, "edit", title="新标题", text="x", **good).status_code == 200
    card.refresh_from_db()
    assert (card.data["title"], len(card.data["units"]), card.verdict) == ("新标题", 1, "accepted")


def test_other_kinds_are_corrected_in_their_own_forms(document, sign_in):
    office = sign_in("office")
    target = ReviewCard.objects.get(document=document, kind="indicator", data__unit="亿元")
    fields = {
        "name": "总产值",
        "comparator": ">=",
        "value": "130.50",
        "unit": "亿元",
        "period": "2027",
    }
    assert post(office, target, "edit", **fields).status_code == 200
    target.refresh_from_db()
    assert target.data["value"] == "130.5"
    assert "error" in post(office, target, "edit", **(fields | {"value": "很多"})).content.decode()
    organ = ReviewCard.objects.get(document=document, kind="organ")
    post(office, organ, "edit", name="专班", term_from="2026-01", term_to="2027-12")
    organ.refresh_from_db()
    assert organ.data["term"] == {"from": "2026-01", "to": "2027-12"} and organ.data["members"]
    assert "请写成" in post(office, organ, "edit", name="专班", term_to="年底").content.decode()


def test_split_by_page_and_a_stale_version(document, sign_in):
    office, card = sign_in("office"), measures(document)[1]
    page = office.get(f"/documents/{document.key}/cards/{card.pk}/split/").content.decode()
    offset = PLAN.index("做到当日受理")
    assert f'value="{offset}"' in page
    assert post(office, card, "split", offset="x").status_code == 422
    assert post(office, card, "split", offset=str(offset)).status_code == 204
    stale = office.post(
        f"/documents/{document.key}/cards/{card.pk}/accept/", {"version": 1},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert stale.status_code == 409 and stale["HX-Retarget"] == "#notices"
    assert post(office, card, "accept", version="x").status_code == 422


def test_the_wrong_person_decides_nothing(document, sign_in):
    card = measures(document)[0]
    for name in ("clerk", "leading_group", "statistician"):
        for what in ("accept", "reject", "undo", "merge", "lead", "edit", "split"):
            assert post(sign_in(name), card, what).status_code == 403
    card.refresh_from_db()
    assert card.history == []


def test_whole_page_acts(document, sign_in):
    office = sign_in("office")
    page = office.post(f"/documents/{document.key}/accept-certain/", follow=True).content.decode()
    assert "采纳了 7 条" in page
    page = office.post(f"/documents/{document.key}/undo/", follow=True).content.decode()
    assert "撤销了上一步（7 条）" in page
    card = measures(document)[0]
    post(office, card, "accept")
    undone = office.post(f"/documents/{document.key}/undo/", headers={"HX-Request": "true"})
    told = json.loads(undone["HX-Trigger"])["cards-changed"]
    assert told == {"cards": [card.pk], "part": "cards"}
