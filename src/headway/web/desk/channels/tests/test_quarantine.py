"""Quarantine at the desk."""

from headway.intake.email import claiming, processing
from headway.intake.models import RawMail
from headway.intake.tests.letters import arrive, letter
from headway.people.models import Agent
from headway.web.desk.tests.conftest import At

PAGE = "/desk/quarantine"


def put_aside(text: str = "Hello", why: str = "took more processor time than allowed") -> RawMail:
    row = arrive(letter(text), process=False)
    claiming.quarantine(row.pk, why)
    return row


def test_an_empty_quarantine_says_what_lands_there(at_desk: At, ada: Agent) -> None:
    assert "Every mail could be read" in at_desk(ada).get(PAGE).content.decode()


def test_reasons_are_said_in_words_and_counted(at_desk: At, ada: Agent) -> None:
    for _number in range(3):
        put_aside()
    put_aside(why="DataError: a value did not fit")
    page = at_desk(ada).get(PAGE).content.decode()
    assert "Reading it took longer than any mail may take." in page
    assert "Process all 3 again" in page
    narrowed = at_desk(ada).get(PAGE, {"reason": "DataError: a value did not fit"}).content.decode()
    assert narrowed.count('name="ids"') == 1


def test_the_source_is_text_and_never_markup(at_desk: At, ada: Agent) -> None:
    row = put_aside("<script>alert(1)</script>")
    client = at_desk(ada)
    page = client.get(f"{PAGE}/{row.pk}").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    download = client.get(f"{PAGE}/{row.pk}/source")
    assert b"".join(download) == letter_of(row)
    assert "attachment" in download["Content-Disposition"]
    assert download["Content-Type"] == "application/octet-stream"


def letter_of(row: RawMail) -> bytes:
    from headway.intake import queries

    return queries.raw_of(row.pk)


def test_one_mail_is_tried_again_and_its_page_follows(at_desk: At, ada: Agent) -> None:
    row, client = put_aside(), at_desk(ada)
    answer = client.post(f"{PAGE}/{row.pk}/retry")
    assert answer["Location"] == f"{PAGE}/{row.pk}"
    assert "every 2s" in client.get(f"{PAGE}/{row.pk}").content.decode()
    processing.process_waiting()
    page = client.get(f"{PAGE}/{row.pk}").content.decode()
    row.refresh_from_db()
    assert row.message is not None
    assert f"Open ticket #{row.message.ticket_id}" in page
    assert "every 2s" not in page
    client.post(f"{PAGE}/{row.pk}/retry")
    assert "not in quarantine any more" in client.get(f"{PAGE}/{row.pk}").content.decode()


def test_all_of_one_reason_are_tried_again_and_lead_to_their_results(at_desk: At, ada: Agent) -> None:
    rows = [put_aside() for _number in range(2)]
    other, client = put_aside(why="MemoryError: "), at_desk(ada)
    answer = client.post(f"{PAGE}/retries", {"reason": rows[0].error or "took more processor time than allowed"})
    processing.process_waiting()
    results = client.get(answer["Location"]).content.decode()
    assert results.count("Became a message") == 2
    other.refresh_from_db()
    assert other.state == "quarantined"


def test_chosen_ones_are_tried_again(at_desk: At, ada: Agent) -> None:
    chosen, left, client = put_aside(), put_aside(), at_desk(ada)
    client.post(f"{PAGE}/retries", {"ids": [chosen.pk, "nonsense"]})
    assert [RawMail.objects.get(pk=row.pk).state for row in (chosen, left)] == ["stored", "quarantined"]
    assert client.post(f"{PAGE}/retries", {})["Location"] == PAGE
    assert "None of these mails" in client.get(PAGE).content.decode()


def test_a_discarded_mail_is_gone_from_the_list(at_desk: At, ada: Agent) -> None:
    row, client = put_aside(), at_desk(ada)
    client.post(f"{PAGE}/{row.pk}/removal")
    page = client.get(PAGE).content.decode()
    assert "Discarded." in page
    assert "Every mail could be read" in page


def test_bytes_that_are_gone_are_said(at_desk: At, ada: Agent) -> None:
    row = put_aside()
    RawMail.objects.filter(pk=row.pk).update(sha256="0" * 64)
    assert "missing from the file store" in at_desk(ada).get(f"{PAGE}/{row.pk}").content.decode()
    assert at_desk(ada).get(f"{PAGE}/{row.pk}/source").status_code == 404
