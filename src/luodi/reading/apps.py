from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "luodi.reading"
    verbose_name = "阅读室"
