"""Names of people, shops and places; those who answer, by name."""

from collections.abc import Mapping, Sequence

from headway.simulator.texts import names

_READ = names()
ByLanguage = Mapping[str, Sequence[str]]

FIRST: ByLanguage = _READ["first"]
LAST: ByLanguage = _READ["last"]
CITIES: ByLanguage = _READ["cities"]
SHOPS: ByLanguage = _READ["shops"]
WORDS: ByLanguage = _READ["words"]
LATIN: Mapping[str, str] = _READ["latin"]
STAFF = ["Mika", "Jo", "Lena", "Tariq", "Sofie", "Danilo", "Kim", "Alex", "Nora", "Ravi", "Pia", "Luis"]
MAILBOXES = {"de": "postkasten.example", "es": "correo.example", "fr": "boite.example", "it": "posta.example"}

# Those who answer: name, languages, minutes past midnight of a usual start, and tier.
AGENTS = [
    ("Sofia Marin", ("en", "es", "fr"), 420, 1),
    ("Jonas Weidner", ("en", "de"), 480, 1),
    ("Priya Raman", ("en",), 660, 1),
    ("Aoife Brennan", ("en", "de", "fr"), 540, 2),
    ("Camille Roussel", ("en", "fr", "it"), 600, 1),
    ("Marek Dvořák", ("en", "de"), 420, 1),
    ("Samir Khoury", ("en", "ar", "fr"), 570, 2),
    ("Lucía Peralta", ("en", "es", "it"), 690, 1),
    ("Yuki Arakawa", ("en", "ja", "de"), 450, 1),
    ("Hanna Sköld", ("en", "de"), 720, 1),
    ("Theo Vandamme", ("en", "fr", "de"), 600, 2),
    ("Nadia Petrov", ("en", "de", "es"), 510, 1),
]
