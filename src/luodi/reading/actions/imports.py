"""Importing a document: asked for by a person, done by the worker, written in one act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.ocr import recogniser
from luodi.common.refusals import Conflict, Mendable
from luodi.documents.actions import write_file
from luodi.documents.rules import MEDIA_TYPES, check_size, safe_name
from luodi.jobs.actions import ask_for_work
from luodi.jobs.models import Job
from luodi.kit.compiled import compile_source, to_json
from luodi.kit.problems import Problem
from luodi.kit.readers import Source, read
from luodi.kit.readers.forms import SUFFIXES, picture_suffix
from luodi.reading.choices import DocumentStage
from luodi.reading.models import Compilation, Document, DocumentState, ReviewCard
from luodi.reading.queries import document_with, names_in
from luodi.reading.rules.commitments import drafts_of

from .checking import keep_findings
from .engines import ENGINE

KEPT_FOR = timedelta(days=2)
STEPS = 4
Progress = Callable[[int, int, str], None]


def ask_to_import(*, name: str, data: bytes, city: str, unit: str, by: str, at: datetime) -> Job:
    """Queue the reading of a file. Its bytes wait in the spool, in no record, until they are read.

    Refuses what is empty, too large, or imported already.
    """
    check_size(len(data))
    refuse_twice(sha256=hashlib.sha256(data).hexdigest(), city=city, by=by, at=at)
    kept = safe_name(name)
    return ask_for_work(
        kind="compile",
        title=_("导入《%(name)s》") % {"name": PurePosixPath(kept).stem},
        arguments={"name": kept, "spool": _spool(data, at)},
        city=city,
        unit=unit,
        by=by,
        at=at,
    )


def refuse_twice(*, sha256: str, city: str, by: str, at: datetime) -> None:
    """The same bytes are one document in a city."""
    if document_with(city, sha256):
        raise Conflict(_("这份文件已经导入过，没有再次导入。"), "document.twice")


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "spool"


def _spool(data: bytes, at: datetime) -> str:
    """Bytes laid aside for the worker; what nobody fetched for days is thrown away."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < (at - KEPT_FOR).timestamp():
            old.unlink(missing_ok=True)
    token = new_key()
    (folder / token).write_bytes(data)
    return token


def import_spooled(
    *, name: str, spool: str, city: str, unit: str, progress: Progress, by: str, at: datetime
) -> Document:
    """Read what waits in the spool and import it; whatever comes of it, the spool is emptied."""
    path = _folder() / PurePosixPath(spool).name
    if not path.exists():
        raise Mendable(_("上传的文件已不在暂存处，请重新导入。"), "document.gone")
    try:
        return import_document(
            name=name,
            data=path.read_bytes(),
            city=city,
            unit=unit,
            progress=progress,
            by=by,
            at=at,
        )
    finally:
        path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Read:
    """A file that was read and compiled, not yet written."""

    source: Source
    content: Mapping[str, Any]
    notes: list[str]
    findings: tuple[Problem, ...]

    @property
    def head(self) -> Mapping[str, Any]:
        """What the first document of the source says of itself."""
        documents = self.content["documents"]
        return documents[0] if documents else {}


def import_document(
    *,
    name: str,
    data: bytes,
    city: str,
    progress: Progress,
    by: str,
    at: datetime,
    unit: str = "",
) -> Document:
    """Read, compile and write a document with its cards. Nothing is kept of a refused file.

    The file as handed in stays with `unit` (where one is named) until the document is adopted.

    Raises `Refusal` with the reader's own sentence, `Conflict` where the bytes are known.
    """
    progress(0, STEPS, _("正在读取文字"))
    source, notes = read(name, data, recognise=recogniser())
    if source is None:
        raise Mendable(notes[0].message, notes[0].code)
    progress(1, STEPS, _("正在编译：共 %(n)d 字") % {"n": source.chars})
    compiled = compile_source(source)
    content = to_json(compiled)
    made = Read(source, content, [note.message for note in notes], compiled.findings)
    progress(2, STEPS, _("正在与单位名册核对"))
    number = next((one["number"] for one in content["documents"] if one["number"]), "")
    drafts = drafts_of(content, source.text, names_in(city, Moment(at), number))
    progress(3, STEPS, _("正在写入"))
    refuse_twice(sha256=source.sha256, city=city, by=by, at=at)
    with transaction.atomic():
        document = _write(made, data, city, unit, by, at)
        ReviewCard.objects.bulk_create(
            ReviewCard(
                document_id=document.key,
                city=city,
                order=n,
                kind=draft.kind,
                start=draft.start,
                end=draft.end,
                data=draft.data,
                original=draft.data,
                certain=not draft.doubts,
                doubts=draft.doubts,
            )
            for n, draft in enumerate(drafts)
        )
    return document


def _write(made: Read, data: bytes, city: str, unit: str, by: str, at: datetime) -> Document:
    key, scope, title = new_key(), {"city": city}, _title(made)
    with perform(
        "import_document",
        by=by,
        at=at,
        subjects=[subject_key("document", key)],
        scope=scope,
        payload={"title": title, "sha256": made.source.sha256},
    ) as deed:
        own = scope | {"unit": unit}
        file = write_file(deed=deed, name=_kept_name(made.source, data), data=data, scope=own)
        document = Document(key=key, city=city, file_id=file.key, sha256=made.source.sha256)
        deed.write(document)
        deed.write(_first_state(made, key, title))
        deed.write(
            Compilation(
                document_id=key,
                engine=ENGINE,
                text=made.source.text,
                content=made.content,
                pages=[list(page) for page in made.source.pages],
                notes=made.notes,
            )
        )
        keep_findings(document=document, text=made.source.text, found=made.findings, deed=deed)
    return document


def _first_state(made: Read, key: str, title: str) -> DocumentState:
    head = made.head
    return DocumentState(
        document_id=key,
        stage=DocumentStage.REVIEW,
        title=title,
        number=(head.get("number") or "")[:80],
        issuer=(head.get("issuer") or "")[:120],
        issued_on=(head.get("date") or "")[:10],
    )


def _title(made: Read) -> str:
    return (made.head.get("title") or PurePosixPath(made.source.name).stem)[:300]


def _kept_name(source: Source, data: bytes) -> str:
    """The file's name with a suffix that may be stored: what was read decides."""
    suffix = PurePosixPath(source.name).suffix.lower()
    if suffix in MEDIA_TYPES and SUFFIXES.get(suffix) == source.form:
        return source.name
    ending = picture_suffix(data) if source.form == "image" else f".{source.form}"
    return source.name + ending
