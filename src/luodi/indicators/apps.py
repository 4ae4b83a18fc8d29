from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "luodi.indicators"
    verbose_name = "指标"
