"""A document's file as today's reader and compiler take it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.refusals import Refusal
from luodi.documents.queries import content_of
from luodi.kit.compiled import Compiled, compile_source
from luodi.kit.readers import Source, read
from luodi.reading.models import Compilation, Document


@dataclass(frozen=True)
class Again:
    """A document's file read and compiled anew."""

    source: Source
    compiled: Compiled
    notes: list[str]


def read_again(document: Document) -> Again:
    """The file of a document as today's reader and compiler take it.

    Refused where that makes another text: every place in the record would point elsewhere then.
    """
    last = Compilation.objects.filter(document=document).latest("act")
    source, notes = read(document.file.name, content_of(document.file))
    if source is None or source.text != last.text:
        raise Refusal(
            _("读取程序更新后，《%(name)s》读出的文字与原来不同，没有重新检查；原有结果不变。")
            % {"name": document.file.name},
            "document.reads_differently",
        )
    return Again(source, compile_source(source), [note.message for note in notes])
