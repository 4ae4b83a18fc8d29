"""From bytes to a source: the one door to all readers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from luodi.kit.problems import Problem
from luodi.kit.readers.excel import read_xlsx
from luodi.kit.readers.forms import NAMED, SUFFIXES, form_of, suffix_of
from luodi.kit.readers.html import read_html
from luodi.kit.readers.markings import marking_in, marking_in_name
from luodi.kit.readers.ofd import read_ofd
from luodi.kit.readers.pdf import read_pdf
from luodi.kit.readers.recognition import Recogniser, notes_of, read_image, with_scans
from luodi.kit.readers.sentences import Refusal, tell
from luodi.kit.readers.sources import MEGABYTE, Draft, Form, Limits, Source
from luodi.kit.readers.txt import read_txt
from luodi.kit.readers.word import read_docx

READERS: dict[Form, Callable[[bytes, Limits], Draft]] = {
    "txt": read_txt,
    "docx": read_docx,
    "html": read_html,
    "pdf": read_pdf,
    "xlsx": read_xlsx,
    "ofd": read_ofd,
}
USUAL = Limits()


def read(
    name: str, data: bytes, limits: Limits = USUAL, recognise: Recogniser | None = None
) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read a file. Never raises; the same name and bytes always give the same result.

    Returns (source, notes) or (None, one error) with a sentence for the person who brought the
    file. The form goes by the content, the name only breaks ties. Nothing is executed, fetched
    or written. Pictures of text are read by `recognise`, where one is handed in.
    """
    try:
        return _read(name, data, limits, recognise)
    except Refusal as refusal:
        return None, (refusal.problem,)
    except Exception:  # the parsers of other houses raise what they like on broken files
        return None, (Refusal("source.damaged").problem,)


def _read(
    name: str, data: bytes, limits: Limits, recognise: Recogniser | None
) -> tuple[Source, tuple[Problem, ...]]:
    if mark := marking_in_name(name):
        raise Refusal("source.classified", where="文件名", mark=mark)
    _refuse_size(data, limits)
    form = form_of(name, data, limits)
    draft = _draft(data, form, limits, recognise)
    if not draft.text.strip() and not draft.scans:
        raise Refusal("source.empty")
    if marking := marking_in(draft.text, draft.pages, draft.headers):
        where, mark = marking
        raise Refusal("source.classified", where=where, mark=mark)
    source = Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        form=form,
        text=draft.text,
        pages=draft.pages,
        encoding=draft.encoding,
        tables=draft.tables,
        ocr=draft.ocr,
    )
    notes = (*draft.problems, *_left_out(draft, recognise), *notes_of(draft))
    return source, (*_other_form(name, form), *notes)


def _draft(data: bytes, form: Form, limits: Limits, recognise: Recogniser | None) -> Draft:
    if form == "image":
        return read_image(data, limits, recognise)
    draft = READERS[form](data, limits)
    return with_scans(draft, data, form, limits, recognise) if recognise else draft


def _left_out(draft: Draft, recognise: Recogniser | None) -> tuple[Problem, ...]:
    """That pages are pictures nobody has read."""
    blank = [n for n in draft.scans if not draft.text[slice(*draft.pages[n])].strip()]
    if not blank:
        return ()
    if len(blank) == len(draft.pages) and not recognise:
        return (tell("source.scanned", count=len(draft.pages)),)
    pages = "、".join(str(number + 1) for number in blank)
    return (tell("source.unrecognised" if recognise else "source.pages_without_text", pages=pages),)


def _refuse_size(data: bytes, limits: Limits) -> None:
    size = len(data)
    if size == 0:
        raise Refusal("source.empty")
    if size > limits.file_bytes:
        found, limit = (f"{n / MEGABYTE:.1f} MB" for n in (size, limits.file_bytes))
        raise Refusal("source.too_large", found=found, limit=limit)


def _other_form(name: str, form: Form) -> tuple[Problem, ...]:
    suffix = suffix_of(name)
    if SUFFIXES.get(suffix, form) == form:
        return ()
    return (tell("source.form_differs", suffix=suffix, form=NAMED[form]),)
