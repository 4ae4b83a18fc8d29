"""Addresses of this module."""

from django.urls import path

from .views import definitions, facts, indicators, targets

urlpatterns = [
    path("indicators/", indicators.indicators_list, name="indicators_list"),
    path("indicators/new/", definitions.new_indicator, name="new_indicator"),
    path("indicators/pack/", definitions.pack_indicators, name="pack_indicators"),
    path("indicators/facts/", facts.stated, name="stated_facts"),
    path("indicators/goals/", targets.goals, name="goals"),
    path("indicators/<slug:key>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:key>/ask/", indicators.ask_unit, name="indicator_ask"),
    path("indicators/<slug:key>/revise/", definitions.revise, name="indicator_revise"),
    path("indicators/<slug:key>/goal/", targets.new_target, name="indicator_goal"),
    path("indicators/goals/<slug:key>/", targets.target, name="goal"),
    path("indicators/goals/<slug:key>/pace/", targets.trajectory, name="goal_pace"),
    path("indicators/goals/<slug:key>/parts/", targets.parts, name="goal_parts"),
]
