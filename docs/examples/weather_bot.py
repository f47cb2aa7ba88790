"""Posts tomorrow's weather for night runners; run it every evening, as often as you like.

    QUANZI_URL=https://quanzi.example QUANZI_KEY=quanzi_… \\
        python weather_bot.py night-run < forecast.json

`forecast.json` is what a weather service answers, as far as it is needed here:
{"date": "2026-11-28", "sky": "小雨", "low": 14, "high": 19, "rain": 80, "wind": 4}

Needs nothing but Python.
"""

import json
import os
import sys
import urllib.request
from typing import Any


def main(circle: str) -> None:
    forecast = json.load(sys.stdin)
    written = post(circle, words(forecast), key=f"weather-{forecast['date']}")
    print(written["url"])


def words(forecast: dict[str, Any]) -> str:
    advice = "带好雨衣，注意路滑。" if forecast["rain"] >= 50 else "适合夜跑。"
    return (
        f"明晚天气（{forecast['date']}）：{forecast['sky']}，{forecast['low']}–{forecast['high']} 度，"
        f"降水 {forecast['rain']}%，风 {forecast['wind']} 级。{advice}"
    )


def post(circle: str, body: str, *, key: str) -> Any:
    """The same `key` again writes nothing twice: a bot that is started twice posts once."""
    request = urllib.request.Request(
        f"{os.environ['QUANZI_URL']}/api/v1/circles/{circle}/posts",
        data=json.dumps({"body": body, "topics": ["天气"]}).encode(),
        headers={
            "Authorization": f"Bearer {os.environ['QUANZI_KEY']}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        },
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main(sys.argv[1])
