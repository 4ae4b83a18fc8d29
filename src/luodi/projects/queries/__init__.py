"""Reading projects: rows at any moment, roll-ups, board, page, look-alikes, batches."""

from .agreements import (
    AgreementPage,
    AgreementRow,
    AgreementsPage,
    agreement_page,
    agreements,
    agreements_of,
    milestones_at,
    promises_at,
)
from .alike import Warned, odd_amounts, warnings_about
from .answers import PRESSING, leads_waiting, leads_waiting_in
from .assigning import AssigningPage, assigning_page
from .batches import (
    BatchesPage,
    BatchPage,
    EntryRow,
    Rolled,
    batch_page,
    batches,
    candidates,
    find_batch,
    find_batches,
)
from .board import BoardColumn, board
from .brief import project_brief
from .calendars import KINDS, MonthPage, month_page, read_month
from .carrying import CARRIED, CarriedGroup, bound_to, carried_by, carried_groups, rows_to_carry
from .cohorts import Cohort, cohort
from .comparing import Comparison, compare
from .comparing import Fact as CompareFact
from .exports import DryLine, ExportPage, ExportRow, export_page, exports
from .firms import FirmPage, firm_page
from .funding import (
    FundingPage,
    FundingShown,
    FunnelSum,
    SpecialRow,
    entries_now,
    fundings_of,
    funnel,
    institutions_at,
)
from .gates import GateShown, GatesPage, Lag, gates, under_way_before
from .heads import ProjectHead, project_head
from .holding import (
    Holding,
    does_paperwork,
    hold,
    hold_for_permits,
    hold_survivor,
    may_merge,
    roles_in,
)
from .invested import Differing, Invested, InvestedPage, InvestedSum, invested
from .ledger_lines import LedgerLine, LedgerRun
from .ledgers import LedgerPage, LedgerRow, LedgerWordShown, ledger_for, ledger_page, ledgers
from .maps import MEASURES, MapPage, MapPlace, map_page
from .maps import value_of as map_value
from .mentions import Mention, mentions_of
from .merged import MergeShown, merge_of, merged_away, merges_into
from .money import (
    MoneyPage,
    SeriesShown,
    Told,
    before_of,
    doubts_about,
    funds_at,
    may_tell,
    money_page,
)
from .pages import ProjectPage, find_project, project_page
from .pairs import Pair, alike_pair, others_named, pair_in_words, pairs, pairs_with, said_of
from .parks import BlockRow, blocks, park_names, parks
from .pipelines import first_answer, modes_at, pipeline_at, place_of
from .problems import ProblemRow, ProblemsPage, find_problem, problems, problems_page
from .rows import Row, amount_of, projects, rows_of
from .serving import ServicePage, people_to_name, service_page
from .siting import SitingPage, goes_on_as, plot_held, siting_page
from .stated import StatedRate, stated_rates
from .stuck import StuckKind, StuckRow, stuck
from .tags import TagCount, TaggedRow, TagShown, TagsPage, tags_at, tags_of_project, tags_page
from .totals import Total, totals_by

__all__ = [
    "CARRIED",
    "KINDS",
    "MEASURES",
    "PRESSING",
    "AgreementPage",
    "AgreementRow",
    "AgreementsPage",
    "AssigningPage",
    "BatchPage",
    "BatchesPage",
    "BlockRow",
    "BoardColumn",
    "CarriedGroup",
    "Cohort",
    "CompareFact",
    "Comparison",
    "Differing",
    "DryLine",
    "EntryRow",
    "ExportPage",
    "ExportRow",
    "FirmPage",
    "FundingPage",
    "FundingShown",
    "FunnelSum",
    "GateShown",
    "GatesPage",
    "Holding",
    "Invested",
    "InvestedPage",
    "InvestedSum",
    "Lag",
    "LedgerLine",
    "LedgerPage",
    "LedgerRow",
    "LedgerRun",
    "LedgerWordShown",
    "MapPage",
    "MapPlace",
    "Mention",
    "MergeShown",
    "MoneyPage",
    "MonthPage",
    "Pair",
    "ProblemRow",
    "ProblemsPage",
    "ProjectHead",
    "ProjectPage",
    "Rolled",
    "Row",
    "SeriesShown",
    "ServicePage",
    "SitingPage",
    "SpecialRow",
    "StatedRate",
    "StuckKind",
    "StuckRow",
    "TagCount",
    "TagShown",
    "TaggedRow",
    "TagsPage",
    "Told",
    "Total",
    "Warned",
    "agreement_page",
    "agreements",
    "agreements_of",
    "alike_pair",
    "amount_of",
    "assigning_page",
    "batch_page",
    "batches",
    "before_of",
    "blocks",
    "board",
    "bound_to",
    "candidates",
    "carried_by",
    "carried_groups",
    "cohort",
    "compare",
    "does_paperwork",
    "doubts_about",
    "entries_now",
    "export_page",
    "exports",
    "find_batch",
    "find_batches",
    "find_problem",
    "find_project",
    "firm_page",
    "first_answer",
    "fundings_of",
    "funds_at",
    "funnel",
    "gates",
    "goes_on_as",
    "hold",
    "hold_for_permits",
    "hold_survivor",
    "institutions_at",
    "invested",
    "leads_waiting",
    "leads_waiting_in",
    "ledger_for",
    "ledger_page",
    "ledgers",
    "map_page",
    "map_value",
    "may_merge",
    "may_tell",
    "mentions_of",
    "merge_of",
    "merged_away",
    "merges_into",
    "milestones_at",
    "modes_at",
    "money_page",
    "month_page",
    "odd_amounts",
    "others_named",
    "pair_in_words",
    "pairs",
    "pairs_with",
    "park_names",
    "parks",
    "people_to_name",
    "pipeline_at",
    "place_of",
    "plot_held",
    "problems",
    "problems_page",
    "project_brief",
    "project_head",
    "project_page",
    "projects",
    "promises_at",
    "read_month",
    "roles_in",
    "rows_of",
    "rows_to_carry",
    "said_of",
    "service_page",
    "siting_page",
    "stated_rates",
    "stuck",
    "tags_at",
    "tags_of_project",
    "tags_page",
    "totals_by",
    "under_way_before",
    "warnings_about",
]
