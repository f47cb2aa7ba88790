"""Images in: checked, stripped, resized and stored; and out again. Knows no domain.

squeeze.py  the child process: alone opens what a stranger sent, draws it anew in every size
child.py    runs that process within a limit of time, and believes nothing it says unseen
reading.py  the way in: so many at a time, and stored whole or not at all
store.py    where the files lie, and the one list of sizes
incoming.py what came with a form, and the sentences for what will not do
"""

from quanzi.media.child import Reason, Unreadable
from quanzi.media.reading import MOST_BYTES, Picture, take
from quanzi.media.store import SIZES, FolderStore, Size, Store, WrongName

__all__ = [
    "MOST_BYTES",
    "SIZES",
    "FolderStore",
    "Picture",
    "Reason",
    "Size",
    "Store",
    "Unreadable",
    "WrongName",
    "take",
]
