"""Sentences by their key, in their surroundings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.rules import Viewer
from luodi.reading.models import Compilation
from luodi.reading.rules.paragraphs import around, page_at

from .documents import states_for
from .marks import Beside, Finding, findings_beside

SENTENCE = re.compile(r"([0-9a-f]{64}):(\d{1,9}):(\d{1,9})")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document in its surroundings."""

    text: str
    before: str
    after: str
    document: str
    title: str
    number: str
    issuer: str
    issued_on: str
    page: int
    start: int
    end: int
    findings: list[Finding]

    @property
    def address(self) -> str:
        """The sentence in the reading room."""
        return f"{reverse('document', args=[self.document])}?at={self.start}-{self.end}#at"


def sentence(key: str, viewer: Viewer, moment: Moment) -> Sentence:
    """The sentence of a key `sha256:start:end`; `NotFound` outside of the viewer's documents."""
    match = SENTENCE.fullmatch(key)
    state = match and states_for(viewer, moment).filter(document__sha256=match[1]).first()
    if not state:
        raise NotFound(_("没有这句话的出处，或者文件还没有入库。"))
    start, end = int(match[2]), int(match[3])
    compilation = Compilation.objects.filter(document=state.document_id).latest("act")
    if not 0 <= start < end <= len(compilation.text):
        raise NotFound(_("这份文件里没有这个位置。"))
    before, after = around(compilation.text, start, end)
    return Sentence(
        text=compilation.text[start:end],
        before=before,
        after=after,
        document=state.document_id,
        title=state.title,
        number=state.number,
        issuer=state.issuer,
        issued_on=state.issued_on,
        page=page_at(compilation.pages, start),
        start=start,
        end=end,
        findings=Beside(findings_beside(state.document_id, moment)).touching([(start, end)]),
    )
