from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "luodi.orgs"
    verbose_name = "组织与人员"
