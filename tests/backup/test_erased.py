"""Whom the site's log says it erased, however that log was written."""

import pytest

from quanzi.backup import afterwards
from quanzi.backup.rooms import known


@pytest.mark.parametrize(
    "line",
    [
        '{"member":17,"event":"member.erased","level":"info","timestamp":"2026-11-27T08:00:00Z"}',
        '{"event": "member.erased", "level": "info", "member": 17}',
        "2026-11-27T08:00:00Z [info     ] member.erased                  member=17",
        "\x1b[2m2026-11-27\x1b[0m [\x1b[32minfo\x1b[0m] \x1b[1mmember.erased\x1b[0m \x1b[36mmember\x1b[0m=\x1b[35m17\x1b[0m",
        'site quanzi[9]: {"member":17,"event":"member.erased"}',
    ],
)
def test_a_line_names_its_member(tmp_path, line):
    log = tmp_path / "serve.log"
    log.write_text(f'{{"event":"request","member":3}}\n{line}\n{{"event":"x","member":4}}\n')

    assert afterwards.erased_in(log) == {17}


def test_names_in_a_backup_are_those_of_the_stores():
    assert known(f"media/ab/{'0' * 30}-1440.webp")
    assert not known(f"media/ab/{'0' * 30}-1441.webp")
    assert not known("keys/../secret")
