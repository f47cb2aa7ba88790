"""The rules that every site begins with, as the code has them."""

from quanzi.credit.rules import Rule, Rules

FIRST: Rules = {
    "verified": Rule(60),
    "member": Rule(5, most=60),
    "kept": Rule(2, per_day=4, expires_days=365),
    "liked": Rule(
        steps={"3": 1, "10": 2, "30": 3, "100": 4}, per_day=10, expires_days=365, per_pair=3
    ),
    "digest": Rule(8, per_day=16, expires_days=365),
    "helped": Rule(3, per_day=9, expires_days=365),
    "decision": Rule(
        steps={
            "sexual": -60,
            "gambling": -60,
            "fraud": -120,
            "violence": -60,
            "contraband": -80,
            "abuse": -30,
            "advertising": -30,
            "privacy": -40,
            "other": -20,
        },
        expires_days=365,
    ),
    "banned": Rule(-100, expires_days=730),
}
