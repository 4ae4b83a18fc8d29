"""The schemas of the pack kinds the kit itself gives a meaning to.

Kinds that belong to a module higher up are registered by that module.
"""

from luodi.packs.schemas.agreements import MilestoneRule, PromiseRule
from luodi.packs.schemas.appraisals import AppraisalRule, RewardRule, TermRule
from luodi.packs.schemas.base import UNCONFIRMED, Owner, PackHead, RuleBase
from luodi.packs.schemas.bulletins import (
    BulletinColumn,
    BulletinGroup,
    BulletinRule,
    RatingRule,
)
from luodi.packs.schemas.enterprise_facts import EnterpriseFactRule
from luodi.packs.schemas.evaluations import EvaluationRule
from luodi.packs.schemas.exemptions import ConditionRule, ExemptionRule
from luodi.packs.schemas.facts import FactRule
from luodi.packs.schemas.figures import IndicatorRule
from luodi.packs.schemas.forms import FormRule
from luodi.packs.schemas.gates import GatePart, GateRule, YearListRule
from luodi.packs.schemas.gradings import GradingRule, ZoneOutputRule
from luodi.packs.schemas.ladders import LadderRule
from luodi.packs.schemas.matching import MatchingRateRule
from luodi.packs.schemas.money import FundingRule, FundRule, InstitutionRule, PaceRule
from luodi.packs.schemas.organs import AliasRule, AreaRule, RoleRule, UnitRule
from luodi.packs.schemas.papers import PaperRule
from luodi.packs.schemas.permits import CoverageRule, Limit, PermitRule, ProjectTypeRule
from luodi.packs.schemas.pipeline import ModeRule, PipelineRule
from luodi.packs.schemas.rates import RateRule
from luodi.packs.schemas.registers import RegisterMove, RegisterNeeds, RegisterRule, referred
from luodi.packs.schemas.requests import (
    ConductRule,
    GatheringKindRule,
    RequestCategoryRule,
    RequestChannelRule,
    RequestLevel,
    RequestLimit,
    RequestPolicyRule,
    VisitLimitRule,
)
from luodi.packs.schemas.reviews import CriterionRule, ReviewRule
from luodi.packs.schemas.rhythm import CadenceRule, CalendarRule, ClockRule, LightRule
from luodi.packs.schemas.schemes import SchemeRule
from luodi.packs.schemas.siting import SitingRule
from luodi.packs.schemas.stuck import StuckRule
from luodi.packs.schemas.tags import TagRule

OWN_KINDS: dict[str, type[RuleBase]] = {
    "evaluations": EvaluationRule,
    "aliases": AliasRule,
    "appraisals": AppraisalRule,
    "areas": AreaRule,
    "bulletins": BulletinRule,
    "cadence": CadenceRule,
    "calendars": CalendarRule,
    "clocks": ClockRule,
    "conduct_items": ConductRule,
    "coverages": CoverageRule,
    "enterprise_facts": EnterpriseFactRule,
    "exemption_conditions": ConditionRule,
    "exemptions": ExemptionRule,
    "facts": FactRule,
    "forms": FormRule,
    "funding": FundingRule,
    "funds": FundRule,
    "gates": GateRule,
    "gathering_kinds": GatheringKindRule,
    "gradings": GradingRule,
    "indicators": IndicatorRule,
    "institutions": InstitutionRule,
    "ladders": LadderRule,
    "lights": LightRule,
    "matching_rates": MatchingRateRule,
    "milestones": MilestoneRule,
    "modes": ModeRule,
    "paces": PaceRule,
    "papers": PaperRule,
    "permits": PermitRule,
    "pipeline": PipelineRule,
    "project_types": ProjectTypeRule,
    "promises": PromiseRule,
    "rates": RateRule,
    "ratings": RatingRule,
    "request_categories": RequestCategoryRule,
    "request_channels": RequestChannelRule,
    "request_policies": RequestPolicyRule,
    "registers": RegisterRule,
    "review_criteria": CriterionRule,
    "reviews": ReviewRule,
    "rewards": RewardRule,
    "roles": RoleRule,
    "schemes": SchemeRule,
    "siting": SitingRule,
    "stuck": StuckRule,
    "tags": TagRule,
    "terms": TermRule,
    "units": UnitRule,
    "visit_limits": VisitLimitRule,
    "year_lists": YearListRule,
    "zone_outputs": ZoneOutputRule,
}

__all__ = [
    "OWN_KINDS",
    "UNCONFIRMED",
    "AliasRule",
    "AppraisalRule",
    "AreaRule",
    "BulletinColumn",
    "BulletinGroup",
    "BulletinRule",
    "CadenceRule",
    "CalendarRule",
    "ClockRule",
    "ConditionRule",
    "ConductRule",
    "CoverageRule",
    "CriterionRule",
    "EnterpriseFactRule",
    "EvaluationRule",
    "ExemptionRule",
    "FactRule",
    "FormRule",
    "FundRule",
    "FundingRule",
    "GatePart",
    "GateRule",
    "GatheringKindRule",
    "GradingRule",
    "IndicatorRule",
    "InstitutionRule",
    "LadderRule",
    "LightRule",
    "Limit",
    "MatchingRateRule",
    "MilestoneRule",
    "ModeRule",
    "Owner",
    "PaceRule",
    "PackHead",
    "PaperRule",
    "PermitRule",
    "PipelineRule",
    "ProjectTypeRule",
    "PromiseRule",
    "RateRule",
    "RatingRule",
    "RegisterMove",
    "RegisterNeeds",
    "RegisterRule",
    "RequestCategoryRule",
    "RequestChannelRule",
    "RequestLevel",
    "RequestLimit",
    "RequestPolicyRule",
    "ReviewRule",
    "RewardRule",
    "RoleRule",
    "RuleBase",
    "SchemeRule",
    "SitingRule",
    "StuckRule",
    "TagRule",
    "TermRule",
    "UnitRule",
    "VisitLimitRule",
    "YearListRule",
    "ZoneOutputRule",
    "referred",
]
