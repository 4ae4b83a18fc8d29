"""The life of a grading of enterprises, and of an objection to it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from luodi.kit.flows import Flow, Move, Need, State

OFFICE, GROUP = "office", "group"

REASON = Need("reason", _("原因"), "the reason")
RUN = Need("run", _("计算结果"), "a run")
NOTICE = Need("notice", _("已签发的公示文稿"), "the signed notice")
BULLETIN = Need("bulletin", _("已签发的公布文稿"), "the signed bulletin")
OVER = Need("over", _("公示期已满"), "the end of the notice")
ANSWERED = Need("answered", _("异议全部答复"), "an answer to every objection")

GRADING = Flow(
    name="grading",
    zh=_("亩均效益评价"),
    states=(
        State("gathering", _("归集数据"), "Gathering figures"),
        State("noticed", _("公示中"), "On notice"),
        State("decided", _("已审定"), "Decided"),
        State("published", _("已公布"), "Published", final=True),
    ),
    start="gathering",
    moves=(
        Move(
            "begin_notice",
            ("gathering",),
            "noticed",
            {OFFICE},
            (RUN, NOTICE),
            _("开始公示"),
            "begin the notice",
        ),
        Move(
            "recall_notice",
            ("noticed",),
            "gathering",
            {OFFICE},
            (REASON,),
            _("撤回公示"),
            "recall the notice",
        ),
        Move(
            "decide",
            ("noticed",),
            "decided",
            {GROUP},
            (OVER, ANSWERED),
            _("审定"),
            "decide",
        ),
        Move(
            "publish",
            ("decided",),
            "published",
            {OFFICE},
            (BULLETIN,),
            _("公布"),
            "publish",
        ),
    ),
)
"""A grading of a year: figures, runs, notice with its window, decision, publication."""

GRADING_OBJECTION = Flow(
    name="grading_objection",
    zh=_("评价异议"),
    states=(
        State("raised", _("待答复"), "Waiting for an answer"),
        State("upheld", _("异议成立"), "Upheld", final=True),
        State("rejected", _("异议不成立"), "Rejected", final=True),
    ),
    start="raised",
    moves=(
        Move("uphold", ("raised",), "upheld", {OFFICE}, (REASON,), _("异议成立"), "uphold"),
        Move("reject", ("raised",), "rejected", {OFFICE}, (REASON,), _("异议不成立"), "reject"),
    ),
)
"""An objection to a grade: upheld with a corrected figure and a new run, or rejected."""
