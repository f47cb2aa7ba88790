"""Sentences that are kept until somebody reads them, in whatever language that is."""

import json
from collections.abc import Sequence
from typing import Any

from quanzi.errors import Said


def packed(sentences: Sequence[Said]) -> str:
    return json.dumps([_plain(each) for each in sentences], ensure_ascii=False) if sentences else ""


def unpacked(kept: str) -> list[Said]:
    return [_said(each) for each in json.loads(kept)] if kept else []


def _plain(sentence: Said) -> list[Any]:
    values = {
        name: _plain(value) if isinstance(value, Said) else value
        for name, value in sentence.values.items()
    }
    return [sentence.message, values]


def _said(kept: list[Any]) -> Said:
    message, values = kept
    return Said(
        message,
        **{
            name: _said(value) if isinstance(value, list) else value
            for name, value in values.items()
        },
    )
