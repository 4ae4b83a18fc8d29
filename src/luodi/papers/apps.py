from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "luodi.papers"
    verbose_name = "文稿"
