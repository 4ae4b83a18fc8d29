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

__all__ = ["ImportedResults", "freeze_scheme", "import_externals", "open_appraisal", "set_member"]
