"""Importing: a file becomes a document with cards, or a sentence and nothing else."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from factories.pdfs import locked_pdf
from factories.reading import PLAN, imported, quiet
from factories.words import docx, p
from luodi.audit.models import Act
from luodi.common.refusals import Conflict, Refusal
from luodi.documents.models import StoredFile
from luodi.documents.rules import path_of
from luodi.jobs.actions import Cancelled, cancel_work
from luodi.jobs.choices import JobState
from luodi.jobs.models import InboxMessage, Job
from luodi.jobs.tasks import run_job
from luodi.reading.actions import ask_to_import, import_document
from luodi.reading.forms import ImportForm
from luodi.reading.models import Compilation, Document, DocumentState, ReviewCard

BOMB = zipfile.ZIP_DEFLATED

pytestmark = pytest.mark.usefixtures("own_data")


def work_off() -> None:
    """Run what waits in the queue, as the worker would."""
    for job in Job.objects.filter(state=JobState.WAITING):
        run_job(job.key)


def spooled() -> list:
    folder = settings.DATA_DIR / "spool"
    return list(folder.iterdir()) if folder.exists() else []


def bomb() -> bytes:
    """A Word file whose text part unpacks to 80 MB."""
    out = io.BytesIO(docx(p("示例")))
    with zipfile.ZipFile(out, "a", BOMB) as archive:
        archive.writestr("word/more.xml", b"0" * (80 * 1024 * 1024))
    return out.getvalue()


def test_an_import_keeps_file_text_compilation_and_cards(city, at):
    document = imported(city, at)
    state = DocumentState.objects.get(document=document)
    assert (state.title, state.number) == ("示例市小微园区提升工作方案", "示政办〔2026〕7号")
    assert (state.issuer, state.issued_on) == ("示例市人民政府办公室", "2026-02-06")
    assert path_of(document.sha256).read_bytes() == PLAN.encode()
    compilation = Compilation.objects.get(document=document)
    assert compilation.text == PLAN
    assert compilation.engine.startswith("luodi ")
    kinds = list(ReviewCard.objects.filter(document=document).values_list("kind", flat=True))
    assert {k: kinds.count(k) for k in kinds} == {
        "measure": 4, "indicator": 2, "organ": 1, "system": 1,
    }  # fmt: skip


def test_a_name_no_unit_bears_is_a_doubt_and_a_missing_deadline_is_none(city, at):
    cards = ReviewCard.objects.filter(document=imported(city, at), kind="measure")
    assert [card.certain for card in cards] == [True, True, False, True]
    assert cards[2].doubts == [{"code": "unknown_unit", "name": "市仓储协会"}]


def test_the_page_queues_a_job_that_opens_the_room(
    city, sign_in, django_capture_on_commit_callbacks
):
    office = sign_in("office")
    file = SimpleUploadedFile("方案.txt", PLAN.encode())
    with django_capture_on_commit_callbacks():
        answer = office.post("/documents/import/", {"file": file})
    work_off()
    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.key}/"
    assert (job.state, job.percent) == ("done", 100)
    assert job.address == f"/documents/{Document.objects.get().key}/"
    assert office.get(job.address).status_code == 200
    assert InboxMessage.objects.get().address == job.address
    assert spooled() == []


def test_pasted_text_is_imported_under_its_first_sentence(
    city, sign_in, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks():
        sign_in("office").post("/documents/import/", {"text": PLAN})
    work_off()
    assert StoredFile.objects.get().name == "示例市人民政府办公室文件.txt"
    assert Compilation.objects.get().text.strip() == PLAN.replace("\r\n", "\n").strip()


def test_the_same_bytes_lead_to_the_room_there_is(city, at, sign_in):
    document = imported(city, at)
    file = SimpleUploadedFile("别名.txt", PLAN.encode())
    answer = sign_in("office").post("/documents/import/", {"file": file}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/documents/{document.key}/"
    assert "已经导入过" in answer.content.decode()
    with pytest.raises(Conflict, match="已经导入过"):
        imported(city, at, name="别名.txt")
    assert Document.objects.count() == 1 and Job.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("空.txt", b"   \n", "里面没有文字"),
        ("程序.txt", bytes(range(256)) * 40, "不是文本"),
        ("乱码.txt", "示例".encode("gb18030") * 3 + b"\xff\xff\x81" * 40, "编码|不是文本"),
        ("锁.pdf", locked_pdf(), "设有密码"),
        ("炸弹.docx", bomb(), "异常巨大"),
        ("件.txt", ("机密★10年\n" + PLAN).encode(), "密级"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不认识这种文件"),
    ],
)
def test_a_refused_file_says_the_readers_sentence_and_leaves_nothing(
    city, at, name, data, sentence, django_capture_on_commit_callbacks
):
    acts, by = Act.objects.count(), city.people["office"]
    with django_capture_on_commit_callbacks():
        ask_to_import(
            name=name, data=data, city=city.key, unit=city.units["市商务局"], by=by, at=at
        )
    work_off()
    job = Job.objects.get()
    assert job.state == "failed"
    assert any(part in job.message for part in sentence.split("|")), job.message
    assert Act.objects.count() == acts
    assert not StoredFile.objects.exists() and not ReviewCard.objects.exists()
    assert spooled() == []


def test_an_empty_upload_is_told_at_once(city, sign_in):
    file = SimpleUploadedFile("空.txt", b"")
    answer = sign_in("office").post("/documents/import/", {"file": file})
    assert answer.status_code == 422
    assert "文件是空的" in answer.content.decode()


def test_200_megabytes_are_refused_by_their_size_unread(city):
    class Huge(SimpleUploadedFile):
        def read(self, *args: object) -> bytes:
            raise AssertionError("read into memory")

    file = Huge("大.pdf", b"x")
    file.size = 200 * 1024 * 1024
    form = ImportForm({}, {"file": file})
    assert not form.is_valid()
    assert "200 MB" in form.errors["file"][0] and "50 MB" in form.errors["file"][0]


def test_nothing_chosen_and_both_chosen_are_told(city, sign_in):
    office = sign_in("office")
    assert "请选择一个文件" in office.post("/documents/import/", {}).content.decode()
    both = {"text": "正文", "file": SimpleUploadedFile("a.txt", b"a")}
    assert "只能选一种" in office.post("/documents/import/", both).content.decode()


def test_a_plan_without_measures_says_so_and_opens(city, at, sign_in):
    document = imported(
        city, at, "关于春节放假的通知\n\n各单位：\n现将放假安排通知如下，请遵照执行。\n"
    )
    page = sign_in("office").get(f"/documents/{document.key}/").content.decode()
    assert "没有从这份文件里读出举措" in page
    assert "放假安排" in page


def test_a_cancelled_import_writes_nothing(city, at):
    def stop(done: int, total: int, message: str) -> None:
        if done == 2:
            raise Cancelled

    acts = Act.objects.count()
    with pytest.raises(Cancelled):
        import_document(
            name="a.txt", data=PLAN.encode(), city=city.key, unit="", progress=stop, by="x", at=at
        )
    assert Act.objects.count() == acts


def test_a_job_stopped_before_it_starts_never_reads(city, at):
    by = city.people["office"]
    job = ask_to_import(name="a.txt", data=PLAN.encode(), city=city.key, unit="", by=by, at=at)
    cancel_work(key=job.key, by=by, at=at)
    assert not Document.objects.exists()
    late = datetime(2030, 1, 1, tzinfo=UTC)
    ask_to_import(name="b.txt", data=b"b" * 9, city=city.key, unit="", by=by, at=late)
    assert len(spooled()) == 1, "what nobody fetched is thrown away"


def test_a_word_file_with_an_unknown_suffix_is_kept_under_what_it_is(city, at):
    data = docx(p("关于开展检查的通知") + p("请各单位认真准备。"))
    import_document(
        name="通知.wps1", data=data, city=city.key, unit="", progress=quiet, by="x", at=at
    )
    assert StoredFile.objects.get().name == "通知.wps1.docx"


def test_the_spool_being_gone_is_told(city, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        ask_to_import(name="a.txt", data=b"abc", city=city.key, unit="", by="x", at=at)
    for path in spooled():
        path.unlink()
    work_off()
    assert "请重新导入" in Job.objects.get().message


def test_nobody_but_the_office_imports(city, sign_in):
    for role in ("clerk", "zone_staff", "leading_group", "auditor"):
        assert sign_in(role).get("/documents/import/").status_code == 403


def test_refusals_are_refusals(city, at):
    with pytest.raises(Refusal):
        imported(city, at, "")
