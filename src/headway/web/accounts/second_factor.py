"""Setting a second factor up and taking it away, each written down."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from headway.people.actions import access
from headway.settings import queries as settings
from headway.web.accounts import codes


@method_decorator(never_cache, name="dispatch")
class Activation(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """A new authenticator app: its picture to scan, and the first code."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """The code was right: from now on it is asked for."""
        response: HttpResponse = super().form_valid(form)
        codes.claim(Authenticator.objects.get(user=self.request.user, type="totp"), form.cleaned_data["code"])
        access.second_factor_added(self.request.user, actor=self.request.user.actor)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the key in groups of four, for those who type it."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        key = shown["form"].secret
        shown["typed"] = " ".join(key[start : start + 4] for start in range(0, len(key), 4))
        shown["required"] = settings.current().second_factor_required
        return shown


class Removal(DeactivateTOTPView):  # type: ignore[misc]
    """The app is not asked for any more, and the recovery codes go with it."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Taken away."""
        response: HttpResponse = super().form_valid(form)
        access.second_factor_removed(self.request.user, actor=self.request.user.actor)
        return response


class Renewal(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the old ones are worthless."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Made."""
        response: HttpResponse = super().form_valid(form)
        access.recovery_codes_renewed(self.request.user, actor=self.request.user.actor)
        return response
