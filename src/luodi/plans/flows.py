"""The way of a monthly report: through its unit, to the lead unit or the office, and back.

A step that nobody in the unit can take is passed over, so several moves lead on from one stage;
`rules.reporting.next_stage` names the one that applies and says what was passed over.
"""

from __future__ import annotations

from luodi.kit.flows import Flow, Move, Need, State
from luodi.orgs.choices import Role

from .choices import ReportStage as Stage

CLERKS = (Role.CLERK, Role.ZONE_STAFF)
HEADS = (Role.SECTION_HEAD,)
LEADERS = (Role.LEADER_IN_CHARGE,)
CONSOLIDATORS = (*CLERKS, *HEADS)

WORDS = Need("words", "进展文字或无新进展的理由", "progress in words, or a reason for nothing new")
REASON = Need("reason", "退回理由", "a reason")

TOWARDS = {
    Stage.AT_SECTION_HEAD: "section_head",
    Stage.AT_LEADER: "leader",
    Stage.AT_LEAD_UNIT: "lead_unit",
    Stage.AT_OFFICE: "office",
}


def _onward(name: str, sources: list, targets: list, roles: tuple, needs: tuple, words: tuple):
    """One move for each stage that may come next: `submit_to_leader`, `pass_to_office` …"""
    return [
        Move(f"{name}_to_{TOWARDS[t]}", sources, t, roles, needs, words[0], words[1])
        for t in targets
    ]


REPORT = Flow(
    "report",
    [
        State(Stage.ASKED, "待填报", "To be filled in"),
        State(Stage.AT_SECTION_HEAD, "待科长审核", "With the section head"),
        State(Stage.AT_LEADER, "待分管领导审签", "With the leader in charge"),
        State(Stage.AT_LEAD_UNIT, "待牵头单位汇总", "With the lead unit"),
        State(Stage.AT_OFFICE, "待专班办公室审核", "With the office"),
        State(Stage.RETURNED, "已退回", "Returned"),
        State(Stage.ACCEPTED, "已采用", "Accepted", final=True),
    ],
    Stage.ASKED,
    [
        *_onward(
            "submit", [Stage.ASKED, Stage.RETURNED], list(TOWARDS), CLERKS, (WORDS,),
            ("提交", "Submit"),
        ),
        *_onward(
            "pass", [Stage.AT_SECTION_HEAD],
            [Stage.AT_LEADER, Stage.AT_LEAD_UNIT, Stage.AT_OFFICE], HEADS, (),
            ("审核通过", "Pass on"),
        ),
        *_onward(
            "sign", [Stage.AT_LEADER], [Stage.AT_LEAD_UNIT, Stage.AT_OFFICE], LEADERS, (),
            ("审签报出", "Sign off"),
        ),
        Move("recall", [Stage.AT_SECTION_HEAD, Stage.AT_LEADER], Stage.RETURNED, CLERKS, (),
             "撤回修改", "Take back"),
        Move("return_by_head", [Stage.AT_SECTION_HEAD], Stage.RETURNED, HEADS, (REASON,),
             "退回经办人", "Return to the clerk"),
        Move("return_by_leader", [Stage.AT_LEADER], Stage.RETURNED, LEADERS, (REASON,),
             "退回经办人", "Return to the clerk"),
        Move("return_part", [Stage.AT_LEAD_UNIT], Stage.RETURNED, CONSOLIDATORS, (REASON,),
             "退回责任单位", "Return to the unit"),
        Move("carry", [Stage.AT_LEAD_UNIT], Stage.AT_OFFICE, (), (),
             "随汇总报告报出", "Handed in with the lead's report"),
        Move("bring_back", [Stage.AT_OFFICE], Stage.AT_LEAD_UNIT, (), (),
             "随汇总报告退回牵头单位", "Back to the lead unit with its report"),
        Move("accept", [Stage.AT_OFFICE], Stage.ACCEPTED, (Role.OFFICE,), (),
             "采用", "Accept"),
        Move("return_by_office", [Stage.AT_OFFICE], Stage.RETURNED, (Role.OFFICE,), (REASON,),
             "退回", "Return"),
    ],
    zh="月报",
    en="Monthly report",
)  # fmt: skip
