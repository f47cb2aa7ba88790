"""Collections: their pages, the desk where they are made, and what members suggest."""

from quanzi.collections.routes.arranging import (
    add_section,
    dissolve_section,
    move_entry,
    move_section,
    rename_section,
)
from quanzi.collections.routes.desk import (
    change_collection,
    delete_collection,
    make_collection,
    publish_collection,
    show_collection_desk,
    show_collections_desk,
    withdraw_collection,
)
from quanzi.collections.routes.entries import describe_entry, show_entry, take_entry_out
from quanzi.collections.routes.pages import (
    show_collection,
    show_collection_cover,
    show_collections,
    show_map,
)
from quanzi.collections.routes.suggesting import (
    accept_suggestion,
    decline_suggestion,
    show_suggest,
    show_suggestions,
    suggest_post,
)

ROUTES = [
    show_collections,
    show_collection,
    show_collection_cover,
    show_map,
    show_collections_desk,
    make_collection,
    show_collection_desk,
    change_collection,
    publish_collection,
    withdraw_collection,
    delete_collection,
    add_section,
    rename_section,
    move_section,
    dissolve_section,
    move_entry,
    show_entry,
    describe_entry,
    take_entry_out,
    show_suggest,
    suggest_post,
    show_suggestions,
    accept_suggestion,
    decline_suggestion,
]
