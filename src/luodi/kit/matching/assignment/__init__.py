"""Many seekers onto many offers: the best assignment, proven, with what blocks the rest.

How it is used::

    points = fitting_pairs(criteria, {"p1": {"area": …}, …}, offers)     # of luodi.kit.matching
    task = Task(("p1", "p2"), {"plot-7": 1, "hall-2": 3}, points, fixed=(("p1", "plot-7"),))
    answer = assign(task)                             # Assignment, or a Refusal
    answer.pairs, answer.total, answer.status, answer.gap
    for one in answer.unassigned:
        one.says()                                    # who has what would fit, what a place costs

Points are whole numbers, so the total is exact. Without `limits` the task is a network and the
optimum comes from a flow solver, whatever the size; that no round of moves could gain anything is
then checked in whole numbers. Limits that several offers share (the power of a park) need CP-SAT
and may run out of time: `status` says so, with the bound and the gap.
"""

from luodi.kit.matching.assignment.assigning import Assignment, Status, assign
from luodi.kit.matching.assignment.explaining import Taken, Unassigned
from luodi.kit.matching.assignment.moves import Move
from luodi.kit.matching.assignment.task import Goal, Limit, Task

__all__ = [
    "Assignment",
    "Goal",
    "Limit",
    "Move",
    "Status",
    "Taken",
    "Task",
    "Unassigned",
    "assign",
]
