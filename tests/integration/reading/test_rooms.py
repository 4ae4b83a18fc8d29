"""The room: the source with its marks, the cards, and who may look."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.reading import PLAN, adopted, imported
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import viewer_of
from luodi.reading.models import DocumentState, ReviewCard
from luodi.reading.queries import documents_list, reading_room, sentence

HOSTILE = PLAN.replace(
    "完善园区道路。", '<script>alert(1)</script>"><img src=x onerror=alert(2)>道路。'
)


def room_text(room) -> str:
    return "\n".join("".join(piece.text for piece in p.pieces) for p in room.paragraphs)


def test_the_source_stands_whole_in_the_room(city, at):
    document = imported(city, at)
    room = reading_room(viewer_of(city.accounts["office"]), document.key, Moment(at))
    assert room_text(room) == PLAN
    assert {c.token for c in room.cards} <= {
        token for p in room.paragraphs for piece in p.pieces for token in piece.tokens.split()
    }


def test_a_mark_covers_exactly_the_words_of_its_card(city, at):
    document = imported(city, at)
    room = reading_room(viewer_of(city.accounts["office"]), document.key, Moment(at))
    for card in room.cards:
        marked = "".join(
            piece.text for p in room.paragraphs for piece in p.pieces
            if card.token in piece.tokens.split()
        )  # fmt: skip
        assert marked == PLAN[card.start : card.end].replace("\n", "")


def test_hostile_text_is_shown_never_run(city, at, sign_in):
    document = imported(city, at, HOSTILE)
    office = sign_in("office")
    pages = [
        f"/documents/{document.key}/",
        "/documents/",
        f"/documents/{document.key}/?tab=findings",
    ]
    card = ReviewCard.objects.filter(document=document, kind="measure").first()
    pages += [f"/documents/{document.key}/cards/{card.pk}/{p}" for p in ("", "edit/", "split/")]
    pages.append(f"/sentence/{document.sha256}/{card.start}/{card.end}/")
    for page in pages:
        text = office.get(page).content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text


def test_an_asked_place_is_marked(city, at, sign_in):
    document = imported(city, at)
    start = PLAN.index("打通园区内三条")
    page = sign_in("office").get(f"/documents/{document.key}/?at={start}-{start + 5}")
    assert 'id="at"' in page.content.decode()
    assert sign_in("office").get(f"/documents/{document.key}/?at=9-x").status_code == 200


def test_until_it_is_adopted_only_the_office_sees_a_document(city, at, sign_in):
    document = imported(city, at)
    for name in ("clerk", "leading_group", "statistician"):
        client = sign_in(name)
        assert client.get(f"/documents/{document.key}/").status_code == 404
        assert document.key not in client.get("/documents/").content.decode()
        assert client.get(f"/sentence/{document.sha256}/1/9/").status_code == 404
        card = ReviewCard.objects.filter(document=document).first()
        assert client.get(f"/documents/{document.key}/cards/{card.pk}/").status_code == 404
        assert client.post(f"/documents/{document.key}/adopt/").status_code == 403


def test_an_adopted_document_is_read_by_everyone_and_decided_by_nobody(city, at, sign_in):
    document = adopted(city, at)
    page = sign_in("clerk").get(f"/documents/{document.key}/").content.decode()
    assert "盘活闲置厂房" in page and "hx-post" not in page
    assert "入库产生的内容" in page
    assert (
        'data-do="accept"'
        not in sign_in("office").get(f"/documents/{document.key}/").content.decode()
    )


def test_the_file_as_handed_in_opens_with_the_adoption(city, at, sign_in):
    waiting = imported(city, at)
    address = f"/files/{waiting.file_id}/{waiting.file.name}"
    assert sign_in("office").get(address).status_code == 200
    assert sign_in("clerk").get(address).status_code == 404
    done = adopted(city, at, PLAN + "\n")
    address = f"/files/{done.file_id}/{done.file.name}"
    assert sign_in("clerk").get(address).status_code == 200


def test_another_city_sees_nothing(city, at, sign_in):
    from factories.city import make_city

    other = make_city(at=at, key="lin")
    document = imported(city, at)
    viewer = viewer_of(other.accounts["office"])
    with pytest.raises(NotFound):
        reading_room(viewer, document.key, Moment(at))
    assert documents_list(viewer, Moment(at)) == []


def test_a_past_date_shows_the_stage_of_then_read_only(city, at, sign_in):
    document = adopted(city, at)
    states = DocumentState.objects.filter(document=document).order_by("since")
    assert [s.stage for s in states] == ["review", "adopted"]
    then = Moment(at, states[0].since_id)
    room = reading_room(viewer_of(city.accounts["office"]), document.key, then)
    assert room.under_review


def test_a_sentence_stands_in_its_surroundings(city, at, sign_in):
    document = adopted(city, at)
    start = PLAN.index("铺设雨污管网")
    key = f"{document.sha256}:{start}:{start + 6}"
    found = sentence(key, viewer_of(city.accounts["clerk"]), Moment(at))
    assert found.text == "铺设雨污管网"
    assert found.before.endswith("三条断头路，") and found.after.startswith("。2026年底前")
    address = f"/sentence/{document.sha256}/{start}/{start + 6}/"
    client = sign_in("clerk")
    assert "<html" in client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "铺设雨污管网" in part
    assert client.get(f"/sentence/{document.sha256}/5/99999/").status_code == 404
    assert client.get(f"/sentence/{'f' * 64}/5/9/").status_code == 404


def queries_for(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_lists_and_rooms_take_the_same_queries_however_much_there_is(city, at, sign_in):
    office = sign_in("office")
    document = imported(city, at)
    few = queries_for(office, "/documents/"), queries_for(office, f"/documents/{document.key}/")
    for n in range(4):
        more = "".join(
            f"{k}.做好第{k}件事。按时完成。（责任单位：市工信局、市商务局）\n" for k in range(1, 40)
        )
        big = imported(
            city, at, PLAN.replace("三、保障措施", f"（三）第{n}批\n{more}三、保障措施"), f"{n}.txt"
        )
    assert queries_for(office, "/documents/") == few[0]
    assert queries_for(office, f"/documents/{big.key}/") == few[1]


def test_the_list_is_exported(city, at, sign_in):
    imported(city, at)
    answer = sign_in("office").get("/documents/?export=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_an_empty_list_says_how_to_fill_it(city, sign_in):
    assert "导入文件" in sign_in("office").get("/documents/").content.decode()
    assert "核对入库后" in sign_in("clerk").get("/documents/").content.decode()
