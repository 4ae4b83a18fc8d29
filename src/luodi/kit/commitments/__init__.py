"""Outline to commitments: measures with units and deadlines, organs, systems, projects."""

from luodi.kit.commitments.headings import Heading, headings_of
from luodi.kit.commitments.measures import Item, Measure, choose, measures_of, tree_of
from luodi.kit.commitments.notes import Note, find_notes, lead_rule, read_note
from luodi.kit.commitments.organs import Member, Organ, organs_of
from luodi.kit.commitments.segments import Segment, segments_of
from luodi.kit.commitments.systems import Project, System, projects_of, systems_of
from luodi.kit.commitments.tables import table_measures
from luodi.kit.commitments.units import Unit

__all__ = [
    "Heading",
    "Item",
    "Measure",
    "Member",
    "Note",
    "Organ",
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
    "projects_of",
    "read_note",
    "segments_of",
    "systems_of",
    "table_measures",
    "tree_of",
]
