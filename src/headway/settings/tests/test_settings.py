"""The workspace's settings: checked as a whole, kept by version, the same for everybody at once."""

import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.errors import Forbidden, Invalid
from headway.people.models import Agent
from headway.settings import actions, queries
from headway.settings.definitions import Settings
from headway.settings.models import Change

SYSTEM = Actor.system()


def _elsewhere(ask: Any) -> Any:
    """The answer of another thread with a connection of its own."""
    answers: list[Any] = []

    def run() -> None:
        answers.append(ask())
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


def test_nothing_changed_means_the_defaults(db: None) -> None:
    assert queries.current() == Settings()
    assert queries.version() == 0


def test_a_change_is_journalled_with_its_names_and_kept_with_its_past(ada: Agent) -> None:
    after = actions.change({"name": "Acme", "reopen_days": 7, "close_days": 14}, actor=ada.actor)
    assert (after.name, after.reopen_days) == ("Acme", 7)
    assert queries.current() == after
    event = Entry.objects.get(kind="workspace.settings_changed")
    assert event.data == {"keys": ["name", "reopen_days"]}
    assert event.actor_id == ada.pk
    actions.change({"reopen_days": 14}, actor=ada.actor)
    assert queries.current().reopen_days == 14
    assert list(Change.objects.filter(key="reopen_days").order_by("id").values_list("value", flat=True)) == [7, 14]


def test_what_is_the_same_already_changes_nothing(ada: Agent) -> None:
    actions.change({"reopen_days": 14, "search_languages": list(Settings().search_languages)}, actor=ada.actor)
    assert (queries.version(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"reopen_days": "soon"}, None),
        ({"reopen_days": -1}, "reopen_days"),
        ({"close_days": 10**9}, "close_days"),
        ({"second_factor_required": "perhaps"}, None),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"language": "tlh"}, "language"),
        ({"search_languages": ["english", "klingon"]}, "search_languages"),
        ({"name": ""}, "name"),
        ({"name": "A\0"}, "name"),
        ({"name": "A" * 1000}, "name"),
    ],
)
def test_one_wrong_value_changes_nothing_at_all(ada: Agent, values: dict[str, Any], field: str | None) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.change({"reopen_days": 3, **values}, actor=ada.actor)
    assert refusal.value.message
    assert refusal.value.details.get("field") == field
    assert queries.current() == Settings()
    assert (Change.objects.count(), Entry.objects.count()) == (0, 0)


def test_only_administrators_change_them(ada: Agent, leo: Agent, vic: Agent) -> None:
    for agent in (leo, vic):
        with pytest.raises(Forbidden):
            actions.change({"reopen_days": 3}, actor=agent.actor)
        with pytest.raises(Forbidden):
            actions.release(actor=agent.actor)


def test_another_connection_sees_a_change_at_its_commit_and_not_before(committed_db: str, ada: Agent) -> None:
    with transaction.atomic():
        actions.change({"reopen_days": 3}, actor=ada.actor)
        assert _elsewhere(queries.current).reopen_days == 14
    assert _elsewhere(queries.current).reopen_days == 3


def test_what_was_rolled_back_is_never_seen_again(committed_db: str, ada: Agent) -> None:
    def fails() -> None:
        with transaction.atomic():
            actions.change({"reopen_days": 3}, actor=ada.actor)
            assert queries.current().reopen_days == 3  # this process has read it now
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert queries.current().reopen_days == 14
    actions.change({"close_days": 5}, actor=ada.actor)
    assert (queries.current().reopen_days, queries.current().close_days) == (14, 5)


def test_a_request_keeps_the_settings_it_began_with_but_changes_the_latest(committed_db: str, ada: Agent) -> None:
    actions.change({"reopen_days": 3}, actor=ada.actor)
    with queries.pinned():
        began = queries.current()
        _elsewhere(lambda: actions.change({"reopen_days": 4, "name": "Acme"}, actor=ada.actor))
        assert queries.current() == began
        after = actions.change({"reopen_days": 3}, actor=ada.actor)
    assert (after.reopen_days, after.name) == (3, "Acme")
    assert queries.current() == after


def test_changes_at_once_lose_nothing(committed_db: str, ada: Agent) -> None:
    names = ["reopen_days", "close_days", "undo_seconds", "invitation_days", "token_days", "remind_times"]

    def change(name: str) -> None:
        for value in range(21, 26):
            actions.change({name: value}, actor=ada.actor)
        connections.close_all()

    threads = [threading.Thread(target=change, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = queries.current()
    assert {name: getattr(found, name) for name in names} == dict.fromkeys(names, 25)
    versions = list(Change.objects.order_by("id").values_list("version", flat=True))
    assert len(set(versions)) == len(versions) == 30


def test_reading_costs_one_query_and_while_pinned_one_in_all(ada: Agent, django_assert_num_queries: Any) -> None:
    actions.change({"reopen_days": 3}, actor=ada.actor)
    queries.current()
    with django_assert_num_queries(1):  # the version
        queries.current()
    with queries.pinned(), django_assert_num_queries(1):  # the version, when first asked for
        queries.current()
        queries.current()
    version = queries.version()
    with queries.pinned(), django_assert_num_queries(0):
        queries.seen(version)
        assert queries.current().reopen_days == 3
        queries.seen(0)
        assert queries.current().reopen_days == 3


def test_a_setting_that_is_no_more_is_passed_over(ada: Agent) -> None:
    actions.change({"reopen_days": 3}, actor=ada.actor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE settings_change SET key = 'of_an_earlier_version' WHERE key = 'reopen_days'")
    queries._known.clear()
    assert queries.current() == Settings()
