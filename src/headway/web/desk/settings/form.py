"""A form of the settings: what was typed stays when it is refused, and the refusal stands at its field."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from headway.foundation.errors import HeadwayError
from headway.web.desk.door import DeskRequest


@dataclass(slots=True)
class Form:
    """Values as they are shown, and what is wrong with them by field; "" is about the whole form."""

    values: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, request: DeskRequest) -> dict[str, Any]:
        """What was sent, in the kinds of the values that stand here: a text, a yes or no, a list of choices."""
        for name, value in self.values.items():
            if isinstance(value, bool):
                self.values[name] = name in request.POST
            elif isinstance(value, list):
                self.values[name] = request.POST.getlist(name)
            else:
                self.values[name] = request.POST.get(name, "").replace("\r\n", "\n").strip()
        return self.values

    def save(self, request: DeskRequest, verb: Callable[[], object], to: str, said: str) -> HttpResponse | None:
        """Carries out the verb and goes to a page that shows `said`. None when it was refused: show the form again."""
        try:
            verb()
        except HeadwayError as refusal:
            self.refuse(refusal)
            return None
        messages.success(request, said)
        return HttpResponseRedirect(to)

    def refuse(self, refusal: HeadwayError) -> None:
        """Notes a refusal at the field it is about; one about no field of the form stands above it."""
        name = str(refusal.details.get("field", ""))
        self.errors[name if name in self.values else ""] = refusal.message

    @property
    def status(self) -> int:
        """The answer's status."""
        return 422 if self.errors else 200
