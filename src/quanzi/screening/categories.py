"""What can be wrong with something, in the words that reports, verdicts and decisions share."""

from quanzi.errors import Said, said

CATEGORIES: dict[str, Said] = {
    "sexual": said("色情"),
    "gambling": said("赌博"),
    "fraud": said("诈骗"),
    "violence": said("暴力"),
    "contraband": said("违禁"),
    "abuse": said("辱骂"),
    "advertising": said("广告引流"),
    "privacy": said("隐私"),
    "other": said("其他"),
}
