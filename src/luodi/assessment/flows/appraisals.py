"""The way of an appraisal, of a unit's self-report inside it, of each figure, of an objection."""

from __future__ import annotations

from luodi.kit.flows import Flow, Move, Need, State
from luodi.orgs.choices import Role

OFFICE, LEADING = Role.OFFICE, Role.LEADING_GROUP
CLERKS = (Role.CLERK, Role.ZONE_STAFF)
HEADS, LEADERS = (Role.SECTION_HEAD,), (Role.LEADER_IN_CHARGE,)

REASON = Need("reason", "理由", "a reason")
MEMBERS = Need("members", "被考核单位", "those to be assessed")
RUN = Need("run", "计算结果", "a run")
SETTLED = Need("settled", "各项异议的处理结果", "a decision on each objection")
WAITED = Need("waited", "异议期届满", "the end of the time for objections")
NOTICE = Need("notice", "签发的公示", "a signed notice")
BULLETIN = Need("bulletin", "签发的通报", "a signed bulletin")
FIGURES = Need("figures", "应填的数", "the figures asked for")
EFFECT = Need("effect", "数据单位的核实数", "the word of the datum's office")

APPRAISAL = Flow(
    "appraisal",
    (
        State("draft", "拟定方案", "In preparation"),
        State("self_report", "自评填报", "Self-report"),
        State("verifying", "部门核实", "Being verified"),
        State("first_result", "初步结果", "First result"),
        State("shown", "结果告知", "Shown to those assessed"),
        State("reviewing", "异议复核", "Being reviewed"),
        State("decided", "审定结果", "Decided"),
        State("published", "结果通报", "Published"),
        State("rewarded", "奖惩兑现", "Rewarded", final=True),
    ),
    "draft",
    (
        Move("open_self_reports", ("draft",), "self_report", {OFFICE}, (MEMBERS,),
             "布置自评", "ask for self-reports"),
        Move("begin_verification", ("self_report",), "verifying", {OFFICE}, (),
             "转入核实", "begin verification"),
        Move("take_first_result", ("verifying",), "first_result", {OFFICE}, (RUN,),
             "形成初步结果", "take the first result"),
        Move("verify_again", ("first_result",), "verifying", {OFFICE}, (REASON,),
             "退回核实", "verify again"),
        Move("show_result", ("first_result",), "shown", {OFFICE}, (RUN,),
             "向被考核单位反馈", "show it to those assessed"),
        Move("begin_review", ("shown",), "reviewing", {OFFICE}, (WAITED,),
             "转入复核", "begin the review"),
        Move("decide", ("reviewing",), "decided", {LEADING}, (RUN, SETTLED, NOTICE),
             "审定", "decide"),
        Move("publish", ("decided",), "published", {OFFICE}, (BULLETIN,),
             "通报", "publish"),
        Move("reward", ("published",), "rewarded", {OFFICE}, (),
             "兑现奖惩", "reward"),
    ),
    zh="考核",
    en="Appraisal",
)  # fmt: skip

SELF_REPORT = Flow(
    "self_report",
    (
        State("asked", "待自评", "To be filled in"),
        State("at_section_head", "待科长审核", "With the section head"),
        State("at_leader", "待分管领导审签", "With the leader in charge"),
        State("submitted", "已报出", "Submitted"),
        State("returned", "已退回", "Returned"),
    ),
    "asked",
    (
        *(
            Move(f"submit_to_{to}", ("asked", "returned"), stage, CLERKS, (FIGURES,),
                 "提交", "submit")
            for to, stage in (("section_head", "at_section_head"), ("leader", "at_leader"),
                              ("office", "submitted"))
        ),
        *(
            Move(f"pass_to_{to}", ("at_section_head",), stage, HEADS, (),
                 "审核通过", "pass on")
            for to, stage in (("leader", "at_leader"), ("office", "submitted"))
        ),
        Move("sign_to_office", ("at_leader",), "submitted", LEADERS, (), "审签报出", "sign off"),
        Move("recall", ("at_section_head", "at_leader"), "returned", CLERKS, (),
             "撤回修改", "take back"),
        Move("return_by_head", ("at_section_head",), "returned", HEADS, (REASON,),
             "退回经办人", "return to the clerk"),
        Move("return_by_leader", ("at_leader",), "returned", LEADERS, (REASON,),
             "退回经办人", "return to the clerk"),
        Move("reopen", ("submitted",), "returned", (), (REASON,),
             "数据单位退回", "returned by a datum's office"),
    ),
    zh="自评表",
    en="Self-report",
)  # fmt: skip

OBJECTION = Flow(
    "objection",
    (
        State("raised", "已提出", "Raised"),
        State("upheld", "成立，待更正", "Upheld, to be corrected"),
        State("corrected", "成立，已更正", "Upheld and corrected", final=True),
        State("rejected", "不成立", "Rejected", final=True),
        State("withdrawn", "已撤回", "Withdrawn", final=True),
    ),
    "raised",
    (
        Move("uphold", ("raised",), "upheld", {OFFICE}, (REASON,), "认定成立", "uphold"),
        Move("reject", ("raised",), "rejected", {OFFICE}, (REASON,), "认定不成立", "reject"),
        Move("withdraw", ("raised",), "withdrawn", (*CLERKS, *HEADS, *LEADERS), (),
             "撤回异议", "withdraw"),
        Move("settle", ("upheld",), "corrected", (), (EFFECT,), "完成更正", "correct"),
    ),
    zh="异议",
    en="Objection",
)  # fmt: skip
