"""Bounces we wrote after the habits of many systems and languages: recognised, with recipient and kind."""

import pytest

from headway.intake.email.mail import Report
from headway.intake.email.parse.whole import parse
from headway.intake.email.tests.made.bounce import Made
from headway.intake.email.tests.made.bounces_exchange import EXCHANGE
from headway.intake.email.tests.made.bounces_languages import LANGUAGES
from headway.intake.email.tests.made.bounces_products import PRODUCTS
from headway.intake.email.tests.made.bounces_providers import PROVIDERS
from headway.intake.email.tests.made.bounces_servers import SERVERS
from headway.intake.email.tests.made.bounces_wrapped import NO_REPORTS, WRAPPED

MADE = [*SERVERS, *EXCHANGE, *PRODUCTS, *PROVIDERS, *LANGUAGES, *WRAPPED]


def read(raw: str) -> Report | None:
    return parse(raw.encode()).report


@pytest.mark.parametrize("made", MADE, ids=[one.system for one in MADE])
def test_a_bounce_names_its_recipients_and_whether_it_is_for_good(made: Made) -> None:
    found = read(made.raw)
    assert found is not None
    assert (found.kind, [(one.email, one.kind) for one in found.recipients]) == ("bounce", list(made.recipients))


@pytest.mark.parametrize("made", [one for one in MADE if one.message_id], ids=lambda one: one.system)
def test_a_bounce_names_the_mail_it_returns(made: Made) -> None:
    found = read(made.raw)
    assert found is not None
    assert found.original_message_id == made.message_id


@pytest.mark.parametrize("made", MADE, ids=[one.system for one in MADE])
def test_line_ends_make_no_difference(made: Made) -> None:
    assert read(made.raw.replace("\n", "\r\n")) == read(made.raw)


@pytest.mark.parametrize("raw", NO_REPORTS, ids=range(len(NO_REPORTS)))
def test_people_and_shops_who_write_about_deliveries_are_no_mail_servers(raw: str) -> None:
    assert read(raw) is None
