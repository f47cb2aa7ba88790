"""Every drawing by its name: a scene in certain colours."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from quanzi.demo.painting import animals, home, maps, outdoors, sport, things, town
from quanzi.demo.painting.canvas import Canvas, Colour

Scene = Callable[[Canvas, tuple[Colour, ...]], None]

WIDE, TALL, SQUARE = (720, 540), (540, 720), (640, 640)
COVER = (1440, 810)


@dataclass(frozen=True, slots=True)
class Drawing:
    scene: Scene
    colours: tuple[Colour, ...]
    size: tuple[int, int] = WIDE


def _of(scene: Scene, colours: str, size: tuple[int, int] = WIDE) -> Drawing:
    return Drawing(scene, tuple("#" + colour for colour in colours.split()), size)


DRAWINGS: dict[str, Drawing] = {
    "river-night": _of(outdoors.river, "141d3a 4a5a8c 2e3a63 1c2545 fff2cf ffcf87"),
    "river-dusk": _of(outdoors.river, "f2b28c fbe3c4 c98f86 8a5f6c fff6de ffe0a3"),
    "river-dawn": _of(outdoors.river, "8fb0cc e9e6dc 9db3c2 6b8599 fffaf0 f6e6c4"),
    "bridge-night": _of(outdoors.bridge, "1a2140 6a6a9c 39406b 141a33 ffd9a8 ffd28a"),
    "bridge-day": _of(outdoors.bridge, "7fb2cf f5e3cf 8fb0bd 3f5c70 fff2d8 ffffff"),
    "bridge-dusk": _of(outdoors.bridge, "5f5a8c f0a98a 9a7a96 3a3358 ffe3b8 ffe0a3"),
    "hills-sunrise": _of(outdoors.hills, "f7d9b8 fbeee0 ffb26b e3b7a0 5f6f77"),
    "hills-green": _of(outdoors.hills, "a9d0d8 eef3e6 fff3c4 bcd6bf 2f6a58", TALL),
    "hills-rose": _of(outdoors.hills, "f3c4c0 fbe9e0 ffd2a8 e8b4b4 7a5a78"),
    "sea-day": _of(outdoors.sea, "bfe0e6 f6efe0 ffd9a0 8fc7cf 1f5f7a"),
    "sea-dusk": _of(outdoors.sea, "2a2f55 e59a86 ffd9a0 6c6a9a 1c2346"),
    "park-night": _of(outdoors.park, "24345a 6f86a8 2f5d58 2b4a48 6d7a86 ffd995"),
    "park-day": _of(outdoors.park, "bfe3e8 eef6e6 6fae7c 9cc78f ecdcc0 fff3cf"),
    "park-autumn": _of(outdoors.park, "f3d9b0 fbf0dc d9963f c9b06a ead9bd fff3cf"),
    "track-day": _of(sport.track, "bfe0ee eef6f4 c8654f fbeee6 7fb07c"),
    "track-dusk": _of(sport.track, "6a5f96 f0b496 a9564f f6e3d8 55806c"),
    "route-day": _of(sport.route, "efeae0 ffffff a8cfdc cfe3c4 e0793b 1f7a5c"),
    "route-night": _of(sport.route, "232b3d 35405a 2f5876 2b4a45 ffb86b ff7d5c"),
    "route-green": _of(sport.route, "e6efe3 fbfffa 9fcfd0 b9dcb0 c4604a 2f6a8a"),
    "map-island": _of(
        partial(
            maps.way,
            run=((0.3, 0.62), (0.42, 0.69), (0.58, 0.6), (0.66, 0.5), (0.55, 0.45), (0.38, 0.5)),
            closed=True,
            island=(0.48, 0.57, 0.16),
        ),
        "efeae0 ffffff a8cfdc cfe3c4 e0793b 1f7a5c",
    ),
    "map-bridges": _of(
        partial(
            maps.way,
            run=((0.32, 0.42), (0.5, 0.46), (0.7, 0.32), (0.74, 0.56), (0.55, 0.74), (0.34, 0.7)),
            closed=True,
            bridges=(0.32, 0.72),
        ),
        "232b3d 35405a 2f5876 2b4a45 ffb86b ff7d5c",
    ),
    "map-there": _of(
        partial(
            maps.way,
            run=((0.78, 0.3), (0.66, 0.36), (0.52, 0.44), (0.36, 0.42), (0.2, 0.4), (0.12, 0.46)),
            island=(0.3, 0.56, 0.1),
        ),
        "f3ece0 ffffff b5cfe0 d8e0c0 c4604a 2f6a8a",
    ),
    "map-old-town": _of(
        partial(
            maps.way,
            run=((0.14, 0.78), (0.26, 0.7), (0.3, 0.84), (0.45, 0.8), (0.52, 0.72), (0.66, 0.66)),
        ),
        "efe6dc fffaf4 a8cfdc d9dcb8 8a5a9c c4604a",
    ),
    "map-ring": _of(
        partial(
            maps.way,
            run=(
                (0.2, 0.3),
                (0.36, 0.16),
                (0.6, 0.14),
                (0.8, 0.3),
                (0.84, 0.62),
                (0.68, 0.84),
                (0.4, 0.88),
                (0.2, 0.72),
            ),
            closed=True,
            bridges=(0.2, 0.83),
        ),
        "e6efe3 fbfffa 9fcfd0 b9dcb0 2f6a8a c4604a",
    ),
    "shoe-red": _of(sport.shoe, "f6d9cf fbeee6 e0655c fffaf4 2f4a66"),
    "shoe-green": _of(sport.shoe, "cfe6dc eef7f0 1f7a5c fffdf6 f2a65a"),
    "shoe-blue": _of(sport.shoe, "d6e3f2 f0f5fa 3f6fb0 fffdf6 f28c4a", SQUARE),
    "stopwatch-light": _of(sport.stopwatch, "dfe9f2 f4f7fa 2f4a66 fffdf8 e0655c", SQUARE),
    "stopwatch-dark": _of(sport.stopwatch, "2b3350 4a5578 e3dccf fffdf8 e0793b", SQUARE),
    "cat-ginger": _of(animals.cat, "cfe3dc e8a25c c9783a f2b8a6 7fb069"),
    "cat-grey": _of(animals.cat, "e6d9ec 8b93a3 646c7d e6b8b8 f2c14e", TALL),
    "cat-black": _of(animals.cat, "f6dcc8 3b3a42 2a292f 8a5f66 e7c65a", SQUARE),
    "cat-white": _of(animals.cat, "cfdff0 f6efe6 e6c9a0 f2c3b8 6fa8d0"),
    "dog-brown": _of(animals.dog, "d5e6ee c98a4b 8f5a34 fbf1e2 ef8f86"),
    "dog-golden": _of(animals.dog, "f4e2c4 e9c58a c9975a fff6e6 ef8f86"),
    "dog-grey": _of(animals.dog, "dfe6d2 5a5f6b 3d414b f2efe9 f0948c"),
    "window-night": _of(animals.window_cat, "e9d3bf 27345e 6a76a8 8a6a55 26222b ffe9b8"),
    "window-dusk": _of(animals.window_cat, "cfe0d8 f2b98f fbe6c6 fffaf0 5c4a42 fff3d0"),
    "lawn-day": _of(animals.lawn_dog, "bfe3f0 eef7ee 86bd77 d9a05e 9c6337 e0655c"),
    "lawn-dusk": _of(animals.lawn_dog, "f6c9a0 fbeedd b9b56a f2e6d4 c9a27a 4f8fc0"),
    "paws-warm": _of(animals.paws, "f4e3d3 e0a98a 8fb5a8"),
    "paws-cool": _of(animals.paws, "dfeaf0 8fb0c9 e3b08f", SQUARE),
    "bowl-teal": _of(animals.bowl, "e3eef0 d8c2a4 5f9ea0 a86b3c fff6e6"),
    "bowl-coral": _of(animals.bowl, "fbe6dc e6cdb8 e0806a 8f5f3c fff6e6"),
    "books-bright": _of(things.books, "e6efe8 d9b48f c4604a 2f6a6a e3a64a"),
    "books-soft": _of(things.books, "e3e0ef cbb8a4 4a5a8c c98f86 6f9a8a", TALL),
    "open-night": _of(things.open_book, "3a3550 6b4d3f fbf2df 7a4a3a ffd995"),
    "open-day": _of(things.open_book, "dfe9e6 d9bfa0 fffaf0 2f6a6a ffe6ae"),
    "shelf-bright": _of(things.shelf, "efe4d2 a8794f c4604a 2f6a6a e3a64a 4a5a8c 8f5a6a"),
    "shelf-dark": _of(things.shelf, "3b4252 6b4d3f 8fb5a8 d9a066 b05f5f e6d3ae 5f7f9f", TALL),
    "coffee-wood": _of(things.coffee, "d8b996 fffaf0 7a4a2f fbf6ea 2f6a6a"),
    "coffee-mint": _of(things.coffee, "a9c4bd fffdf6 6b3f2a fffaf0 e0793b"),
    "jar-green": _of(things.jar, "dfeee6 d9bfa0 f0b94a 4f9a6c 2f6a6a"),
    "jar-warm": _of(things.jar, "f6e3d0 c9a98a e8a93c 7a9a4f c4604a", TALL),
    "bars-day": _of(things.bars, "d5e6e0 fffef9 7fb5a3 e0793b 1f5f4f"),
    "bars-night": _of(things.bars, "2b3348 36405a 6f8fc0 ffb86b e6ecf6"),
    "pie-warm": _of(things.pie, "f3e2d3 fffdf8 2f7a6a e8a25c d9705f 8fa8c9"),
    "pie-cool": _of(things.pie, "dbe6f0 ffffff 3f6f9f 6fb0a8 e8b45c c98fa0"),
    "laptop-day": _of(things.laptop, "dbe6ef c9ab8c 4a5260 2f4a66 f2a65a"),
    "laptop-warm": _of(things.laptop, "efe0d6 b58f72 d9dde2 3f5a52 e8b04a"),
    "bubbles-cool": _of(things.bubbles, "e3ecf4 4f7fb0 e0926b 5fa08f"),
    "bubbles-warm": _of(things.bubbles, "f2e8dd c4604a 4a6a7a d9a54a"),
    "microphone-night": _of(things.microphone, "2f3556 6a6a9c e3dccf 8f97a8 ffb98a"),
    "microphone-day": _of(things.microphone, "fbe3d3 f6efe4 3f4a5a c9705f e8a98a", SQUARE),
    "campus-summer": _of(town.campus, "bfe0ee f2f4ea d98f72 8a4b45 7fae6f a4c98c"),
    "campus-autumn": _of(town.campus, "f3c79a fbeedd c9806a 5f4a5a d9a54a b9b070"),
    "bicycle-autumn": _of(town.bicycle, "f6ecd2 fbf6ea e8b84a d9cbb0 2f7a6a 7a4a35"),
    "bicycle-spring": _of(town.bicycle, "d9e8ef f4f4ee 8fbf7a cfd3c4 c4604a 5a4436"),
    "blocks-day": _of(town.blocks, "e6eef0 f4dcc8 8fa8b5 b9c9cf 6fa878 ffffff"),
    "blocks-night": _of(town.blocks, "262f48 5f6f9a 2f3a5e 3f4c78 3f7a72 39456a"),
    "office-night": _of(town.office, "3c4a66 5a6f8f ffd98f 1f2a4a 7a6a9a", TALL),
    "office-day": _of(town.office, "c9d3d9 8fb3c9 fff0c4 a9cfe0 f6e3d0", TALL),
    "metro-day": _of(town.metro, "8fa8b5 cfdbe0 f4f4f0 1f7a5c b5b0a6"),
    "metro-dusk": _of(town.metro, "4a5478 8088a8 dfe3ec e0793b 7a7686"),
    "rain-day": _of(town.rain, "7f94a8 c3ced6 8a98a3 e0b23c c4604a 3f8f8a"),
    "rain-night": _of(town.rain, "3a4468 7a84a8 4a5270 e88f7a 7fb5c9 f0c36a"),
    "mobile-blue": _of(home.mobile, "dbe8f2 9a7f6a f4cf73 f0a58f ffffff 7fa8cf"),
    "mobile-pink": _of(home.mobile, "f6e0dc 9a7f6a f4cf73 8fc0b0 fffaf4 b59acb"),
    "toys-bright": _of(home.toys, "eaf0e4 e0c4a0 e8907a 6fa8b8 f0bf5a b07a4f"),
    "toys-soft": _of(home.toys, "efe6f0 d9c3b0 9ab89a c99ab0 e8b06a 8f6f5a"),
    "washing-day": _of(home.washing, "bfe0ee f2f6ee f0a08a f4cf73 7fa8cf ffffff a9cfae"),
    "flowers-red": _of(home.flowers, "f4e0da d9bfa4 7fa8a0 e0705f f0b59a 5f8f6a", TALL),
    "flowers-violet": _of(home.flowers, "dfe8f0 cbb79f f4efe6 8f7fc0 f0c36a 5a8f78", TALL),
    "flowers-yellow": _of(home.flowers, "e4eee4 d3b896 5f8fa0 f0b94a f6dc9a 5a8f5f", SQUARE),
    "lunch-wood": _of(home.lunch, "cbb094 3f6a7a d99a5a 5f9a5a d2604a efe4cf"),
    "lunch-mint": _of(home.lunch, "8fb5ab f2efe6 c97f4a 6fa05a c4503f d9c7a4"),
}
