"""What people do in assessment."""

from .externals import (
    ImportedResults,
    import_externals,
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
    "open_appraisal",
    "run_appraisal",
    "set_member",
]
