"""Addresses of this module."""

from django.urls import path

from .views import chains, firms, importing, products, promotion, targets

urlpatterns = [
    path("chains/", chains.chains, name="chains"),
    path("chains/new/", chains.new_chain, name="chain_new"),
    path("chains/import/", importing.import_chain, name="chain_import"),
    path("chains/gaps/", chains.gaps, name="chain_gaps"),
    path("chains/suppliers/", chains.suppliers, name="chain_suppliers"),
    path("chains/leaders/", chains.leaders, name="chain_leaders"),
    path("chains/<slug:key>/", chains.chain, name="chain"),
    path("chains/<slug:key>/views/<slug:view>/", chains.view, name="chain_view"),
    path("chains/<slug:key>/gaps/", chains.chain_gaps, name="chain_gap_list"),
    path("chains/<slug:key>/products/", products.products, name="chain_products"),
    path("chains/<slug:key>/supplies/", products.supplies, name="chain_supplies"),
    path("chains/<slug:key>/segments/new/", products.new_segment, name="chain_segment_new"),
    path("chains/<slug:key>/products/new/", products.new_product, name="chain_product_new"),
    path("chain-segments/<slug:key>/", products.segment, name="chain_segment"),
    path("chain-products/<slug:key>/", products.product, name="chain_product"),
    path("chain-firms/", firms.firms, name="chain_firms"),
    path("chain-firms/new/", firms.new_firm, name="chain_firm_new"),
    path("chain-firms/<slug:key>/", firms.firm, name="chain_firm"),
    path("chain-firms/<slug:key>/revise/", firms.revise_firm, name="chain_firm_revise"),
    path("chain-firms/<slug:key>/merge/", firms.merge_firm, name="chain_firm_merge"),
    path("chain-firms/<slug:key>/makes/", firms.say_makes, name="chain_firm_makes"),
    path("chain-firms/<slug:key>/supplies/", firms.record_supply, name="chain_firm_supply"),
    path("chain-firms/<slug:key>/honours/", firms.honour_firm, name="chain_firm_honour"),
    path("chain-supplies/<int:supply>/end/", firms.end_supply, name="chain_supply_end"),
    path("chain-honours/<int:honour>/end/", firms.end_honour, name="chain_honour_end"),
    path("chain-targets/", targets.targets, name="chain_targets"),
    path("chain-targets/new/", targets.new_target, name="chain_target_new"),
    path("chain-targets/<slug:key>/", targets.target, name="chain_target"),
    path("chain-targets/<slug:key>/contacts/", targets.log_contact, name="chain_target_contact"),
    path("chain-targets/<slug:key>/assign/", targets.assign_target, name="chain_target_assign"),
    path("promotion/funnel/", promotion.funnel, name="chain_funnel"),
    path("promotion/trips/", promotion.trips, name="chain_trips"),
    path("promotion/trips/<slug:key>/take-back/", promotion.take_back, name="chain_trip_back"),
    path("promotion/events/", promotion.events, name="chain_events"),
    path("my-chain/", firms.my_chain, name="my_chain"),
]
