from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "luodi.plans"
    verbose_name = "规划与月报"
