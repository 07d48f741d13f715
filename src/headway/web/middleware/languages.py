"""Which language a request asks for, among those that Headway speaks."""

from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def asked(request: HttpRequest) -> str:
    """The first language of Accept-Language that Headway speaks; "" when it asks for none of them."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return ""
