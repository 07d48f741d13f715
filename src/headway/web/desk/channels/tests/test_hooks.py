"""Hooks at the desk: added, changed, confirmed, removed; secrets shown once or never."""

import base64
import html
import re

import pytest
from django.test import Client

from headway.foundation import keys, outward
from headway.foundation.clock import now
from headway.foundation.outward import Answer
from headway.intake.hooks import actions
from headway.intake.hooks.calls import Reason
from headway.intake.hooks.tests import providers as made
from headway.intake.hooks.tests.providers import KEY, TOPIC
from headway.intake.models import Hook, RawMail
from headway.people.models import Agent
from headway.settings.actions import hold
from headway.web.desk.channels.providers import NAMES, refusal_words, steps
from headway.web.desk.tests.conftest import At


def text(client: Client, address: str = "/desk/hooks") -> str:
    return html.unescape(client.get(address).content.decode())


def test_mailgun_is_added_by_its_key_and_its_address_shown(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    client.post("/desk/hooks", {"kind": "mailgun", "name": "Support", "secret": KEY})
    hook = Hook.objects.get()
    assert keys.unseal("hook", bytes(hook.secret)) == KEY.encode()
    page = text(client)
    assert f"/in/{hook.path}/mime" in page
    assert KEY not in page
    content_type, body = made.multipart(made.mailgun())
    assert Client().post(f"/in/{hook.path}/mime", body, content_type=content_type).status_code == 200
    assert "Mails arrive" in text(client)


def test_postmarks_password_is_shown_once(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    page = html.unescape(client.post("/desk/hooks", {"kind": "postmark", "name": "Support"}).content.decode())
    found = re.search(r'value="http://headway:([\w-]+)@[^/"]+(/in/[\w-]+)"', page)
    assert found is not None
    login = "Basic " + base64.b64encode(f"headway:{found[1]}".encode()).decode()
    answer = Client().post(found[2], made.postmark(), content_type="application/json", headers={"Authorization": login})
    assert answer.status_code == 200
    assert RawMail.objects.count() == 1
    assert found[1] not in text(client)
    renewed = client.post(f"/desk/hooks/{Hook.objects.get().pk}/password").content.decode()
    assert "headway:" in renewed
    assert found[1] not in renewed


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "mailgun", "name": "A", "secret": ""}, "signing key"),
        ({"kind": "mailgun", "name": "", "secret": KEY}, "Give the hook a name"),
        ({"kind": "ses", "name": "A", "topic": "arn:aws:sns:x"}, "ARN"),
        ({"kind": "ses", "name": "A", "topic": TOPIC.replace("aws", "evil")}, "ARN"),
        ({"kind": "other", "name": "A"}, "Choose Mailgun"),
    ],
)
def test_what_is_missing_is_said_at_its_field(at_desk: At, ada: Agent, given: dict[str, str], said: str) -> None:
    response = at_desk(ada).post("/desk/hooks", given)
    assert response.status_code == 422
    assert said in html.unescape(response.content.decode())
    assert KEY not in response.content.decode()
    assert not Hook.objects.exists()


def test_a_subscription_is_confirmed_by_a_person(at_desk: At, ada: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    hook, _none = actions.add("ses", "Amazon", actor=ada.actor, topic=TOPIC)
    client = at_desk(ada)
    asked: list[str] = []

    def ask(_method: str, url: str, **_bounds: object) -> Answer:
        asked.append(url)
        return Answer(200 if len(asked) > 1 else 403, {}, b"")

    monkeypatch.setattr(actions.confirm, "__kwdefaults__", {"ask": ask})
    client.post(f"/desk/hooks/{hook.pk}/confirmation")
    assert "asks for no confirmation" in text(client)
    assert asked == []
    url = made.subscription()["SubscribeURL"]
    Hook.objects.update(confirmation=url)
    assert "Confirm the subscription" in text(client)
    client.post(f"/desk/hooks/{hook.pk}/confirmation")
    assert "did not take the confirmation" in text(client)
    client.post(f"/desk/hooks/{hook.pk}/confirmation")
    page = text(client)
    assert "Mails of this topic come in" in page
    assert "Confirm the subscription" not in page
    assert asked == [url, url]


def test_a_confirmation_never_leads_inside(at_desk: At, ada: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> Answer:
        raise AssertionError("asked")

    monkeypatch.setattr(outward, "request", never)
    hook, _none = actions.add("ses", "Amazon", actor=ada.actor, topic=TOPIC)
    Hook.objects.update(confirmation="https://169.254.169.254/?Action=ConfirmSubscription&TopicArn=" + TOPIC)
    at_desk(ada).post(f"/desk/hooks/{hook.pk}/confirmation")
    assert Hook.objects.get().confirmation != ""


def test_a_held_workspace_confirms_nothing(at_desk: At, ada: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    """A restored copy must not take the original's mails."""
    asked: list[str] = []

    def ask(_method: str, url: str, **_bounds: object) -> Answer:
        asked.append(url)
        return Answer(200, {}, b"")

    monkeypatch.setattr(actions.confirm, "__kwdefaults__", {"ask": ask})
    hook, _none = actions.add("ses", "Amazon", actor=ada.actor, topic=TOPIC)
    Hook.objects.update(confirmation=made.subscription()["SubscribeURL"])
    hold("restored", actor=ada.actor)
    client = at_desk(ada)
    client.post(f"/desk/hooks/{hook.pk}/confirmation")
    assert "nothing leaves it" in text(client)
    assert asked == []


def test_a_hook_is_changed_and_removed(at_desk: At, ada: Agent) -> None:
    hook, _none = actions.add("mailgun", "Support", actor=ada.actor, secret=KEY)
    client = at_desk(ada)
    given = {"name": "Sales", "secret": "", "trusted_servers": "mx.example.com, mx2.example.com"}
    client.post(f"/desk/hooks/{hook.pk}", given)
    row = Hook.objects.get()
    assert (row.name, row.trusted_servers) == ("Sales", ["mx.example.com", "mx2.example.com"])
    assert keys.unseal("hook", bytes(row.secret)) == KEY.encode()
    client.post(f"/desk/hooks/{hook.pk}", given | {"trusted_servers": "<script>"})
    assert "Trusted servers are names" in text(client)
    client.post(f"/desk/hooks/{hook.pk}/removal")
    assert "takes nothing any more" in text(client)
    assert "Sales" not in text(client)


def test_the_last_refusal_is_said_until_a_mail_comes(at_desk: At, ada: Agent) -> None:
    hook, _none = actions.add("mailgun", "Support", actor=ada.actor, secret=KEY)
    client = at_desk(ada)
    assert "Nothing came yet" in text(client)
    content_type, body = made.urlencoded(made.mailgun(key="wrong"))
    Client().post(f"/in/{hook.path}", body, content_type=content_type)
    assert refusal_words("signature") in text(client)
    Hook.objects.update(arrived_at=now())
    assert refusal_words("signature") not in text(client)


def test_every_reason_and_provider_has_words() -> None:
    for reason in Reason:
        assert refusal_words(str(reason)) != str(reason)
    for kind in Hook.Kinds.values:
        assert len(steps(kind)) >= 4
        assert kind in NAMES


def test_each_provider_has_its_steps(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    for kind in (*NAMES, "", "other"):
        page = text(client, f"/desk/hooks/new?provider={kind}")
        assert steps(kind if kind in NAMES else "mailgun")[0] in page
