"""Several rows read, and several written, in one statement."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from headway.foundation.models import JobFailure, RateWindow
from headway.foundation.rows import NextId, One, first, gather
from headway.foundation.statements import inserted, write
from headway.people.models import Agent, Customer, Team
from headway.tickets.models import Message, Note, Tag, Ticket

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_rows_and_ids_come_together(
    sam: Agent, dana: Customer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):  # all of it
        number, agent, nobody, customer = gather(
            NextId(Ticket),
            One(Agent, "id = %s", [sam.pk]),
            One(Customer, "name = %s", ["nobody"]),
            One(Customer, "id = %s", [dana.pk]),
        )
    assert (agent, nobody, customer) == (sam, None, dana)
    for found, kept in ((agent, sam), (customer, dana)):
        kept.refresh_from_db()
        assert {field.attname: getattr(found, field.attname) for field in found._meta.concrete_fields} == {
            field.attname: getattr(kept, field.attname) for field in kept._meta.concrete_fields
        }
    assert gather(NextId(Ticket)) == [number + 1]
    customer.name = "Dana O."
    customer.save()
    dana.refresh_from_db()
    assert dana.name == "Dana O."


def test_what_is_not_there_is_none(db: None) -> None:
    assert first(Team, "name = %s", ["nobody's"]) is None


@pytest.mark.parametrize("model", [Ticket, Message, Note])
def test_a_number_is_what_the_table_would_have_given(db: None, model: type[Ticket | Message | Note]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        assert gather(NextId(model)) == [cursor.fetchone()[0] + 1]


def test_rows_of_several_tables_are_written_at_once(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tags = [Tag(name="late"), Tag(name="paid")]
    windows = [RateWindow(key=key, expires_at=NOON + timedelta(hours=1), hits=2) for key in "ab"]
    with django_assert_num_queries(1):  # both tables
        write([inserted(*tags), inserted(*windows)])
    assert list(Tag.objects.order_by("name").values_list("name", flat=True)) == ["late", "paid"]
    assert list(RateWindow.objects.order_by("key").values_list("key", "hits", "expires_at")) == [
        (key, 2, NOON + timedelta(hours=1)) for key in "ab"
    ]
    with django_assert_num_queries(0):
        write([])


def test_of_what_is_written_together_all_stands_or_nothing(db: None) -> None:
    failures = JobFailure(job_id=1, error="once"), JobFailure(job_id=1, error="twice")
    with pytest.raises(IntegrityError), transaction.atomic():
        write([inserted(Tag(name="late")), inserted(*failures)])
    assert not Tag.objects.exists()
