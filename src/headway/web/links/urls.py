"""The addresses in mails."""

from django.urls import path

from headway.web.links import views

urlpatterns = [
    path("files/<str:link>", views.page),
    path("files/<str:link>/content", views.content),
]
