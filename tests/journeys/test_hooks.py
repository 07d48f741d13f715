"""An administrator sets a provider up in a real browser; and pictures of the pages they meet."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from headway.foundation.clock import now
from headway.intake.hooks import actions
from headway.intake.hooks.tests import providers as made
from headway.intake.hooks.tests.providers import KEY, TOPIC, basic
from headway.intake.models import Hook, RawMail
from headway.people.models import Agent, Brand
from tests.journeys.conftest import Enter
from tests.journeys.test_screens import LOOKS, SIZES, _open, _picture

pytestmark = pytest.mark.browser


def test_postmark_from_the_first_click_to_the_first_mail(enter: Enter, ada: Agent, acme: Brand) -> None:
    window = enter(ada)
    page, site = window.page, window.site
    page.goto(f"{site}/desk/mailboxes")
    page.get_by_role("link", name="Hooks").click()
    page.get_by_role("link", name="Add a hook").click()
    page.get_by_role("link", name="Postmark").click()
    page.get_by_label("Name").fill("Support by Postmark")
    page.get_by_role("button", name="Add the hook").click()
    address = page.get_by_label("Address with password").input_value()
    found = re.fullmatch(r"https?://headway:([\w-]+)@[^/]+(/in/[\w-]+)", address)
    assert found is not None
    answer = Client().post(
        found[2], made.postmark(), content_type="application/json", headers={"Authorization": basic(found[1])}
    )
    assert answer.status_code == 200
    assert RawMail.objects.count() == 1
    page.goto(f"{site}/desk/hooks")
    expect(page.get_by_text("Mails arrive")).to_be_visible()
    assert found[1] not in page.content()
    page.get_by_role("button", name="More for Support by Postmark").click()
    page.get_by_role("menuitem", name="Remove…").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("takes nothing any more")).to_be_visible()
    assert Hook.objects.get().archived_at is not None


def test_a_key_is_changed_without_being_shown(enter: Enter, ada: Agent, acme: Brand) -> None:
    hook, _none = actions.add("mailgun", "Mailgun", actor=ada.actor, secret=KEY)
    before = bytes(hook.secret)
    window = enter(ada)
    page = window.page
    page.goto(f"{window.site}/desk/hooks")
    page.get_by_role("button", name="Change Mailgun").click()
    page.get_by_label("HTTP webhook signing key").fill("another-key")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert bytes(Hook.objects.get().secret) != before
    assert "another-key" not in page.content()


@pytest.mark.screens
@pytest.mark.parametrize(
    "frame", [(size, look) for size in SIZES for look in LOOKS], ids=lambda each: f"{each[0]}-{each[1]}"
)
def test_pictures(enter: Enter, frame: tuple[str, str], ada: Agent, acme: Brand) -> None:
    """Hooks: none, in every state, and each provider's steps."""
    page, site = _open(enter, ada, frame)
    page.goto(f"{site}/desk/hooks")
    _picture(page, "empty-hooks", *frame)
    _fill(ada)
    _show(page, site, frame)


def _show(page: Page, site: str, frame: tuple[str, str]) -> None:
    page.goto(f"{site}/desk/hooks")
    _picture(page, "hooks", *frame)
    page.get_by_role("button", name="Change Sales").click()
    _picture(page, "hooks-change", *frame)
    page.keyboard.press("Escape")
    for kind in ("mailgun", "ses", "postmark"):
        page.goto(f"{site}/desk/hooks/new?provider={kind}")
        _picture(page, f"hook-{kind}", *frame)
    page.get_by_label("Name").fill("Support")
    page.get_by_role("button", name="Add the hook").click()
    _picture(page, "hook-added", *frame)


def _fill(ada: Agent) -> None:
    arriving, _none = actions.add("mailgun", "Support by Mailgun", actor=ada.actor, secret=KEY)
    asking, _none = actions.add("ses", "Sales", actor=ada.actor, topic=TOPIC)
    failing, _password = actions.add(
        "postmark", "Rückerstattungen und Gewährleistung für Geschäftskunden in Österreich", actor=ada.actor
    )
    actions.add("mailgun", "New", actor=ada.actor, secret=KEY)
    Hook.objects.filter(pk=arriving.pk).update(arrived_at=now() - timedelta(minutes=4))
    Hook.objects.filter(pk=asking.pk).update(confirmation=made.subscription()["SubscribeURL"])
    Hook.objects.filter(pk=failing.pk).update(refused_at=now() - timedelta(hours=2), refusal="no_mail")
