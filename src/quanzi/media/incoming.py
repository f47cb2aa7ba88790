"""Pictures that came with a form: taken in, and thrown away when what they came for does not come
to be."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache

from quanzi.errors import Invalid, Said, said
from quanzi.media.child import Reason, Unreadable
from quanzi.media.reading import MOST_BYTES, Picture, take
from quanzi.media.store import FolderStore
from quanzi.settings import settings

OF_MANY: dict[Reason, str] = {
    "too_large": said("第 %(n)d 张图片超过 %(most)d MB。").message,
    "too_many_pixels": said("第 %(n)d 张图片的尺寸太大（最多 2400 万像素）。").message,
    "not_an_image": said("第 %(n)d 个文件不是图片，只支持 JPEG、PNG、WebP 和 GIF。").message,
    "broken": said("第 %(n)d 张图片已损坏，读不出来。").message,
    "timeout": said("第 %(n)d 张图片处理超时，请换一张小一点的。").message,
}
OF_ONE: dict[Reason, str] = {
    "too_large": said("这张图片超过 %(most)d MB。").message,
    "too_many_pixels": said("这张图片的尺寸太大（最多 2400 万像素）。").message,
    "not_an_image": said("这个文件不是图片，只支持 JPEG、PNG、WebP 和 GIF。").message,
    "broken": said("这张图片已损坏，读不出来。").message,
    "timeout": said("这张图片处理超时，请换一张小一点的。").message,
}


@cache
def store() -> FolderStore:
    return FolderStore(settings().media)


@asynccontextmanager
async def taken_in(
    files: Sequence[bytes], *, field: str, most: int
) -> AsyncIterator[list[Picture]]:
    """The pictures, for as long as the block does not fail. Raises Invalid under `field`."""
    if len(files) > most:
        raise Invalid(
            **{field: said("最多 %(most)d 张图片，你选了 %(now)d 张。", most=most, now=len(files))}
        )
    pictures: list[Picture] = []
    try:
        for number, file in enumerate(files, start=1):
            try:
                pictures.append(await take(file, store()))
            except Unreadable as why:
                raise Invalid(**{field: _sentence(why.reason, number, most)}) from why
        yield pictures
    except BaseException:
        await discard_all(pictures)
        raise


async def discard_all(pictures: Sequence[Picture]) -> None:
    for picture in pictures:
        await discard(picture.name)


async def discard(name: str) -> None:
    await asyncio.to_thread(store().delete, name)


def _sentence(reason: Reason, number: int, most: int) -> Said:
    if most == 1:
        return Said(OF_ONE[reason], most=MOST_BYTES // 2**20)
    return Said(OF_MANY[reason], n=number, most=MOST_BYTES // 2**20)
