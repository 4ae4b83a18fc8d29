"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("hand-over/", views.hand_over, name="hand_over"),
    path("people/", views.people, name="people"),
    path("people/account/", views.open_account, name="open_account"),
    path("people/account/state/", views.set_account_active, name="set_account_active"),
    path("people/enterprise/", views.post_in_enterprise, name="post_in_enterprise"),
    path("people/enterprise/phone/", views.change_phone, name="change_phone"),
    path("my-enterprise/", views.my_enterprise, name="my_enterprise"),
    path("enterprises/", views.enterprises, name="enterprises"),
    path("enterprises/new/", views.new_enterprise, name="new_enterprise"),
    path("enterprises/import/", views.import_enterprises, name="import_enterprises"),
    path("enterprises/<slug:key>/", views.enterprise, name="enterprise"),
    path("enterprises/<slug:key>/close/", views.close_one, name="close_enterprise"),
    path("enterprises/<slug:key>/reopen/", views.reopen_one, name="reopen_enterprise"),
    path("enterprises/<slug:key>/merge/", views.merge_one, name="merge_enterprise"),
    path("units/", views.units, name="units"),
    path("units/<slug:key>/", views.unit, name="unit"),
    path("units/<slug:key>/seats/", views.change_seats, name="unit_seats"),
]
