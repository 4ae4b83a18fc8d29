"""A document's file as today's reader and compiler take it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.ocr import recogniser
from luodi.common.refusals import Conflict, Mendable
from luodi.documents.queries import content_of
from luodi.kit.compiled import Compiled, compile_source
from luodi.kit.readers import Source, read
from luodi.reading.models import Compilation, Document


@dataclass(frozen=True)
class Again:
    """A document's file read and compiled anew; `since` is the act of the compilation before."""

    source: Source
    compiled: Compiled
    notes: list[str]
    since: int


def read_again(document: Document) -> Again:
    """The file of a document as today's reader and compiler take it.

    Refused where that makes another text: every place in the record would point elsewhere then.
    Takes its time, so it belongs before a transaction; `must_hold` asks inside it whether the
    compilation is still the one that was read.
    """
    last = _last(document)
    source, notes = read(document.file.name, content_of(document.file), recognise=recogniser())
    if source is None:
        raise Mendable(notes[0].message, notes[0].code)
    if source.text != last.text:
        _must_recognise(last)
        raise Mendable(
            _("读取程序更新后，《%(name)s》读出的文字与原来不同，没有重新检查；原有结果不变。")
            % {"name": document.file.name},
            "document.reads_differently",
        )
    said = [note.message for note in notes]
    return Again(source, compile_source(source), said, last.act_id)


def _must_recognise(last: Compilation) -> None:
    """`Refusal` where lines were recognised at the import and no recogniser is here now."""
    if last.content["source"].get("ocr") and recogniser() is None:
        raise Mendable(
            _("这份文件里有识别出来的文字，没有识别组件（pip install luodi[ocr]）就不能重新检查。"),
            "document.needs_ocr",
        )


def must_hold(document: Document, again: Again) -> None:
    """`Conflict` where somebody had the document checked anew meanwhile."""
    if _last(document).act_id != again.since:
        raise Conflict(_("刚才有人重新检查过这份文件，请刷新页面后再看。"), "document.rechecked")


def _last(document: Document) -> Compilation:
    return Compilation.objects.filter(document=document).latest("act")
