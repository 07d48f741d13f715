"""Two records of one customer become one, and can be parted again."""

import pytest

from headway.events.models import Entry
from headway.foundation.errors import Conflict, Invalid
from headway.people.actions import customers, identities, merging
from headway.people.models import Agent, Customer
from headway.people.queries.customers import customer_by_id, known_by, search


def test_everything_reaches_the_record_that_lasts(sam: Agent, dana: Customer, chen: Customer) -> None:
    customers.edit(chen, actor=sam.actor, language="zh", facts={"Plan": "Pro", "Seats": 3})
    customers.edit(dana, actor=sam.actor, facts={"Plan": "Max"})
    kept = merging.merge(chen, dana, actor=sam.actor)
    assert {identity.value for identity in kept.identities.all()} == {"dana@example.com", "chen@example.net"}
    assert (kept.name, kept.language, kept.facts) == ("Dana Ortiz", "zh", {"Plan": "Max", "Seats": 3})
    assert known_by("email", "chen@example.net") == dana
    assert customer_by_id(chen.pk) == dana
    assert list(search().rows) == [dana]


def test_the_journal_knows_what_to_undo(sam: Agent, dana: Customer, chen: Customer) -> None:
    moved = chen.identities.get().pk
    merging.merge(chen, dana, actor=sam.actor)
    entry = Entry.objects.get(kind="customer.merged")
    assert (entry.subject_id, entry.data) == (chen.pk, {"into_id": dana.pk, "identity_ids": [moved], "taken": []})


def test_a_merge_is_taken_back(sam: Agent, dana: Customer, chen: Customer) -> None:
    merging.merge(chen, dana, actor=sam.actor)
    identities.add(dana, "phone", "+14155550100", actor=sam.actor)
    back = merging.part(Customer.objects.get(pk=chen.pk), actor=sam.actor)
    assert [identity.value for identity in back.identities.all()] == ["chen@example.net"]
    assert dana.identities.count() == 2
    assert customer_by_id(chen.pk) == chen
    with pytest.raises(Conflict, match="not merged"):
        merging.part(Customer.objects.get(pk=chen.pk), actor=sam.actor)


def test_a_merged_record_is_left_alone(sam: Agent, dana: Customer, chen: Customer) -> None:
    merging.merge(chen, dana, actor=sam.actor)
    with pytest.raises(Conflict):
        merging.merge(chen, dana, actor=sam.actor)
    with pytest.raises(Conflict):
        merging.merge(dana, chen, actor=sam.actor)
    with pytest.raises(Conflict, match="merged into another"):
        customers.edit(chen, actor=sam.actor, name="Chen")
    with pytest.raises(Invalid):
        merging.merge(dana, dana, actor=sam.actor)
