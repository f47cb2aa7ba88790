"""A part of what members get who ask for their data. Each domain offers its own: `exporting.py`."""

from dataclasses import dataclass

from quanzi.errors import Said


@dataclass(frozen=True, slots=True)
class Part:
    """`sql` asks for one member's rows, with the member as $1."""

    title: Said
    sql: str
