"""Papers with their files: kept once for the firm, put with its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed, NotFound
from luodi.documents.actions import write_file
from luodi.documents.choices import Access
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import due_in_city, viewer_of_person

from ..flows import TAKES_PAPERS
from ..models import ArticleState, ClaimPaper, FirmPaper, PolicyClaim
from ..queries.addressed import applicant
from ..queries.holding import HeldClaim, hold_claim
from ..queries.library import article_for
from ..queries.papers import chosen_papers
from ..rules import MOST_FILES, valid_until

HANDED_IN = "policy.paper"
"""What the clock starts with that says how long a paper is offered again."""


@dataclass(frozen=True)
class Given:
    """What is handed in for one paper: files (name, bytes), and the last day written on it."""

    files: Sequence[tuple[str, bytes]]
    until: date | None = None


def hand_in_papers(
    *, article: str, enterprise: str, papers: Mapping[str, Given], by: str, at: datetime
) -> list[str]:
    """Keep files for papers that an article asks for, before an application: by the firm, or by
    the office in charge for it. Returns the keys of the files; one already held is not kept twice.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    row = article_for(viewer, article, moment)
    firm = applicant(viewer, row, enterprise, moment)
    _check(papers, row.materials, moment.today)
    subjects = [subject_key("enterprise", enterprise), subject_key("article", article)]
    scope = {name: getattr(firm, name) for name in ("city", "zone", "unit", "enterprise")}
    with perform("hand_in_policy_papers", by=by, at=at, subjects=subjects, scope=scope) as deed:
        kept = _keep(deed, firm, papers, at)
        deed.payload["files"] = len(kept)
    return [file for _paper, file in kept]


def _check(papers: Mapping[str, Given], asked: Sequence[str], today: date) -> None:
    for paper, given in papers.items():
        if paper not in asked:
            raise NotFound(
                _("这一条不要“%(paper)s”这件材料，请从列表里选择。") % {"paper": paper[:60]}
            )
        if len(given.files) > MOST_FILES:
            raise Incomplete(
                _("“%(paper)s”一次最多交 %(n)d 个文件。") % {"paper": paper, "n": MOST_FILES}
            )
        if given.until is not None and given.until < today:
            raise Incomplete(
                _("“%(paper)s”有效期至 %(day)s，已经过期。")
                % {"paper": paper, "day": given.until.isoformat()}
            )


def _keep(
    deed: Deed, firm: EnterpriseState, papers: Mapping[str, Given], at: datetime
) -> list[tuple[str, str]]:
    """Write the files into a deed; (paper, key of the file) of each, those held already too."""
    moment = Moment(at)
    ends, _working = due_in_city(firm.city, HANDED_IN, at)
    usual = Moment(ends).today if ends else None
    scope = {name: getattr(firm, name) for name in ("city", "zone", "unit", "enterprise")}
    held = {
        (row.paper, row.file.sha256): row.file_id
        for row in FirmPaper.objects.open().filter(of=firm.of_id).select_related("file")
        if row.valid_until is None or row.valid_until >= moment.today
    }
    found = []
    for paper, given in papers.items():
        for name, data in given.files:
            digest = sha256(data).hexdigest()
            if (paper, digest) not in held:
                file = write_file(
                    deed=deed, name=name, data=data, scope=scope, access=Access.RESTRICTED
                )
                deed.touch(subject_key("file", file.key))
                last = valid_until(paper, moment.today, given.until, usual)
                deed.write(
                    FirmPaper(
                        of_id=firm.of_id, paper=paper, file_id=file.key,
                        handed_on=moment.today, valid_until=last, **scope,
                    )
                )  # fmt: skip
                held[paper, digest] = file.key
            found.append((paper, held[paper, digest]))
    return list(dict.fromkeys(found))


def put_with(*, deed: Deed, claim: PolicyClaim, papers: Sequence[tuple[str, str]]) -> None:
    """Put files with a claim in a deed; one that stands there already is left."""
    there = set(ClaimPaper.objects.filter(claim=claim.key).values_list("paper", "file"))
    scope = {name: getattr(claim, name) for name in ("city", "zone", "unit", "enterprise")}
    for paper, file in papers:
        if (paper, file) not in there:
            deed.write(ClaimPaper(claim_id=claim.key, paper=paper, file_id=file, **scope))


def add_claim_papers(
    *,
    claim: str,
    papers: Mapping[str, Given],
    seen: int,
    by: str,
    at: datetime,
    held: Sequence[str] = (),
) -> None:
    """Put more files with the papers of an application: new ones, or `held` ones by their keys.

    The firm does so until the application is checked or while it is returned, its office until
    the sum is decided.
    """
    one = hold_claim(claim, by, seen)
    if not any(one.state.stage in TAKES_PAPERS[role] for role in one.roles & TAKES_PAPERS.keys()):
        if not one.roles:
            raise NotAllowed(_("材料由企业提交，或由主管单位代为录入。"))
        raise Closed(_("这笔申请现在不能再补材料。"))
    asked = ArticleState.objects.open().get(article=one.claim.article_id).materials
    _check(papers, asked, Moment(at).today)
    chosen = chosen_papers(one.state.holder, asked, held, one.viewer, Moment(at))
    if not chosen and not any(given.files for given in papers.values()):
        raise Incomplete(_("请选择要补的文件。"))
    firm = EnterpriseState.objects.open().get(of=one.state.holder)
    with perform(
        "add_policy_papers", by=by, at=at, subjects=[one.subject], scope=one.scope
    ) as deed:
        given = [*_keep(deed, firm, papers, at), *chosen]
        put_with(deed=deed, claim=one.claim, papers=given)
        deed.replace(one.state, materials=_with(one, [paper for paper, _file in given]))


def _with(one: HeldClaim, papers: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*one.state.materials, *papers]))
