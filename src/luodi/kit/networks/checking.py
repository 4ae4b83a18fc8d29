"""What makes a network impossible: refused with the names of the activities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import networkx as nx

from luodi.kit.networks.activities import Activity
from luodi.kit.refusals import Refusal


def fault(activities: Sequence[Activity], today: date | None) -> Refusal | None:
    """Why the network can't be computed: a key twice, one that is unknown, a cycle, odd dates."""
    found = _duplicate(activities) or _unknown(activities) or _cycle(activities)
    return found[0] if found else _dates(activities, today)


def graph_of(activities: Sequence[Activity]) -> nx.DiGraph:
    """Keys of the activities, arcs from what is waited for."""
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(activity.key for activity in activities))
    for activity in activities:
        graph.add_edges_from((before.key, activity.key) for before in activity.after)
    return graph


_Found = tuple[Refusal] | None
"""In a tuple, because a refusal is falsy."""


def _duplicate(activities: Sequence[Activity]) -> _Found:
    counted = Counter(activity.key for activity in activities)
    twice = sorted(key for key, times in counted.items() if times > 1)
    if not twice:
        return None
    names = "、".join(twice)
    return (_refused("duplicate", f"事项重复：{names}", f"Stands twice: {names}", twice),)


def _unknown(activities: Sequence[Activity]) -> _Found:
    known = {activity.key for activity in activities}
    for activity in sorted(activities, key=lambda one: one.key):
        for before in activity.after:
            if before.key not in known:
                zh = f"“{activity.zh}”的前置事项“{before.key}”不存在"
                en = f"“{activity.en}” waits for “{before.key}”, which doesn't exist"
                keys = [activity.key, before.key]
                return (_refused("unknown_predecessor", zh, en, keys),)
    return None


def _cycle(activities: Sequence[Activity]) -> _Found:
    try:
        arcs = nx.find_cycle(graph_of(activities))
    except nx.NetworkXNoCycle:
        return None
    keys = [arc[0] for arc in arcs]
    first = keys.index(min(keys))
    keys = keys[first:] + keys[:first]
    by_key = {activity.key: activity for activity in activities}
    round_ = [by_key[key] for key in (*keys, keys[0])]
    zh = f"前置关系成环：{' → '.join(one.zh for one in round_)}"
    en = f"These wait for each other: {' → '.join(one.en for one in round_)}"
    return (_refused("cycle", zh, en, keys),)


def _dates(activities: Sequence[Activity], today: date | None) -> Refusal | None:
    for activity in sorted(activities, key=lambda one: one.key):
        started, ended = activity.started, activity.ended
        if started and ended and ended < started:
            zh = f"“{activity.zh}”的办结日{ended}早于开始日{started}"
            en = f"“{activity.en}” ended on {ended}, before it started on {started}"
            return _refused("ended_before_started", zh, en, [activity.key])
        last = ended or started
        if last and today is None:
            zh = f"“{activity.zh}”已有实际日期，须给出计算日"
            en = f"“{activity.en}” has actual dates: a day to compute on is needed"
            return _refused("no_today", zh, en, [activity.key])
        if last and today and last > today:
            zh = f"“{activity.zh}”的实际日期{last}晚于计算日{today}"
            en = f"“{activity.en}” has the actual date {last}, after {today}"
            return _refused("in_future", zh, en, [activity.key])
    return None


def _refused(code: str, zh: str, en: str, keys: Sequence[str]) -> Refusal:
    params: Mapping[str, object] = {"keys": tuple(keys)}
    return Refusal(f"network.{code}", zh, en, params)
