from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "luodi.api"
    verbose_name = "接口"
