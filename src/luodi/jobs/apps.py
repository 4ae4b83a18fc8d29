from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "luodi.jobs"
    verbose_name = "任务与消息"
