"""Pages of requests, visits, firms and meetings."""

from .asking import (
    asking,
    asking_code,
    asking_file,
    asking_leave,
    asking_mine,
    asking_move,
    asking_new,
    asking_one,
)
from .complaints import (
    complaint,
    complaints,
    move_complaint,
    my_complaint,
    my_complaints,
    new_complaint,
)
from .desk import desk, new_request, one_request
from .draws import conduct, draw, draws, new_draw
from .files import my_request_file, request_file, visit_file
from .firm import my_request, my_requests, new_mine
from .firms import my_visits, name_sponsor, release_sponsor, served, served_one
from .gatherings import add_attendees, gathering, gatherings, new_gathering, note_ask
from .months import month
from .moving import erase_caller, move_mine, move_request
from .visits import cancel_visit, log_visit, new_visit, note_problem, visit, visits

__all__ = [
    "add_attendees",
    "asking",
    "asking_code",
    "asking_file",
    "asking_leave",
    "asking_mine",
    "asking_move",
    "asking_new",
    "asking_one",
    "cancel_visit",
    "complaint",
    "complaints",
    "conduct",
    "desk",
    "draw",
    "draws",
    "erase_caller",
    "gathering",
    "gatherings",
    "log_visit",
    "month",
    "move_complaint",
    "move_mine",
    "move_request",
    "my_complaint",
    "my_complaints",
    "my_request",
    "my_request_file",
    "my_requests",
    "my_visits",
    "name_sponsor",
    "new_complaint",
    "new_draw",
    "new_gathering",
    "new_mine",
    "new_request",
    "new_visit",
    "note_ask",
    "note_problem",
    "one_request",
    "release_sponsor",
    "request_file",
    "served",
    "served_one",
    "visit",
    "visit_file",
    "visits",
]
