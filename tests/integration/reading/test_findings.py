"""The check of a document: what is found, what the office decides, what stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.findings import accepted, dismissed, faulty, finding, keys_of
from factories.reading import FAULTY, adopted
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.console.models import SearchEntry
from luodi.console.queries import duties_of
from luodi.kit.problems import Problem
from luodi.ledger.models import Item
from luodi.orgs.queries import viewer_of
from luodi.reading import actions
from luodi.reading.models import Compilation, Finding, FindingState
from luodi.reading.queries import check_of, readings, tally_of
from luodi.reading.rules import findings as rules

SHARE, GROWTH, NUMBERING = "share.contradicts", "growth.average", "numbering."
HOSTILE = FAULTY.replace("新开工项目12个", '<script>alert(1)</script>"><b>项目12个')


def decide(city, state, at, who="office", **words):
    """The person accepts, with whatever else is given."""
    given = {"finding": state.finding_id, "seen": state.since_id} | words
    return actions.accept_finding(**given, by=city.people[who], at=at)


def test_what_the_checker_says_is_kept_with_the_document(city, at):
    document = faulty(city, at)
    said = Compilation.objects.get(document=document).content["findings"]
    kept = FindingState.objects.open().filter(finding__document=document)
    assert sorted(s.message for s in kept) == sorted({one["message"] for one in said})
    share = finding(document, SHARE)
    assert share.finding.params["computed"] == "42.9%"
    assert share.finding.quotes == ["28个，其中新开工项目12个，占比46.8%"]
    assert verify().breaks == ()


def test_the_page_shows_message_source_and_the_way_into_the_room(city, at, sign_in):
    document = faulty(city, at)
    page = sign_in("office").get(f"/documents/{document.key}/findings/").content.decode()
    start = FAULTY.index("28个，其中")
    assert "12 ÷ 28 = 42.9%" in page and 'value="42.9%"' in page
    assert "<mark>28个，其中新开工项目12个，占比46.8%</mark>" in page
    assert f"/documents/{document.key}/?at={start}-" in page
    assert "一、现状与目标" in page


def test_a_filter_by_severity_kind_and_state_is_an_address(city, at, sign_in):
    document = faulty(city, at)
    dismissed(city, document, at, SHARE, "口径不同")
    office, address = sign_in("office"), f"/documents/{document.key}/findings/"
    errors = office.get(address + "?severity=error").content.decode()
    assert "12 ÷ 28" in errors and "31 ÷ 20" in errors and errors.count("<article") == 2
    assert "31 ÷ 20" not in office.get(address + "?state=dismissed").content.decode()
    numbering = finding(document, NUMBERING)
    kind = office.get(address + f"?code={numbering.finding.code}").content.decode()
    assert f'<p class="says">{numbering.message}' in kind and "12 ÷ 28" not in kind
    nothing = office.get(address + "?state=supervised").content.decode()
    assert "没有符合筛选条件" in nothing


def test_the_findings_are_exported(city, at, sign_in):
    document = faulty(city, at)
    answer = sign_in("office").get(f"/documents/{document.key}/findings/?export=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_accepting_says_what_it_should_be_and_can_be_taken_back(city, at):
    document = faulty(city, at)
    key = accepted(city, document, at, SHARE, "42.9%")
    state = finding(document, SHARE)
    assert (state.stage, state.correction) == ("accepted", "42.9%")
    assert state.decided_by == city.people["office"]
    act = Act.objects.latest("position")
    assert (act.verb, act.subjects[0]) == ("accept_finding", f"finding:{key}")
    again = decide(city, state, at, correction="42.86%")
    assert again.correction == "42.86%"
    state = finding(document, SHARE)
    by = city.people["office"]
    actions.reopen_finding(finding=key, seen=state.since_id, by=by, at=at)
    state = finding(document, SHARE)
    assert (state.stage, state.correction) == ("undecided", "")
    assert verify().breaks == ()


def test_dismissing_needs_a_reason_and_keeps_it(city, at, sign_in):
    document = faulty(city, at)
    with pytest.raises(Incomplete, match="写明原因"):
        dismissed(city, document, at, SHARE, " \n")
    state = finding(document, SHARE)
    address = f"/documents/{document.key}/findings/{state.finding_id}/"
    office = sign_in("office")
    head = {"HX-Request": "true"}
    refused = office.post(address + "dismiss/", {"seen": state.since_id}, headers=head)
    assert refused.status_code == 422 and refused["HX-Retarget"] == "#notices"
    done = office.post(
        address + "dismiss/", {"seen": state.since_id, "reason": "口径不同"}, headers=head
    ).content.decode()
    assert "口径不同" in done and 'id="check-side" hx-swap-oob="true"' in done
    assert Act.objects.latest("position").why == "口径不同"
    page = office.get(address).content.decode()
    assert "经过" in page and "口径不同" in page


def test_an_item_and_its_finding_lead_to_each_other(city, at, sign_in):
    document = faulty(city, at)
    state, office = finding(document, GROWTH), sign_in("office")
    address = f"/documents/{document.key}/findings/{state.finding_id}/"
    form = office.get(address + "item/").content.decode()
    assert "核查“年均增速算不对”" in form and "原文：“特色产业产值由2020年" in form
    words = {"seen": state.since_id, "title": "核实增速", "content": "核实", "due_on": "2026-04-10"}
    assert office.post(address + "item/", words).status_code == 422
    answer = office.post(address + "item/", words | {"lead": city.units["市工信局"]})
    assert answer["Location"] == f"/documents/{document.key}/findings/#f-{state.finding_id}"
    item = Item.objects.get()
    assert (item.source, item.about) == ("document_check", f"finding:{state.finding_id}")
    page = office.get(f"/ledger/{item.key}/").content.decode()
    assert address in page and "文件核查" in page
    back = office.get(address).content.decode()
    assert f"/ledger/{item.key}/" in back and item.number in back
    state = finding(document, GROWTH)
    by = city.people["office"]
    actions.reopen_finding(finding=state.finding_id, seen=state.since_id, by=by, at=at)
    assert finding(document, GROWTH).item == "" and Item.objects.count() == 1


def test_the_lead_of_an_item_is_told_but_not_let_into_a_document_under_review(city, at, sign_in):
    document = faulty(city, at)
    state = finding(document, GROWTH)
    item = actions.supervise_finding(
        finding=state.finding_id, seen=state.since_id, title="核实", content="", due_on=None,
        lead=city.units["市工信局"], by=city.people["office"], at=at,
    )  # fmt: skip
    clerk = sign_in("clerk")
    page = clerk.get(f"/ledger/{item.key}/").content.decode()
    assert "31 ÷ 20" in page and f"/findings/{state.finding_id}/" not in page
    assert clerk.get(f"/documents/{document.key}/findings/").status_code == 404
    assert not SearchEntry.objects.filter(subject__startswith="finding:").exists()


def test_only_the_office_decides_others_in_scope_read(city, at, sign_in):
    document = adopted(city, at, FAULTY)
    state = finding(document, SHARE)
    with pytest.raises(NotAllowed):
        decide(city, state, at, "clerk")
    clerk = sign_in("clerk")
    page = clerk.get(f"/documents/{document.key}/findings/").content.decode()
    assert "12 ÷ 28" in page and "<button>" not in page.split("check-main")[1]
    address = f"/documents/{document.key}/findings/{state.finding_id}/accept/"
    assert clerk.post(address, {"seen": state.since_id}).status_code == 403
    assert decide(city, state, at).stage == "accepted"


def test_another_city_neither_sees_nor_decides(city, at):
    from factories.city import make_city

    other = make_city(at=at, key="lin")
    document = faulty(city, at)
    with pytest.raises(NotFound):
        check_of(viewer_of(other.accounts["office"]), document.key, Moment(at))
    with pytest.raises(NotFound):
        decide(other, finding(document, SHARE), at)


def test_of_two_deciding_on_what_both_saw_the_second_is_told(city, at):
    document = faulty(city, at)
    state = finding(document, SHARE)
    decide(city, state, at)
    with pytest.raises(Conflict, match="别人刚刚处理了"):
        decide(city, state, at)
    seen = finding(document, SHARE)
    with pytest.raises(Closed):
        dismissed(city, document, at, SHARE, "不是问题")
    assert finding(document, SHARE).since_id == seen.since_id


def test_a_finding_of_another_document_is_not_found(city, at, sign_in):
    one, two = faulty(city, at), faulty(city, at, FAULTY + "\n", "另一份.txt")
    state = finding(two, SHARE)
    address = f"/documents/{one.key}/findings/{state.finding_id}/"
    office = sign_in("office")
    assert office.get(address).status_code == 404
    assert office.post(address + "accept/", {"seen": state.since_id}).status_code == 404


def test_checking_anew_keeps_decisions_and_says_what_is_gone(city, at, sign_in, monkeypatch):
    document = faulty(city, at)
    accepted(city, document, at, SHARE, "42.9%")
    found = readings.compile_source

    def other(source):
        compiled = found(source)
        kept = [one for one in compiled.findings if not one.code.startswith((SHARE, NUMBERING))]
        new = Problem("rank.new", "error", "另有一处。", ((4, 8),), {"n": 1})
        object.__setattr__(compiled, "findings", (*kept, new))
        return compiled

    monkeypatch.setattr(readings, "compile_source", other)
    office = sign_in("office")
    answer = office.post(f"/documents/{document.key}/recheck/", follow=True).content.decode()
    assert "新发现 1 条，2 条不再出现" in answer
    share = finding(document, SHARE)
    assert (share.standing, share.stage, share.correction) == (False, "accepted", "42.9%")
    assert "已不再出现" in answer and "另有一处" in answer
    monkeypatch.undo()
    office.post(f"/documents/{document.key}/recheck/")
    assert finding(document, SHARE).standing and not finding(document, "rank.new").standing
    assert verify().breaks == ()


def test_of_two_checking_anew_at_once_the_second_is_told(city, at, monkeypatch):
    document = faulty(city, at)
    found, by = readings.compile_source, city.people["office"]

    def slow(source):
        monkeypatch.undo()
        actions.recheck_document(document=document.key, by=by, at=at)
        return found(source)

    monkeypatch.setattr(readings, "compile_source", slow)
    with pytest.raises(Conflict, match="刚才有人重新检查过"):
        actions.recheck_document(document=document.key, by=by, at=at)
    assert Compilation.objects.filter(document=document.key).count() == 2


def test_a_page_number_past_the_end_is_the_last_page(city, at, sign_in):
    document = _many(city, at)
    office = sign_in("office")
    last = office.get(f"/documents/{document.key}/findings/?page=2").content.decode()
    beyond = office.get(f"/documents/{document.key}/findings/?page=999").content.decode()
    assert beyond.count('<blockquote class="passage"') == last.count('<blockquote class="passage"')
    assert beyond.count('<blockquote class="passage"') > 0


def test_places_are_looked_up_for_the_findings_shown(city, at, sign_in, monkeypatch):
    document, asked = _many(city, at), []
    found = rules.passages_of
    monkeypatch.setattr(rules, "passages_of", lambda *a: asked.append(a) or found(*a))
    check = check_of(viewer_of(city.accounts["office"]), document.key, Moment(at))
    assert len(check.rows) > 60 and not asked
    assert sign_in("office").get(f"/documents/{document.key}/findings/").status_code == 200
    assert len(asked) == 60


def test_a_new_version_shows_what_was_decided_in_the_old_one_and_the_other_way(city, at, sign_in):
    old = faulty(city, at)
    dismissed(city, old, at, SHARE, "口径不同")
    new = faulty(city, at, FAULTY.replace("年均增长12.4%", "年均增长9.2%"), "新版.txt")
    office = sign_in("office")
    later = office.get(f"/documents/{new.key}/findings/").content.decode()
    assert "旧版本" in later and "口径不同" in later
    assert finding(new, SHARE).stage == "undecided"
    earlier = office.get(f"/documents/{old.key}/findings/").content.decode()
    assert "又导入了新版本" in earlier and "口径不同" in earlier and "31 ÷ 20" in earlier


def test_a_past_day_shows_the_decisions_of_then_read_only(city, at, sign_in):
    document = faulty(city, at)
    accepted(city, document, at + timedelta(days=2), SHARE)
    viewer = viewer_of(city.accounts["office"])
    then = Moment(at, Finding.objects.filter(document=document)[0].act_id)
    assert tally_of(check_of(viewer, document.key, then).rows).decided == 0
    assert tally_of(check_of(viewer, document.key, Moment(at)).rows).decided == 1
    office = sign_in("office")
    office.post("/as-of/", {"day": "2026-03-03"})
    page = office.get(f"/documents/{document.key}/findings/").content.decode()
    assert "应改为" not in page.split("check-main")[1] and "12 ÷ 28" in page
    state = finding(document, GROWTH)
    address = f"/documents/{document.key}/findings/{state.finding_id}/accept/"
    assert office.post(address, {"seen": state.since_id}).status_code == 409


def test_hostile_text_is_shown_never_run(city, at, sign_in):
    document = faulty(city, at, HOSTILE)
    office = sign_in("office")
    key = accepted(city, document, at, GROWTH, "<script>alert(3)</script>")
    other = dismissed(city, document, at, NUMBERING, "<img src=x onerror=alert(4)>")
    office.post(f"/documents/{document.key}/correction/open/")
    pages = ["", "?export=", f"{key}/", f"{other}/"]
    for page in [f"findings/{p}" for p in pages] + ["", "?tab=findings", "correction/"]:
        text = office.get(f"/documents/{document.key}/{page}").content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text


def queries_for(client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_one_finding_and_many_take_the_same_queries(city, at, sign_in):
    office, few, many = sign_in("office"), faulty(city, at), _many(city, at)
    assert len(keys_of(many)) > 60
    for document in (few, many):
        for code in (SHARE, GROWTH):
            accepted(city, document, at, code)
    office.get(f"/documents/{few.key}/findings/")
    addresses = ("findings/", "findings/?page=2", "", "?tab=findings")
    for address in addresses:
        counts = [queries_for(office, f"/documents/{d.key}/{address}") for d in (few, many)]
        assert counts[0] == counts[1], address
    page = office.get(f"/documents/{many.key}/findings/?page=2").content.decode()
    assert 'aria-current="page">2</a>' in page and page.count("<article") < 61


def _many(city, at):
    """A document with many wrong shares."""
    lines = "".join(
        f"{n}.办好第{n}件事。全区有点位{n + 40}个，其中已建成{n}个，占比99.5%。\n"
        for n in range(1, 90)
    )
    text = FAULTY.replace("三、保障措施", f"（三）其他事项\n{lines}三、保障措施")
    return faulty(city, at, text.replace("特色产业提升方案", "多项任务方案"), "多.txt")


def test_the_room_shows_findings_beside_cards_and_sentences(city, at, sign_in):
    document = faulty(city, at)
    office = sign_in("office")
    page = office.get(f"/documents/{document.key}/").content.decode()
    assert "▲ 文件检查 1" in page and "早于成文日期" in page
    start = FAULTY.index("占比46.8%")
    found = office.get(f"/sentence/{document.sha256}/{start}/{start + 7}/").content.decode()
    assert "12 ÷ 28 = 42.9%" in found
    dismissed(city, document, at, SHARE, "口径不同")
    found = office.get(f"/sentence/{document.sha256}/{start}/{start + 7}/").content.decode()
    assert "12 ÷ 28 = 42.9%" not in found


def test_undecided_errors_of_a_document_under_review_wait_for_the_office(city, at):
    document = faulty(city, at)
    office = viewer_of(city.accounts["office"])
    duties = [d for d in duties_of(office, Moment(at)) if "文件检查" in d.what]
    assert [d.what[-8:] for d in duties] == ["2 处错误待处理"]
    assert duties[0].address.endswith("?state=undecided&severity=error")
    dismissed(city, document, at, SHARE, "口径不同")
    dismissed(city, document, at, GROWTH, "口径不同")
    assert not [d for d in duties_of(office, Moment(at)) if "文件检查" in d.what]
    clerk = viewer_of(city.accounts["clerk"])
    assert not [d for d in duties_of(clerk, Moment(at)) if "文件检查" in d.what]


def test_a_document_without_contradictions_says_so(city, at, sign_in):
    document = faulty(city, at, "关于放假的通知\n\n各单位：\n五一放假。\n", "通知.txt")
    FindingState.objects.all().delete()
    page = sign_in("office").get(f"/documents/{document.key}/findings/").content.decode()
    said = "没有发现算术或文字上的矛盾" in page
    assert said or "还没有逐条保存检查结果" in page
