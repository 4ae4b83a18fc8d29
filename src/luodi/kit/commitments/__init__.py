"""Outline to commitments: measures with units and deadlines, organs, systems, projects."""

from luodi.kit.commitments.choosing import choose
from luodi.kit.commitments.headings import Heading, headings_of
from luodi.kit.commitments.measures import Measure, measures_of
from luodi.kit.commitments.notes import Note, find_notes, read_note
from luodi.kit.commitments.organs import Member, Organ, organs_of
from luodi.kit.commitments.policies import Policy, policies_of
from luodi.kit.commitments.projects import Project, projects_of
from luodi.kit.commitments.rules import LeadRule, lead_rule
from luodi.kit.commitments.segments import Segment, segments_of
from luodi.kit.commitments.systems import System, systems_of
from luodi.kit.commitments.tables import table_measures, task_cells
from luodi.kit.commitments.tree import Item, tree_of
from luodi.kit.commitments.units import Unit

__all__ = [
    "Heading",
    "Item",
    "LeadRule",
    "Measure",
    "Member",
    "Note",
    "Organ",
    "Policy",
    "Project",
    "Segment",
    "System",
    "Unit",
    "choose",
    "find_notes",
    "headings_of",
    "lead_rule",
    "measures_of",
    "organs_of",
    "policies_of",
    "projects_of",
    "read_note",
    "segments_of",
    "systems_of",
    "table_measures",
    "task_cells",
    "tree_of",
]
