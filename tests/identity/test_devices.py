"""A device is called what people call it."""

import pytest

from quanzi.identity import devices

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
AGENTS = [
    (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/142.0.0.0 Safari/537.36", "Chrome · Windows"),
    (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/142.0 Safari/537.36 Edg/142.0", "Edge · Windows"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox · Mac"),
    (f"Mozilla/5.0 (Linux; Android 15; V2405A) {KIT} Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0", "微信 · Android"),
    (f"Mozilla/5.0 (X11; CrOS x86_64 16093) {KIT} Chrome/142.0 Safari/537.36", "Chrome · ChromeOS"),
    ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1 CriOS/142.0 Mobile Safari/604.1", "Chrome · iPad"),
    ("curl/8.5.0", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("agent", "said"), AGENTS)
def test_an_agent_is_called_what_people_call_it(agent, said):
    assert devices.label(agent) == said
