"""The forms of signing in and of one's own account."""

import zoneinfo
from datetime import timedelta
from functools import lru_cache
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateFactorForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from headway.foundation import limits
from headway.foundation.errors import TooMany
from headway.web.accounts import codes
from headway.web.accounts.tasks import mail_reset
from headway.web.middleware.proxies import client_address

LEAST_PASSWORD = _("At least ten characters; a sentence is easy to remember and hard to guess.")
MOST_CODES, MOST_RESETS = 10, 5
CODES_PER, RESETS_PER = timedelta(minutes=15), timedelta(hours=1)


class SignIn(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email address")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": True}
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].help_text = ""


class AskForReset(ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link. The answer is the same whoever the address belongs to, and takes as long."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email address")
        self.fields["email"].widget.attrs = {"autocomplete": "username", "autofocus": True}

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:
        """Asks for the mail. Raises TooMany for an address that is asked about too often, or asks too much."""
        email = str(self.cleaned_data["email"])
        limits.hit("password-reset", email.lower(), most=MOST_RESETS, per=RESETS_PER)
        limits.hit("password-resets", str(client_address(request)), most=4 * MOST_RESETS, per=RESETS_PER)
        mail_reset.defer(agent_id=self.users[0].pk if self.users else 0)
        return email


class _OnePassword:
    """A new password is typed once: the field can show it, and a second one only doubles the mistakes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        del fields["password2"]
        fields["password1"].label = _("New password")
        fields["password1"].help_text = LEAST_PASSWORD
        fields["password1"].widget.attrs = {"autocomplete": "new-password"}


class ResetPassword(_OnePassword, ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password of somebody who followed the link."""


class ChangePassword(_OnePassword, ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["oldpassword"].help_text = ""
        self.fields["oldpassword"].widget.attrs = {"autocomplete": "current-password", "autofocus": True}


class ConfirmPassword(ReauthenticateForm):  # type: ignore[misc]
    """Once more the password, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "autofocus": True}


class _Code:
    """A code from the app or a recovery code: counted, and good once."""

    user: Any
    authenticator: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.Field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = _("Code")
        field.widget.attrs = {
            "autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false",
        }  # fmt: skip

    def clean_code(self) -> str:
        """The code when it is right. Too many wrong ones lock the person's codes for a while."""
        try:
            limits.hit("second-factor", str(self.user.pk), most=MOST_CODES, per=CODES_PER)
        except TooMany as error:
            raise ValidationError(error.message) from error
        code = str(super().clean_code())  # type: ignore[misc]
        authenticator = getattr(self, "authenticator", None)
        if authenticator is not None and not codes.claim(authenticator, code):
            raise ValidationError(_("This code was used already. Wait for the next one and try again."))
        return code


class EnterCode(_Code, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class ConfirmCode(_Code, ReauthenticateFactorForm):  # type: ignore[misc]
    """Once more the code, before something that matters."""


class ActivateApp(_Code, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app, which shows that it works."""


@lru_cache(maxsize=1)
def _zones() -> list[str]:
    """Zones that people know as a place: the rest are aliases and administrative names."""
    unknown = ("Etc/", "posix", "right", "SystemV/", "US/")
    places = [name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith(unknown)]
    return [*sorted(places), "UTC"]


class Join(forms.Form):
    """What somebody invited chooses."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=LEAST_PASSWORD,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class Profile(forms.Form):
    """Name, language and time zone."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [("", _("As the workspace has it")), *django_settings.LANGUAGES],
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: [("", _("As the browser has it")), *((name, name.replace("_", " ")) for name in _zones())],
    )
