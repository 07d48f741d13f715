"""The hooks' addresses. Mailgun sends the raw mail only to addresses that end in `mime`."""

from django.urls import path

from headway.web.inbound.views import answered

urlpatterns = [
    path("in/<slug:path>", answered),
    path("in/<slug:path>/mime", answered),
]
