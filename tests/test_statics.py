"""What a page asks its browser to load is there: compressed, kept for ever, and never an old one."""

import gzip
import re

from django.test import Client

from headway.people.models import Agent
from headway.web import statics


def test_every_style_and_script_is_there(client: Client, ada: Agent) -> None:
    client.force_login(ada, "allauth.account.auth_backends.AuthenticationBackend")
    pages = [client.get(page).content.decode() for page in ("/desk/views/open", "/desk/account", "/api/v1/docs")]
    pages.append(Client().get("/sign-in").content.decode())
    named = {address for page in pages for address in re.findall(r'(?:src|href)="(/assets/[^"?]+)', page)}
    assert len(named) > 5
    assert [address for address in sorted(named) if Client().get(address).status_code != 200] == []


def test_a_page_asks_for_one_script() -> None:
    found = statics.static("js/desk.js")
    assert found is not None
    text = found.content.decode()
    scopes = re.findall(r"^const \$(\w+) = \(\(\) => \{$", text, re.MULTILINE)
    assert len(scopes) == len(set(scopes)) == len(list((statics.HERE / "js").glob("*.js")))
    assert scopes[-1] == "desk"
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)


def test_files_travel_compressed_and_are_kept() -> None:
    address = statics.styles(["tokens", "base"])
    small = Client().get(address, headers={"accept-encoding": "gzip, br"})
    whole = Client().get(address)
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == whole.content
    assert whole.content.startswith((statics.HERE / "css" / "tokens.css").read_bytes())
    assert (whole.headers["Content-Type"], whole.headers["Vary"]) == ("text/css", "Accept-Encoding")
    assert "immutable" in small.headers["Cache-Control"]


def test_an_address_from_before_an_upgrade_is_answered_but_not_kept() -> None:
    answer = Client().get("/assets/000000000000/js/desk.js")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_nothing_else_is_handed_out() -> None:
    for way in ("js/none.js", "css/tokens+none.css", "../statics.py", "css/../../statics.py", "css/+.css", ""):
        assert Client().get(f"/assets/{statics.version()}/{way}").status_code == 404, way
    assert Client().post(statics.address("js/desk.js")).status_code == 404
