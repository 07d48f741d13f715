"""How the rules refuse hours that somebody wrote."""


class Impossible(ValueError):
    """Hours that cannot be: a sentence, and what is filled into it once it is translated."""

    def __init__(self, said: str, **about: object) -> None:
        super().__init__(said % about)
        self.said = said
        self.about = about
