"""Pages of insights."""

from quanzi.insights.routes.pages import (
    choose_letter,
    export_insights,
    export_partners_insights,
    show_insights,
    show_partners_insights,
)
from quanzi.insights.routes.unsubscribing import show_unsubscribe, unsubscribe

ROUTES = [
    show_insights,
    show_partners_insights,
    export_insights,
    export_partners_insights,
    choose_letter,
    show_unsubscribe,
    unsubscribe,
]
