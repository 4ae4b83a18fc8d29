"""What people do with requests of enterprises; one action is one act."""

from .asking import SAME, ask
from .handling import (
    answer,
    arrive,
    ask_firm,
    call_out,
    give_timetable,
    respond,
    tell_firm,
    write_note,
)
from .rating import (
    accept_answer,
    answer_question,
    close_unrated,
    object_to_answer,
    raise_late_requests,
    withdraw,
)

__all__ = [
    "SAME",
    "accept_answer",
    "answer",
    "answer_question",
    "arrive",
    "ask",
    "ask_firm",
    "call_out",
    "close_unrated",
    "give_timetable",
    "object_to_answer",
    "raise_late_requests",
    "respond",
    "tell_firm",
    "withdraw",
    "write_note",
]
