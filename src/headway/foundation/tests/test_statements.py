"""Many rows of one table at once."""

import pytest
from django.db.transaction import TransactionManagementError

from headway.foundation.statements import add_many
from headway.tickets.models import Tag


@pytest.mark.django_db
def test_rows_get_their_ids_in_order() -> None:
    rows = add_many(Tag(name=f"tag {number:04}") for number in range(1200))
    assert [row.pk for row in rows] == list(Tag.objects.order_by("name").values_list("pk", flat=True))
    assert add_many([]) == []


def test_half_of_them_would_be_there_without_a_transaction(committed_db: str) -> None:
    with pytest.raises(TransactionManagementError):
        add_many([Tag(name="alone")])
    assert not Tag.objects.exists()
