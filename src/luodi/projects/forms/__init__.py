"""What a person fills in."""

from .batches import BatchForm, EntriesForm
from .pipeline import MoveForm, NewForm, ProjectForm, RevisionForm

__all__ = ["BatchForm", "EntriesForm", "MoveForm", "NewForm", "ProjectForm", "RevisionForm"]
