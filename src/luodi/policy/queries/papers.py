"""Papers that the house holds of a firm, those of a claim, and who may open a file of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, NotFound
from luodi.documents.models import StoredFile
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..models import ClaimPaper, FirmPaper


@dataclass(frozen=True)
class HeldPaper:
    """A file the house holds for a paper; `claims` are the numbers it was handed in for."""

    paper: str
    file: str
    name: str
    handed_on: date
    valid_until: date | None
    claims: tuple[str, ...]
    opens: bool


def held_papers(
    enterprise: str, papers: Iterable[str], viewer: Viewer, moment: Moment
) -> dict[str, list[HeldPaper]]:
    """The files still valid for some papers of a firm, by paper, the latest first.

    The caller has seen to it that the viewer may apply for the firm; `opens` says of each whether
    its content is within the viewer's scope as well.
    """
    rows = FirmPaper.objects.at(moment).filter(of=enterprise, paper__in=list(papers))
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=moment.today))
    found = list(rows.select_related("file").order_by("-since", "pk"))
    files = [row.file_id for row in found]
    mine = set(
        visible(FirmPaper.objects.filter(file__in=files), viewer).values_list("file", flat=True)
    )
    numbers: dict[str, list[str]] = defaultdict(list)
    uses = ClaimPaper.objects.at(moment).filter(file__in=files).order_by("act")
    for file, number in uses.values_list("file", "claim__number"):
        numbers[file].append(number)
    shown: dict[str, list[HeldPaper]] = {paper: [] for paper in papers}
    for row in found:
        shown[row.paper].append(
            HeldPaper(
                row.paper, row.file_id, row.file.name, row.handed_on, row.valid_until,
                tuple(numbers[row.file_id]), row.file_id in mine,
            )
        )  # fmt: skip
    return shown


def chosen_papers(
    enterprise: str, asked: Iterable[str], files: Sequence[str], viewer: Viewer, moment: Moment
) -> list[tuple[str, str]]:
    """(paper, file) of the files chosen among those the house holds of a firm for these papers."""
    held = held_papers(enterprise, asked, viewer, moment)
    known = {one.file: one.paper for some in held.values() for one in some}
    if set(files) - known.keys():
        raise Conflict(_("有一件材料已经过期或不是这家企业的，请刷新后重新选择。"))
    return [(known[file], file) for file in dict.fromkeys(files)]


@dataclass(frozen=True)
class PaperShown:
    """A paper of a claim: whether it was given, and its files (key, name)."""

    name: str
    given: bool
    files: tuple[tuple[str, str], ...]


def papers_of(
    claim: str, asked: Iterable[str], given: Iterable[str], moment: Moment
) -> tuple[PaperShown, ...]:
    """The papers of a claim, which the caller has scoped: those asked for, then any others."""
    files: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = ClaimPaper.objects.at(moment).filter(claim=claim).order_by("act", "pk")
    for paper, file, name in rows.values_list("paper", "file", "file__name"):
        files[paper].append((file, name))
    handed = set(given)
    names = dict.fromkeys([*asked, *given, *files])
    return tuple(
        PaperShown(name, name in handed or bool(files[name]), tuple(files[name])) for name in names
    )


def paper_file(key: str, viewer: Viewer, moment: Moment) -> StoredFile:
    """A file of a claim that the viewer may see, or of a firm's papers within the scope."""
    of_claims = visible(ClaimPaper.objects.at(moment).filter(file=key), viewer)
    of_firms = visible(FirmPaper.objects.ever(moment).filter(file=key), viewer)
    if not of_claims.exists() and not of_firms.exists():
        raise NotFound(_("没有这个文件，或者它不在您的范围内。"))
    return StoredFile.objects.get(key=key)
