from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectionConfig(AppConfig):
    name = "luodi.collection"
    verbose_name = "填报"

    def ready(self) -> None:
        from luodi.common.doors import Room, cards, facts, rooms, subjects
        from luodi.jobs.signals import ticked
        from luodi.orgs.rules import BUSINESS, ENTERPRISES

        from . import receivers
        from .cards import card_of_enterprise
        from .queries import accepted, filings, forms, templates

        rooms.register("filings", Room(_("填报"), "filings", BUSINESS | ENTERPRISES, 240))
        subjects.register("form", forms.find_form)
        subjects.register("turn", forms.find_turn)
        subjects.register("filing", filings.find_filing)
        subjects.register("table", templates.find_table)
        facts.register("accepted", accepted.accepted)
        cards.register("enterprise:collection", card_of_enterprise)
        ticked.connect(receivers.keep_turns, dispatch_uid="collection.keep_turns")
