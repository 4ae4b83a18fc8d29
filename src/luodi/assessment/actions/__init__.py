"""What people do in assessment. One action is one intention and one act."""

from .externals import (
    ImportedResults,
    import_externals,
)
from .gradings import (
    note_firm,
    open_grading,
    run_grading,
)
from .opening import (
    freeze_scheme,
    open_appraisal,
    set_member,
)

__all__ = [
    "ImportedResults",
    "freeze_scheme",
    "import_externals",
    "note_firm",
    "open_appraisal",
    "open_grading",
    "run_grading",
    "set_member",
]
