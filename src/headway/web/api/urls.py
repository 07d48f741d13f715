"""The API's addresses, all under /api/v1/."""

from django.urls import path

from headway.web.api import documents
from headway.web.api.app import api

urlpatterns = [
    path("api/v1/openapi.json", documents.openapi),
    path("api/v1/docs", documents.page),
    path("api/v1/", api.urls),
]
