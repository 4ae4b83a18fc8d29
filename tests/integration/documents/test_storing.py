"""Stored files: what is kept, under what name, for whom."""

from __future__ import annotations

import pytest

from luodi.audit.queries import verify
from luodi.common.refusals import Refusal
from luodi.documents.actions import attach_evidence, keep_bytes
from luodi.documents.queries import content_of, file_for
from luodi.documents.rules import MOST_BYTES, check_size, path_of, safe_name
from luodi.orgs.queries import viewer_of


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\凭证\\一季度.PDF", "一季度.pdf"),
        ("a\u202egpj.exe.txt", "agpj.exe.txt"),
        ('引"号<b>.docx', "引_号_b_.docx"),
        ("x\x00\r\nSet-Cookie: a.txt", "xSet-Cookie_ a.txt"),
        (".htaccess", "htaccess"),
        ("", "未命名"),
        ("长" * 300 + ".xlsx", "长" * 115 + ".xlsx"),
    ],
)
def test_a_hostile_name_becomes_a_harmless_one(given, kept):
    assert safe_name(given) == kept


def evidence(city, at, name: str, data: bytes):
    return attach_evidence(
        subject="measure:x",
        name=name,
        data=data,
        scope={"city": city.key, "unit": city.units["市工信局"]},
        by=city.people["clerk"],
        at=at,
    )


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.txt", b"", "file.empty"),
        ("程序.exe", b"MZ", "file.kind"),
        ("无名", b"x", "file.kind"),
        ("方案（秘密）.jpg", b"x", "file.classified"),
        ("通知.txt", "机密★1年\n\n关于示例的通知\n".encode(), "file.classified"),
    ],
)
def test_what_may_not_be_kept_is_refused_in_words_and_nothing_is_written(
    city, at, name, data, code
):
    acts = verify().acts
    with pytest.raises(Refusal) as refused:
        evidence(city, at, name, data)
    assert refused.value.code == code
    assert refused.value.sentence.endswith("。")
    assert verify().acts == acts


def test_too_large_is_said_with_both_sizes():
    with pytest.raises(Refusal, match="50 MB"):
        check_size(MOST_BYTES + 1)


def test_the_same_bytes_are_one_file_on_disk(city, at):
    first = evidence(city, at, "一.txt", b"same")
    second = evidence(city, at, "二.txt", b"same")
    assert first.sha256 == second.sha256 == keep_bytes(b"same")
    assert content_of(first) == content_of(second) == b"same"
    assert len(list(path_of(first.sha256).parent.iterdir())) == 1


def test_a_file_is_its_units_and_the_whole_citys_eyes(city, at):
    key = evidence(city, at, "凭证.txt", "示例".encode()).key
    allowed = {"clerk", "section_head", "office", "leading_group"}
    for username in (*allowed, "other_clerk", "zone_staff", "auditor", "system_admin"):
        found = file_for(viewer_of(city.accounts[username]), key)
        assert (found is not None) == (username in allowed), username


def test_a_file_is_handed_out_to_be_saved_never_shown(city, at, sign_in):
    file = evidence(city, at, "页.html", b"<script>alert(1)</script>")
    answer = sign_in("clerk").get(f"/files/{file.key}/{file.name}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sign_in("other_clerk").get(f"/files/{file.key}/{file.name}").status_code == 404
