"""The site's own row. The migration holds the real key."""

from piccolo.columns import Boolean, Text, Timestamptz
from piccolo.table import Table


class Site(Table, tablename="site"):
    """One row or none. `name`: '' while nobody has given it one. `founded_at`: since when it has an
    admin; from then on nobody becomes one by setting the site up, whatever becomes of that admin.
    """

    single = Boolean(primary_key=True, default=True)
    name = Text(default="")
    founded_at = Timestamptz(null=True, default=None)
