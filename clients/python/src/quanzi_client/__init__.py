"""Programs for a Quanzi site: post, read, listen."""

from quanzi_client.asking import Refused
from quanzi_client.site import Quanzi

__all__ = ["Quanzi", "Refused"]
