"""Numbers of identity documents: one way to write them, what is wrong with one, and what they tell.

Resident identity numbers of mainland China: GB 11643-1999 (18 characters, the last a checksum by
ISO 7064 MOD 11-2; characters 7 to 14 are the date of birth).
"""

import re
import unicodedata
from datetime import date

from quanzi.errors import Said, said

KINDS: dict[str, Said] = {
    "resident": said("居民身份证"),
    "permit": said("港澳台居民居住证或通行证"),
    "passport": said("护照"),
}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
RESIDENT = re.compile(r"\d{17}[\dX]", re.ASCII)
OTHER = re.compile(r"[A-Z0-9]{5,20}", re.ASCII)
# PIPL, article 31: below this a guardian decides.
CHILD_BELOW = 14
OLDEST = 130


def normalised(typed: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).upper()


def fault(kind: str, number: str) -> Said | None:
    if kind != "resident":
        return None if OTHER.fullmatch(number) else said("证件号码看不懂，请检查一下。")
    if not RESIDENT.fullmatch(number):
        return said("身份证号是 18 位，最后一位可以是 X。")
    if CHECKS[sum(w * int(c) for w, c in zip(WEIGHTS, number, strict=False)) % 11] != number[17]:
        return said("身份证号不对，请检查一下。")
    return None if born(number) else said("身份证号不对，请检查一下。")


def born(number: str) -> date | None:
    """From a resident identity number."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def masked(number: str) -> str:
    """`3****************X`"""
    return number[0] + "*" * (len(number) - 2) + number[-1]
