"""What people do in assessment. One action is one intention and one act."""

from .appraisal_papers import (
    draft_appraisal_paper,
)
from .counting import (
    accept_counts,
    count_extras,
)
from .evaluation_papers import (
    decide_adjustment,
    freeze_evaluation_report,
    link_adjustment,
    open_evaluation_report,
    propose_adjustment,
    publish_evaluation,
)
from .evaluations import (
    conclude_evaluation,
    judge_evaluation,
    move_evaluation,
    open_evaluation,
    record_opinion,
    say_self_evaluation,
)
from .externals import (
    ImportedResults,
    import_externals,
)
from .grading_files import (
    bring_grading_file,
    take_grading_file,
)
from .grading_notices import (
    begin_grading_notice,
    decide_grading,
    draft_grading_bulletin,
    draft_grading_notice,
    publish_grading,
    recall_grading_notice,
)
from .grading_objections import (
    answer_grading_objection,
    object_to_grade,
)
from .gradings import (
    note_firm,
    open_grading,
    run_grading,
)
from .objections import (
    correct_figure,
    raise_objection,
    reject_objection,
    settle_objections,
    uphold_objection,
    withdraw_objection,
)
from .opening import (
    freeze_scheme,
    open_appraisal,
    set_member,
)
from .procedures import (
    begin_review,
    begin_verification,
    decide_appraisal,
    open_self_reports,
    publish_appraisal,
    show_result,
    take_first_result,
    verify_again,
)
from .reminding import (
    remind_of_appraisals,
)
from .rewards import (
    record_rewards,
)
from .running import (
    run_appraisal,
)
from .self_reports import (
    attach_figure_evidence,
    pass_self_report,
    return_self_report,
    save_self_report,
    submit_self_report,
)
from .terms import (
    change_term,
    open_term,
)
from .trials import (
    KIND,
    ask_for_trial,
    keep_trial,
)
from .verifying import (
    accept_figures,
    return_figures,
)

__all__ = [
    "KIND",
    "ImportedResults",
    "accept_counts",
    "accept_figures",
    "answer_grading_objection",
    "ask_for_trial",
    "attach_figure_evidence",
    "begin_grading_notice",
    "begin_review",
    "begin_verification",
    "bring_grading_file",
    "change_term",
    "conclude_evaluation",
    "correct_figure",
    "count_extras",
    "decide_adjustment",
    "decide_appraisal",
    "decide_grading",
    "draft_appraisal_paper",
    "draft_grading_bulletin",
    "draft_grading_notice",
    "freeze_evaluation_report",
    "freeze_scheme",
    "import_externals",
    "judge_evaluation",
    "keep_trial",
    "link_adjustment",
    "move_evaluation",
    "note_firm",
    "object_to_grade",
    "open_appraisal",
    "open_evaluation",
    "open_evaluation_report",
    "open_grading",
    "open_self_reports",
    "open_term",
    "pass_self_report",
    "propose_adjustment",
    "publish_appraisal",
    "publish_evaluation",
    "publish_grading",
    "raise_objection",
    "recall_grading_notice",
    "record_opinion",
    "record_rewards",
    "reject_objection",
    "remind_of_appraisals",
    "return_figures",
    "return_self_report",
    "run_appraisal",
    "run_grading",
    "save_self_report",
    "say_self_evaluation",
    "set_member",
    "settle_objections",
    "show_result",
    "submit_self_report",
    "take_first_result",
    "take_grading_file",
    "uphold_objection",
    "verify_again",
    "withdraw_objection",
]
