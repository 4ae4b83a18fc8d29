"""What plans does when others act: adopt measures, open and close months on the tick."""

from .adopting import adopt_measures
from .ticking import keep_rounds

__all__ = ["adopt_measures", "keep_rounds"]
