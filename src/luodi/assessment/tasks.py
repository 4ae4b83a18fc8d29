"""The work behind a weight trial."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from luodi.jobs.actions import Run

from .actions import keep_trial


def try_weights(run: Run) -> str:
    """Try a run's weightings; returns the address of the strips."""
    trial = keep_trial(
        run=run.arguments["run"], progress=run.progress, by=run.job.by, at=timezone.now()
    )
    return reverse("appraisal_sensitivity", args=[trial.run.appraisal_id, trial.run.number])
