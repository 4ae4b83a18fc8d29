from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "luodi.documents"
    verbose_name = "文件"
