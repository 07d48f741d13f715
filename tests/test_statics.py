"""What a page asks its browser to load is there, where the server looks for it."""

import re

from django.test import Client

from headway.ops.serving.web import STATICS
from headway.people.models import Agent


def _is_there(address: str) -> bool:
    route = next(route for route in STATICS if address.startswith(f"{route}/"))
    return (STATICS[route] / address.removeprefix(f"{route}/")).is_file()


def test_every_style_and_script_is_there(client: Client, ada: Agent) -> None:
    client.force_login(ada, "allauth.account.auth_backends.AuthenticationBackend")
    pages = [client.get(page).content.decode() for page in ("/desk/views/open", "/desk/account", "/api/v1/docs")]
    pages.append(Client().get("/sign-in").content.decode())
    named = {address for page in pages for address in re.findall(r'(?:src|href)="(/static/[^"?]+)', page)}
    assert len(named) > 10
    assert [address for address in sorted(named) if not _is_there(address)] == []
