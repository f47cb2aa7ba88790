"""Pictures that came with a form: taken in, and thrown away when the post does not come to be."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache

from quanzi.errors import Invalid, Said, said
from quanzi.media import MOST_BYTES, FolderStore, Picture, Reason, Unreadable, take
from quanzi.posts.drafts import MOST_IMAGES
from quanzi.settings import settings

WHY: dict[Reason, str] = {
    "too_large": said("第 %(n)d 张图片超过 %(most)d MB。").message,
    "too_many_pixels": said("第 %(n)d 张图片的尺寸太大（最多 2400 万像素）。").message,
    "not_an_image": said("第 %(n)d 个文件不是图片，只支持 JPEG、PNG、WebP 和 GIF。").message,
    "broken": said("第 %(n)d 张图片已损坏，读不出来。").message,
    "timeout": said("第 %(n)d 张图片处理超时，请换一张小一点的。").message,
}


@cache
def store() -> FolderStore:
    return FolderStore(settings().media)


@asynccontextmanager
async def taken_in(files: Sequence[bytes]) -> AsyncIterator[list[Picture]]:
    """The pictures, for as long as the block does not fail. Raises Invalid under `images`."""
    if len(files) > MOST_IMAGES:
        raise Invalid(
            images=said(
                "最多 %(most)d 张图片，你选了 %(now)d 张。", most=MOST_IMAGES, now=len(files)
            )
        )
    pictures: list[Picture] = []
    try:
        for number, file in enumerate(files, start=1):
            pictures.append(await _take(file, number))
        yield pictures
    except BaseException:
        await discard_all(pictures)
        raise


async def discard_all(pictures: Sequence[Picture]) -> None:
    for picture in pictures:
        await discard(picture.name)


async def discard(name: str) -> None:
    await asyncio.to_thread(store().delete, name)


async def _take(file: bytes, number: int) -> Picture:
    try:
        return await take(file, store())
    except Unreadable as why:
        raise Invalid(images=_sentence(why.reason, number)) from why


def _sentence(reason: Reason, number: int) -> Said:
    return Said(WHY[reason], n=number, most=MOST_BYTES // 2**20)
