"""The desk's page for bringing posts in."""

from quanzi.importing.routes.imports import (
    bring_file,
    show_failures,
    show_import,
    show_imports,
    show_progress,
)
from quanzi.importing.routes.steering import drop_import, start_import, stop_import

ROUTES = [
    show_imports,
    bring_file,
    show_import,
    show_progress,
    show_failures,
    start_import,
    stop_import,
    drop_import,
]
