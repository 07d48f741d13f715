"""Links that let somebody in, for mails and for the administrator's command line."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from headway.people.models import Agent


def join(secret: str) -> str:
    """Where somebody invited chooses a password."""
    return f"{settings.HEADWAY.public_url}{reverse('invitation', args=[secret])}"


def new_password(person: Agent) -> str:
    """Where the person sets a new password, once, for a few hours."""
    keys = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return f"{settings.HEADWAY.public_url}{reverse('account_reset_password_from_key', kwargs=keys)}"
