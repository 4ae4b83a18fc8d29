from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "luodi.console"
    verbose_name = "工作台"
