"""`{% trans %}` without values is put into the compiled template: each language has its own.

Without this a page looks up some sixty sentences that are the same every time.
"""

from gettext import NullTranslations
from typing import Any

from jinja2 import nodes
from jinja2.ext import InternationalizationExtension


class Words(InternationalizationExtension):
    """The environment's `words` are to be set before its first template is compiled."""

    def _make_node(self, singular: str, *given: Any, **named: Any) -> nodes.Output:
        made = super()._make_node(singular, *given, **named)
        call = made.nodes[0]
        alone = (
            isinstance(call, nodes.Call)
            and isinstance(call.node, nodes.Name)
            and call.node.name == "gettext"
            and not call.kwargs
        )
        words: NullTranslations = self.environment.words  # type: ignore[attr-defined]
        # As the extension does it where it is looked up: `%%` is one sign, and nothing is escaped.
        return nodes.Output([nodes.TemplateData(words.gettext(singular) % {})]) if alone else made
