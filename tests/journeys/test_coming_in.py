"""Coming in with a real browser: by invitation, by password, by the second factor."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from headway.people.actions import invitations
from headway.people.models import Agent, Brand
from headway.web.accounts import links
from tests.journeys.conftest import Enter

pytestmark = pytest.mark.browser

GOOD = "correct horse battery"


@pytest.mark.timeout(300)
def test_from_the_invitation_to_the_second_factor(
    enter: Enter, site: str, ada: Agent, acme: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nina joins, signs out, mistypes, signs in, sets a second factor up and comes in with it."""
    monkeypatch.setattr("django.conf.settings.HEADWAY.public_url", site)
    secret = invitations.link_secret(invitations.invite("nina@desk.example", "agent", actor=ada.actor))
    page = enter().page
    page.goto(links.join(secret or ""))
    page.get_by_label("Your name").fill("Nina Ross")
    page.get_by_label("Password").fill("short")
    page.keyboard.press("Enter")
    expect(page.get_by_text("too short")).to_be_visible()
    page.get_by_label("Password").fill(GOOD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/desk/**")

    page.goto(f"{site}/sign-out")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Email address").fill("nina@desk.example")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is not right")).to_be_visible()
    page.get_by_label("Password").fill(GOOD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/**")

    page.goto(f"{site}/desk/account")
    page.get_by_role("link", name="Set it up").click()
    page.get_by_label("Password").fill(GOOD)
    page.keyboard.press("Enter")
    picture = page.get_by_alt_text("The key as a picture to scan")
    assert picture.evaluate("image => image.naturalWidth") > 0
    page.get_by_text("No camera?").click()
    key = page.locator("p.mono").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(_code(key, 0))
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)

    page.goto(f"{site}/sign-out")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Email address").fill("nina@desk.example")
    page.get_by_label("Password").fill(GOOD)
    page.keyboard.press("Enter")
    page.get_by_label("Code").fill(_code(key, 1))
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/**")


def _code(key: str, later: int) -> str:
    """What the app shows, or will show next."""
    return str(totp.format_hotp_value(totp.hotp_value(key, int(totp.time.time()) // 30 + later)))
