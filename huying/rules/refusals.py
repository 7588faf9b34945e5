"""What a rule says when it refuses: words for people, with what they are about kept apart, for any language."""

from collections.abc import Callable

# How a text is put into the reader's language. Unless an edge brings its own, texts stay as they are written here.
Say = Callable[[str], str]


class Refusal(ValueError):
    """Something is refused. `template` says why, with `%(name)s` where one of `values` goes."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def said(self, say: Say = str) -> str:
        """The reason in the reader's language; a value that is a known word is put into it too."""
        if not self.values:
            return say(self.template)
        return say(self.template) % {name: _word(value, say) for name, value in self.values.items()}

    def __str__(self) -> str:
        return self.said()


def _word(value: object, say: Say) -> object:
    return say(value) if isinstance(value, str) and value else value
