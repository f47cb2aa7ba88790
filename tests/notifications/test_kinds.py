"""Whatever can be told has a sentence and can be chosen."""

from quanzi.notifications import kinds
from quanzi.notifications.wording import SENTENCES


def test_every_kind_has_a_subject_and_a_sentence():
    assert set(SENTENCES) == set(kinds.KINDS)
    assert {kind.subject for kind in kinds.KINDS.values()} == set(kinds.SUBJECTS)
