"""Mails that tell people what concerns them: one for a burst, written when it leaves."""

from django.conf import settings as django_settings
from django.utils import timezone, translation

from headway.events.actor import Actor
from headway.foundation.jobs import job, schedule
from headway.notifications import queries
from headway.notifications.actions import telling
from headway.people.queries import agents
from headway.settings import queries as settings
from headway.web.accounts import letters
from headway.web.desk.telling import sentence


@schedule("notifications.gather", "* * * * *")
def gather() -> None:
    """Every minute: what waited long enough becomes one mail for each person."""
    for agent_id, mail in telling.gather(actor=Actor.system()):
        send.defer(lock=f"notifications:{agent_id}", agent_id=agent_id, mail=mail)


@job("notifications.mail", queue="outward", outward=True)
def send(agent_id: int, mail: int) -> None:
    """Sends one person the news that this mail carries, of tickets they may see, unless they have read it meanwhile.

    A crash may send it twice under one Message-ID, never lose it.
    """
    person = agents.on_the_team().filter(pk=agent_id).first()
    rows = queries.carried(person, mail) if person else []
    if person is None or not rows:
        return
    zone = person.timezone or settings.current().timezone
    with translation.override(person.language or settings.current().language), timezone.override(zone):
        root = django_settings.HEADWAY.public_url
        lines = [
            {
                "words": sentence(one),
                "subject": one.subject,
                "ticket_id": one.ticket_id,
                "link": f"{root}/desk/tickets/{one.ticket_id}",
            }
            for one in rows
        ]
        words = {"lines": lines, "choices": f"{root}/desk/notifications/choices"}
        letters.send(person.email, "notifications", words, mail_id=f"notifications-{mail}")
    telling.mailed([one.id for one in rows], actor=Actor.system())
