"""The demo's policy: a text written for it, read, ruled, matched and paid; every fact generated."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from luodi.common.moments import Moment
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.policy.actions import (
    Given,
    apply_for_policy,
    check_rule,
    enter_rule,
    hand_in_papers,
    match_firms,
    move_claim,
    note_on_claim,
    record_fact,
    revise_article,
    state_fact,
)
from luodi.policy.models import Article, Policy, PolicyClaim, PolicyClaimState
from luodi.policy.queries import article_for, catalogue, policies_for, proposed_lines
from luodi.reading.actions import accept_certain, adopt_document, decide_card, import_document
from luodi.reading.choices import Verdict
from luodi.reading.models import ReviewCard

from .calendar import Event, china
from .figures import ACCOUNT
from .people import Cast

NOTE = "【演示】生成的数据，不是真实企业。"
FIRMS = 30
BAD = 8
"""The number of the firm with a serious breach of credit: its claim stays where it is."""
PAPERS = ("补助申请表", "上年度审计报告", "研发费用辅助账")


def policy_events(cast: Cast, now: datetime) -> list[Event]:
    """Adopted in March, ruled within the week; facts in April, claims from then on."""
    play = _Play(cast)
    return [
        Event(china(date(2026, 3, 5), 9), play.adopt),
        Event(china(date(2026, 3, 9), 15), play.rule),
        Event(china(date(2026, 4, 8), 10), play.record),
        Event(china(date(2026, 4, 16), 10), play.begin),
        Event(china(date(2026, 4, 29), 10), play.pay),
        Event(now - timedelta(days=4), play.go_on),
    ]


class _Play:
    """What becomes of the demo's policy; keys by the number of the article."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.articles: list[str] = []
        self.firms: list[str] = []

    def _by(self, who: str, at: datetime) -> dict[str, Any]:
        return {"by": self.cast.people[who], "at": at}

    def adopt(self, at: datetime) -> None:
        """The office imports the text, accepts what was read, adopts it."""
        office = self._by("office", at)
        document = import_document(
            name="支持演示企业发展若干措施（演示文本）.txt",
            data=(files("luodi.cli.demo") / "policy.txt").read_bytes(),
            city=self.cast.city,
            progress=lambda done, total, message: None,
            **office,
        )
        accept_certain(document=document.key, **office)
        for card in ReviewCard.objects.filter(document=document, verdict=Verdict.UNDECIDED):
            decide_card(
                document=document.key,
                card=card.pk,
                version=card.version,
                verdict=Verdict.ACCEPTED,
                **office,
            )
        adopt_document(document=document.key, **office)
        policy = Policy.objects.get(document=document.key)
        found = Article.objects.filter(policy=policy).order_by("order")
        self.articles = list(found.values_list("key", flat=True))

    def rule(self, at: datetime) -> None:
        """What the sentences suggest is entered by the office and checked by a bureau or zone.

        The fourth article's conditions wait for their second pair of eyes.
        """
        moment = Moment(at)
        viewer = viewer_of_person(self.cast.people["office"])
        known = catalogue(self.cast.city, moment)
        for number, key in enumerate(self.articles):
            row = article_for(viewer, key, moment)
            entered = enter_rule(
                article=key,
                lines=proposed_lines(row, known),
                from_on=date(2026, 3, 10),
                **self._by("office", at),
            )
            who = "zone" if row.office == self.cast.units["开发区管委会"] else "gongxin"
            if number != 3:
                check_rule(article=key, seen=entered.since_id, **self._by(who, at))
        row = article_for(viewer, self.articles[0], moment)
        revise_article(
            article=row.key,
            terms={"budget": "200万元"},
            why=NOTE,
            seen=row.since,
            **self._by("office", at),
        )

    def record(self, at: datetime) -> None:
        """Facts of the first firms, as their zone saw them; some are left unknown."""
        rows = EnterpriseState.objects.open().filter(
            city=self.cast.city, name__startswith="演示企业"
        )
        self.firms = list(rows.order_by("name").values_list("of", flat=True)[:FIRMS])
        for number, firm in enumerate(self.firms, start=1):
            said = {
                "revenue": f"{900 + number * 173 % 4100}万元",
                "employees": str(40 + number * 37 % 160),
                "newly_above_scale": "是" if number % 4 == 0 else "否",
                "rd_share": f"{1 + number % 5}.{number % 10}",
            }
            if number % 3 == 1:
                said["certificates"] = "高新技术企业" if number % 2 else "专精特新中小企业"
            if number == BAD:
                said["bad_credit"] = "是"
            elif number % 5:
                said["bad_credit"] = "否"
            for fact, value in list(said.items())[number % 4 == 3 :]:
                record_fact(
                    enterprise=firm,
                    fact=fact,
                    value=value,
                    on=date(2025, 12, 31),
                    why=NOTE,
                    **self._by("office", at),
                )

    def begin(self, at: datetime) -> None:
        """The bureau lists who fits the first article; firms confirm as the office hears it."""
        match_firms(article=self.articles[0], **self._by("gongxin", at))
        listed = PolicyClaim.objects.filter(article=self.articles[0]).order_by("serial")
        for claim in listed.exclude(enterprise=self.firms[BAD - 1])[:3]:
            self._move(claim.key, "check", "gongxin", at)
        own = viewer_of_person(self.cast.people[ACCOUNT[0]]).enterprise
        others = [firm for firm in self.firms if firm not in (own, self.firms[BAD - 1])]
        for firm in others[: FIRMS // 2]:
            self._apply(firm, "office", at)
        self._apply(own, ACCOUNT[0], at)

    def _apply(self, firm: str, who: str, at: datetime) -> None:
        """An application of a firm that fits; no other makes one."""
        viewer = viewer_of_person(self.cast.people["office"])
        row = article_for(viewer, self.articles[1], Moment(at))
        rows = policies_for(firm, viewer, Moment(at))
        told = next(one.told for one in rows if one.article.key == row.key)
        if told.state == "fits":
            file = (f"{PAPERS[0]}（演示）.txt", f"{NOTE}：{firm}".encode())
            held = hand_in_papers(
                article=row.key,
                enterprise=firm,
                papers={PAPERS[0]: Given([file])},
                **self._by(who, at),
            )
            apply_for_policy(
                article=row.key,
                enterprise=firm,
                about="",
                amount="26万元",
                materials=PAPERS[1:],
                held=held,
                **self._by(who, at),
            )

    def _move(self, claim: str, move: str, who: str, at: datetime, **said: Any) -> None:
        seen = PolicyClaimState.objects.open().get(claim=claim).since_id
        move_claim(claim=claim, move=move, seen=seen, **said, **self._by(who, at))

    def pay(self, at: datetime) -> None:
        """Applications are checked, decided and shown."""
        claims = PolicyClaim.objects.filter(article=self.articles[1]).order_by("serial")
        for number, claim in enumerate(claims.exclude(enterprise=self.firms[BAD - 1])):
            self._move(claim.key, "check", "gongxin", at)
            if number != 1:
                self._move(claim.key, "decide", "gongxin-head", at, amount="25万元")
                self._move(claim.key, "notice", "gongxin", at)

    def go_on(self, at: datetime) -> None:
        """What was shown is paid; a firm states what nobody has verified."""
        shown = PolicyClaimState.objects.open().filter(stage="noticed").order_by("claim__serial")
        for state in list(shown)[:-1]:
            paid = {"paid_on": Moment(at).today, "voucher": f"演示-{state.claim.serial:04}"}
            self._move(state.claim_id, "disburse", "gongxin", at, **paid)
        for state in PolicyClaimState.objects.open().filter(stage="applied")[:1]:
            note_on_claim(claim=state.claim_id, text=NOTE, **self._by("gongxin", at))
        own = viewer_of_person(self.cast.people[ACCOUNT[0]]).enterprise
        state_fact(
            enterprise=own,
            fact="investment",
            value="620万元",
            on=date(2026, 10, 31),
            **self._by(ACCOUNT[0], at),
        )
