"""What waits for the platform in the demo: one who wants to be a partner, one partner's circle."""

import asyncio
import hashlib

from quanzi.db.engine import rows
from quanzi.demo.painting.painter import paint
from quanzi.demo.painting.scenes import COVER
from quanzi.media.incoming import store

# The same at every load, so that a load that was cut short leaves nothing behind.
NAME = hashlib.sha256(b"demo/asking/cover").hexdigest()[:32]


async def ask(ids: dict[str, int]) -> None:
    """`ids`: members by handle. Who has asked for something before asks for nothing now."""
    await rows(
        """insert into application (kind, applicant_id, slug, name, name_en, partner_kind, intro,
                                    contact, created_at)
           select 'partner', $1, 'laozhou-shoes', '老周跑鞋铺', 'Lao Zhou’s Running Shoes', 'merchant',
                  $2, '老周，laozhou@example.com', now() - interval '26 hours'
           where not exists (select from application where applicant_id = $1)""",
        ids["laozhou"],
        "在体育东路开了六年的跑鞋小店，每周三晚带附近的人跑五公里。想开一个圈子，聊鞋、修鞋，也聊怎么跑不受伤。店里两个人轮流管。",
    )
    asked = await rows(
        """insert into application (kind, applicant_id, partner_id, slug, name, name_en,
                                    category_slug, intro, rules, cover, created_at)
           select 'circle', $1, p.id, 'city-birds', '城市观鸟', 'City Birds', 'pets', $2, $3, $4,
                  now() - interval '3 hours'
           from partner p where p.slug = 'mengxingren'
             and not exists (select from application where applicant_id = $1) returning 1""",
        ids["mengxingren-owner"],
        "抬头看看：小区里的鸟比你以为的多。拍到的、听到的、认不出来的，都可以发在这里。",
        "不投喂，不靠近鸟巢，不写出珍稀鸟类的具体位置。\n拍照不用闪光灯。",
        NAME,
    )
    if asked:
        await asyncio.to_thread(paint, "hills-sunrise", NAME, store(), COVER)
