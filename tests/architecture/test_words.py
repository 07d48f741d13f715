"""The catalogues hold what the source says, and the product reads what the catalogues hold."""

import pytest
from django.utils import translation

from words import catalogue


@pytest.mark.parametrize("language", catalogue.languages())
def test_what_the_product_reads_is_what_was_translated(language: str) -> None:
    file = catalogue.path(language)
    assert file.with_suffix(".mo").read_bytes() == catalogue.compiled(catalogue.read(language)), "run bin/words"


def test_a_fresh_checkout_speaks_them() -> None:
    said = []
    for language in ("de", "es"):
        with translation.override(language):
            said.append(translation.gettext("Recovery codes"))
    assert said == ["Wiederherstellungscodes", "Códigos de recuperación"]
