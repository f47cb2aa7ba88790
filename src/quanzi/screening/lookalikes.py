"""Characters that are drawn instead of the ones that are meant."""

# Letters of other scripts that a reader takes for Latin ones; folded to lower case already.
_LETTERS = {
    "a": "аαɑᴀ∂ạ",
    "b": "ьвβʙƀɓ",
    "c": "сϲᴄ¢ƈ",
    "d": "ԁɗᴅđ",
    "e": "еεєɛᴇҽ",
    "f": "ƒꜰ",
    "g": "ɡɢցց",
    "h": "һнʜհ",
    "i": "іιıɪ¡",
    "j": "јϳᴊ",
    "k": "кκᴋĸ",
    "l": "ӏʟłⅼ",
    "m": "мᴍ",
    "n": "пηɴո",
    "o": "оοσᴏօø",
    "p": "рρᴘ",
    "q": "ԛզ",
    "r": "гʀɾ",
    "s": "ѕꜱʂ",
    "t": "тτᴛŧ",
    "u": "υսᴜ",
    "v": "νѵᴠ∨",
    "w": "ωѡԝᴡա",
    "x": "хχ×",
    "y": "уγүʏ",
    "z": "ᴢʐ",
}
_CHARACTERS = {
    "微": "薇葳溦嶶",
    "信": "訫",
    "红": "荭渱",
    "赌": "睹",
    "码": "犸",
    "彩": "綵",
    "钱": "玍",
    "群": "羣",
    "单": "単",
    "带": "帯",
    "冰": "氷",
    "发": "発",
    "卖": "売",
    "气": "気",
    "价": "価",
    "黑": "黒",
    "京": "亰",
    "开": "幵",
    "对": "対",
    "图": "図",
    "广": "広",
    "药": "薬",
}
# What a sign stands for among people who sell something.
_SIGNS = {
    "🐧": "qq",
    "➕": "加",
    "🔞": "18禁",
    "💰": "钱",
    "🐔": "鸡",
    "💊": "药",
    "🔫": "枪",
    "🧧": "红包",
    "✈": "飞机",
    "🛰": "卫星",
    "🐴": "妈",
    "🍚": "饭",
    "🈵": "满",
    "🉑": "可",
    "🈲": "禁",
    "🍵": "茶",
}
_SQUARED = {
    chr(first + place): letter
    for first in (0x1F150, 0x1F170, 0x1F1E6)
    for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")
}
MEANT = {
    **{drawn: meant for meant, some in (_LETTERS | _CHARACTERS).items() for drawn in some},
    **_SIGNS,
    **_SQUARED,
}

# One character each, so that places stay.
NUMERALS = str.maketrans(
    "零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺",
    "001234567891234567891",
)
# As letters; what "1" stands for is tried both ways.
LEET = str.maketrans("013457", "oieast")
LEET_L = str.maketrans("013457", "oleast")
