"""What people do with projects and batches; one action is one act."""

from .adopting import adopt_projects
from .agreements import move_agreement, remind_of_milestones, report_result, set_agreement
from .batching import add_to_batch, exclude_entries, make_batch, put_back_entries, revise_batch
from .blocks import draw_block, give_up_block, redraw_block
from .exports import bring_export, name_columns, take_export
from .firms import record_firm
from .funding import correct_funding, record_funding
from .ledgers import bring_ledger, bring_sheet, explain_words, name_ledger_columns, take_ledger
from .merging import merge_project, tell_apart, unmerge_project
from .money import plan_year, report_money
from .moving import move_project
from .opening import open_lead
from .pairing import pair_site, unpair_site
from .permit_clocks import stop_or_start_clock
from .permits import record_permit, track_permits, withdraw_permit
from .problems import decline_problem, raise_problem, reopen_problem, withdraw_problem
from .publishing import Published, publish_rates
from .reminding import remind_of_gates, remind_of_permits
from .resuming import record_resumption
from .reviews import decide_review, fill_seat, give_opinion, open_review
from .revising import revise_project
from .serving import name_member, record_visit, release_member
from .siting import reserve_for_project, say_site_need
from .tags import decide_tag

__all__ = [
    "Published",
    "add_to_batch",
    "adopt_projects",
    "bring_export",
    "bring_ledger",
    "bring_sheet",
    "correct_funding",
    "decide_review",
    "decide_tag",
    "decline_problem",
    "draw_block",
    "exclude_entries",
    "explain_words",
    "fill_seat",
    "give_opinion",
    "give_up_block",
    "make_batch",
    "merge_project",
    "move_agreement",
    "move_project",
    "name_columns",
    "name_ledger_columns",
    "name_member",
    "open_lead",
    "open_review",
    "pair_site",
    "plan_year",
    "publish_rates",
    "put_back_entries",
    "raise_problem",
    "record_firm",
    "record_funding",
    "record_permit",
    "record_resumption",
    "record_visit",
    "redraw_block",
    "release_member",
    "remind_of_gates",
    "remind_of_milestones",
    "remind_of_permits",
    "reopen_problem",
    "report_money",
    "report_result",
    "reserve_for_project",
    "revise_batch",
    "revise_project",
    "say_site_need",
    "set_agreement",
    "stop_or_start_clock",
    "take_export",
    "take_ledger",
    "tell_apart",
    "track_permits",
    "unmerge_project",
    "unpair_site",
    "withdraw_permit",
    "withdraw_problem",
]
