"""What was done with a policy, an article or a claim, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.languages import aside, language
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of

from ..flows import FLOWS

SENTENCES = {
    "adopt_document": gettext_lazy("由文件入库编入政策库"),
    "revise_article": gettext_lazy("修改条款要素"),
    "abolish_policy": gettext_lazy("登记有效期或废止"),
    "enter_policy_rule": gettext_lazy("录入条件"),
    "check_policy_rule": gettext_lazy("复核条件"),
    "return_policy_rule": gettext_lazy("退回条件"),
    "announce_policy": gettext_lazy("告知相符企业"),
    "match_firms": gettext_lazy("匹配企业列入免申名单"),
    "add_policy_papers": gettext_lazy("补充材料"),
    "apply_for_policy": gettext_lazy("提交申请"),
    "hand_over_policy_claim": gettext_lazy("转由承继企业继续"),
    "merge_enterprise": gettext_lazy("转由承继企业继续"),
    "note_on_policy_claim": gettext_lazy("填写内部备注"),
    "object_to_policy_claim": gettext_lazy("登记异议"),
    "answer_policy_objection": gettext_lazy("处理异议"),
}


@dataclass(frozen=True)
class Event:
    """One act in words."""

    at: datetime
    who: str
    sentence: str
    why: str


def events_on(kind: str, key: str, moment: Moment) -> list[Event]:
    """What was done with a thing, the oldest first."""
    acts = list(acts_on(subject_key(kind, key), moment))
    people = names_of(act.by for act in acts)
    return [Event(act.at, people.get(act.by, _("系统")), _sentence(act), act.why) for act in acts]


def _sentence(act: Act) -> str:
    if act.verb == "move_policy_claim":
        name, mode = act.payload.get("move", ""), act.payload.get("mode", "")
        flows = [FLOWS[mode]] if mode in FLOWS else FLOWS.values()
        moves = [move for flow in flows for move in flow.moves if move.name == name]
        return capfirst(moves[0].label(language())) if moves else name
    said = str(SENTENCES.get(act.verb, act.verb))
    day = act.payload.get("from_on", "")
    return aside(said, _("自 %(day)s 起") % {"day": day} if day else "")
