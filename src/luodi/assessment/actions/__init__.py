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
from .running import (
    run_appraisal,
)
from .trials import (
    KIND,
    ask_for_trial,
    keep_trial,
)

__all__ = [
    "KIND",
    "ImportedResults",
    "ask_for_trial",
    "freeze_scheme",
    "import_externals",
    "keep_trial",
    "note_firm",
    "open_appraisal",
    "open_grading",
    "run_appraisal",
    "run_grading",
    "set_member",
]
