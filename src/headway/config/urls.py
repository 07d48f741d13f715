"""Every address of the web process. A part of the product brings its own list."""

from django.urls import include, path
from django.views.generic import RedirectView

from headway.web.accounts.urls import urlpatterns as accounts
from headway.web.api.urls import urlpatterns as api
from headway.web.brand.urls import urlpatterns as brand
from headway.web.inbound.urls import urlpatterns as inbound
from headway.web.links.urls import urlpatterns as links

urlpatterns = [
    path("", RedirectView.as_view(url="/desk/")),
    *accounts,
    *api,
    *inbound,
    *links,
    *brand,
    path("desk/", include("headway.web.desk.urls")),
]

handler400 = "headway.web.refusals.bad_request"
handler403 = "headway.web.refusals.forbidden"
handler404 = "headway.web.refusals.not_found"
handler500 = "headway.web.refusals.failed"
