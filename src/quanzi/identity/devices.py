"""What people call the device behind a User-Agent: "Chrome · Windows", "Safari · iPhone".

A few words for a list of one's own sessions; nothing is decided by it. The order matters: most
browsers also claim to be the ones they descend from.
"""

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("AlipayClient", "支付宝"),
    ("DingTalk", "钉钉"),
    ("Weibo", "微博"),
    ("MQQBrowser", "QQ 浏览器"),
    ("QQ/", "QQ"),
    ("UCBrowser", "UC"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def label(agent: str) -> str:
    """'' for what says nothing that people know."""
    found = (_first(agent, BROWSERS), _first(agent, SYSTEMS))
    return " · ".join(part for part in found if part)


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in agent), "")
