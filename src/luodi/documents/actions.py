"""Storing files and setting them beside subjects."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key

from .choices import Access
from .models import Attachment, StoredFile
from .rules import check_marking, check_size, media_type, path_of, safe_name


def keep_bytes(data: bytes) -> str:
    """Put bytes on disk, durably and once; returns their SHA-256. Writing it twice is one file."""
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(digest)
    if target.exists():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    Path(temporary).replace(target)
    return digest


def write_file(
    *,
    deed: Deed,
    name: str,
    data: bytes,
    scope: Mapping[str, str],
    access: Access = Access.INTERNAL,
) -> StoredFile:
    """Keep bytes and write their row into a deed. Refuses what `rules` refuses."""
    check_size(len(data))
    kept = safe_name(name)
    kind = media_type(kept)
    check_marking(kept, data)
    return deed.write(
        StoredFile(
            key=new_key(),
            sha256=keep_bytes(data),
            size=len(data),
            name=kept,
            media_type=kind,
            access=access,
            **scope,
        )
    )


def attach(
    *,
    deed: Deed,
    file: StoredFile,
    subject: str,
    purpose: str = "evidence",
    shared_with: Iterable[str] = (),
) -> None:
    """Set a file beside a subject, in a deed; `shared_with` are further units that may open it."""
    scope = {name: getattr(file, name) for name in ("city", "zone", "unit", "enterprise")}
    for unit in dict.fromkeys((file.unit, *shared_with)):
        row = scope | {"unit": unit}
        deed.write(Attachment(file_id=file.key, subject=subject, purpose=purpose, **row))


def attach_evidence(
    *, subject: str, name: str, data: bytes, scope: Mapping[str, str], by: str, at: datetime
) -> StoredFile:
    """Hand in a file as evidence for a subject."""
    with perform(
        "attach_evidence", by=by, at=at, subjects=[subject], scope=scope, payload={"name": name}
    ) as deed:
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        deed.touch(subject_key("file", file.key))
        attach(deed=deed, file=file, subject=subject)
    return file
