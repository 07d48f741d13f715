"""Addresses of what a brand shows."""

from django.urls import path

from headway.web.brand import logo

urlpatterns = [
    path("logo", logo.default_logo),
    path("logo/<int:brand_id>", logo.logo),
]
