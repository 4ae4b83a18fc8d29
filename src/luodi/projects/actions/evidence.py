"""Files that come with an action on a project."""

from __future__ import annotations

from collections.abc import Sequence

from luodi.audit.actions import Deed
from luodi.common.keys import subject_key
from luodi.documents.actions import attach, write_file

from ..queries import Holding

Upload = tuple[str, bytes]


def attach_evidence(
    *, deed: Deed, held: Holding, evidence: Sequence[Upload], also: str = ""
) -> list[list[str]]:
    """Keep the files; the lead unit, the zone and `also` may open them."""
    files = []
    for name, data in evidence:
        file = write_file(deed=deed, name=name, data=data, scope=held.scope)
        sharing = [unit for unit in (held.state.lead, held.state.zone, also) if unit]
        attach(deed=deed, file=file, subject=held.subject, shared_with=sharing)
        deed.touch(subject_key("file", file.key))
        files.append([file.key, file.name])
    return files
