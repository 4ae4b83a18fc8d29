"""Files and photographs that come with a step: restricted, opened from the page they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed
from luodi.common.keys import subject_key
from luodi.common.refusals import Incomplete
from luodi.documents.actions import attach, write_file
from luodi.documents.choices import Access

from ..choices import FilePurpose

Upload = tuple[str, bytes]
MOST_FILES = 9
"""Photographs of one step, as telephones send them."""


def keep_files(
    *,
    deed: Deed,
    subject: str,
    scope: Mapping[str, str],
    evidence: Sequence[Upload],
    purpose: FilePurpose,
) -> None:
    """Keep the files of a step in its deed. Refuses what `documents.rules` refuses, by its name."""
    if len(evidence) > MOST_FILES:
        raise Incomplete(_("一次最多带 %s 个附件，请分几次提交。") % MOST_FILES)
    files = []
    for name, data in evidence:
        file = write_file(deed=deed, name=name, data=data, scope=scope, access=Access.RESTRICTED)
        attach(deed=deed, file=file, subject=subject, purpose=purpose)
        deed.touch(subject_key("file", file.key))
        files.append([file.key, file.name])
    if files:
        deed.payload["files"] = files
