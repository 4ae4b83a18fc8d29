from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "luodi.audit"
    verbose_name = "行为记录"
