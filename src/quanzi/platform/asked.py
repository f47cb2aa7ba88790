"""What requests say besides their document: where a list goes on, how much of it, of what, seen when."""

from typing import Annotated

from litestar.params import HeaderParameter, QueryParameter

LIMIT, MOST = 20, 100
# No key is as large; and no program takes it for another number, as some do with larger ones.
END = 2**53 - 1

Size = Annotated[int, QueryParameter(name="limit", ge=1, le=MOST, description="How many at most.")]
After = Annotated[
    int,
    QueryParameter(name="after", ge=0, le=END, description="Where the last page ended."),
]
Cursor = Annotated[
    str, QueryParameter(name="after", max_length=80, description="Where the last page ended.")
]
Fields = Annotated[
    str,
    QueryParameter(
        name="fields", max_length=400, description="Only these, with commas between them."
    ),
]
Seen = Annotated[
    str,
    HeaderParameter(name="If-Match", max_length=200, description="The ETag that was read."),
]
Key = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key", max_length=200, description="The same again does nothing twice."
    ),
]
