"""What a person fills in."""

from .exemptions import (
    AmendForm,
    ExemptionForm,
    ExemptionMoveForm,
    FindingForm,
    GrantForm,
    ReaderForm,
)

__all__ = [
    "AmendForm",
    "ExemptionForm",
    "ExemptionMoveForm",
    "FindingForm",
    "GrantForm",
    "ReaderForm",
]
