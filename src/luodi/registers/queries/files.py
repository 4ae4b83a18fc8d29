"""The files beside an entry: whoever may see the entry may open them, for as long as that holds."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.models import Attachment, StoredFile
from luodi.orgs.rules import Viewer

from .entries import entries_of


def files_beside(entry: str, viewer: Viewer, moment: Moment) -> list[StoredFile]:
    """The files of an entry that the caller has scoped, oldest first; an enterprise gets those
    alone that an enterprise gave."""
    rows = Attachment.objects.at(moment).filter(subject=subject_key("register_entry", entry))
    if viewer.enterprise:
        rows = rows.exclude(file__enterprise="")
    files = [row.file for row in rows.select_related("file").order_by("act", "pk")]
    return list({file.key: file for file in files}.values())


def entry_file(key: str, file: str, viewer: Viewer, moment: Moment) -> StoredFile:
    """A file of an entry within the viewer's scope, or `NotFound`."""
    if entries_of(viewer, moment).filter(entry=key).exists():
        for one in files_beside(key, viewer, moment):
            if one.key == file:
                return one
    raise NotFound(_("没有这个文件，或者它不在您的范围内。"))
