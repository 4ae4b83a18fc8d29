"""What people do with requests of enterprises, visits and meetings; one action is one act."""

from .asking import SAME, ask
from .complaining import complain, look_into, settle_complaint
from .draws import draw_inspections
from .entering import ask_for_code, enter_by_code, forget_codes, send_code
from .firms import carry_requests, hand_over_requests, name_sponsor, release_sponsor
from .gatherings import add_attendees, hold_gathering, note_ask
from .handling import (
    answer,
    arrive,
    ask_firm,
    call_out,
    erase_caller,
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
    replace_word,
    withdraw,
)
from .visits import cancel_visit, log_new_visit, log_visit, note_problem, plan_visit

__all__ = [
    "SAME",
    "accept_answer",
    "add_attendees",
    "answer",
    "answer_question",
    "arrive",
    "ask",
    "ask_firm",
    "ask_for_code",
    "call_out",
    "cancel_visit",
    "carry_requests",
    "close_unrated",
    "complain",
    "draw_inspections",
    "enter_by_code",
    "erase_caller",
    "forget_codes",
    "give_timetable",
    "hand_over_requests",
    "hold_gathering",
    "log_new_visit",
    "log_visit",
    "look_into",
    "name_sponsor",
    "note_ask",
    "note_problem",
    "object_to_answer",
    "plan_visit",
    "raise_late_requests",
    "release_sponsor",
    "replace_word",
    "respond",
    "send_code",
    "settle_complaint",
    "tell_firm",
    "withdraw",
    "write_note",
]
