"""Coverage-guided search for bytes that break the reader of mails: `bin/fuzz`.

A find is whatever raises, gives what the database refuses, takes ten seconds or 512 MB.
"""

import sys

import atheris

with atheris.instrument_imports(include=["headway.intake.email"]):
    from headway.intake.email.parse.whole import Care, parse

from headway.intake.email.tests.storable import assert_storable


def read(raw: bytes) -> None:
    """Parses one input in every manner the product does."""
    for care in Care:
        assert_storable(parse(raw, care))


def main() -> None:
    """Runs until the time given on the command line is over, or something was found."""
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
