"""What credit stands at."""

from piccolo.columns import BigInt, Integer
from piccolo.table import Table


class CreditAccount(Table, tablename="credit_account"):
    """Who has no row has neither earned nor lost anything: `bands.START`."""

    member_id = BigInt(primary_key=True)
    score = Integer()
