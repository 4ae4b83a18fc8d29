"""What supervision does when the clock ticks and when others act."""

from . import bulletins as bulletins
from . import letters as letters
from . import meetings as meetings
