from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "luodi.reports"
    verbose_name = "报告"
