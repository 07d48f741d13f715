"""`bin/words`: takes the texts of the source into every catalogue and compiles them; says what is left to translate."""

import sys

from words import catalogue
from words.complaints import complaints
from words.source import texts


def main(wanted: list[str]) -> int:
    """`wanted` are languages to begin. Returns 1 when something is left to do."""
    for language in wanted:
        if not catalogue.path(language).exists():
            catalogue.path(language).parent.mkdir(parents=True)
            catalogue.path(language).write_bytes(catalogue.written(catalogue.empty(language)))
    source = texts()
    left = 0
    for language in catalogue.languages():
        renewed = catalogue.renewed(language, source)
        file = catalogue.path(language)
        file.write_bytes(catalogue.written(renewed))
        file.with_suffix(".mo").write_bytes(catalogue.compiled(renewed))
        wrong = complaints(renewed)
        left += len(wrong)
        for complaint in wrong:
            print(f"{language}: {complaint}")
    print(f"{len(source)} texts in {', '.join(catalogue.languages())}; {left} left to do.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
