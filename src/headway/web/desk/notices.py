"""What a form said, shown once on the page it leads to."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from headway.foundation.errors import HeadwayError
from headway.web.desk.door import DeskRequest


def done(request: DeskRequest, to: str, verb: Callable[[], object], said: str = "") -> HttpResponse:
    """Carries out a verb and goes to a page, which shows `said`, or why it was refused."""
    try:
        verb()
    except HeadwayError as refusal:
        messages.error(request, refusal.message)
    else:
        if said:
            messages.success(request, said)
    return HttpResponseRedirect(to)


def notices(request: DeskRequest) -> list[tuple[str, str]]:
    """The notices for this page as (level, words); showing them takes them away."""
    return [(message.level_tag, str(message)) for message in messages.get_messages(request)]
