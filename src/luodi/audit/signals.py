"""`acted` is sent inside the transaction of every act, after it is written.

`mentioned` are those of its subjects whose own record the act left as it was.
"""

from django.dispatch import Signal

acted = Signal()  # sender=Act class, act=Act, mentioned=frozenset of subjects
