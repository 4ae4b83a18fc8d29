import gc

from django.apps import AppConfig

YOUNG = 100_000
"""New objects before the collector looks for rings among them. A batch of figures makes some
hundred thousand and none is in a ring; Python's own 700 would look through them, and through the
whole program, again and again: a fifth of the batch's time."""


class CommonConfig(AppConfig):
    name = "luodi.common"
    verbose_name = "公共"

    def ready(self) -> None:
        gc.freeze()
        gc.set_threshold(YOUNG, 20, 20)
