"""What is kept of projects and batches."""

from .batches import Batch, BatchEntry, BatchState
from .projects import Project, ProjectState, StageMove

__all__ = ["Batch", "BatchEntry", "BatchState", "Project", "ProjectState", "StageMove"]
