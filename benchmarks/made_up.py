"""Texts made of the examples' words: clauses mixed, with invented persons, dates, numbers and orders, and true places.

Frequent clauses are many times as frequent as rare ones, as in real reports; invented words make sure that there are
words that stand in a few texts only.
"""

import csv
import random
from collections.abc import Sequence
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

from generate import example_actions
from pythainlp.tokenize import word_tokenize

_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_NAMES = [
    "กมล",
    "สมชาย",
    "วิไล",
    "ประเสริฐ",
    "อรุณ",
    "จันทร์",
    "พิมพ์",
    "ธนา",
    "วรรณ",
    "ศักดิ์",
    "รัตน์",
    "ชัย",
    "สุข",
    "มณี",
    "เดช",
    "พร",
    "นภา",
    "กิจ",
    "ฤทธิ์",
    "ฉวี",
]
_TITLES = ("นาย", "นาง", "นางสาว", "ว่าที่ร้อยตรี", "ดร.")
_FIRST_LETTERS = "กขคงจฉชซฐณดตถทธนบปผฝพฟภมยรลวศสหฬอฮ"
_RHYMES = ["า", "ี", "ู", "ัน", "ิน", "ุม", "้าว", "่อง", "้น", "๊ะ", "์", "็ง", "ำ", "ัวร์", "อก", "ื่อ", "ึก"]
_UNITS = ("คน", "บาท", "ครั้ง", "รายการ", "ฉบับ")
_PAPERS = ("คำสั่งที่", "ประกาศที่", "บันทึกข้อความที่", "หนังสือที่ มท", "เอกสารเลขที่")
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


class Place(NamedTuple):
    """A subdistrict and its province."""

    name: str
    province: str


class MadeUp:
    """A source of texts; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        clauses = sorted({clause for text in example_actions() for clause in text.split() if len(clause) > 3})
        self._random.shuffle(clauses)
        self._clauses = clauses
        self._words = [word_tokenize(clause, engine="newmm") for clause in clauses]
        self._weights = list(accumulate(1 / (rank + 5) for rank in range(len(clauses))))
        self._places = places()

    def action(self) -> str:
        """What an office did, in 20 to 300 characters."""
        chance = self._random.random
        count = self._random.randint(1, 5)
        parts = [self._clause() for _ in range(count)]
        if chance() < 0.5:
            parts.append(f"เมื่อวันที่ {self.day()}")
        if chance() < 0.3:
            parts.insert(self._random.randrange(count), self._detail())
        text = " ".join(parts)
        return text.translate(_THAI_DIGITS) if chance() < 0.5 else text

    def day(self) -> str:
        """A date in Thai."""
        return f"{self._random.randint(1, 28)} {self._random.choice(_MONTHS)} {self._random.randint(2561, 2568)}"

    def number(self, least: int, most: int) -> int:
        """A number, both ends included."""
        return self._random.randint(least, most)

    def _clause(self) -> str:
        """A clause of the examples; every other time the beginning of one with the end of another."""
        if self._random.random() < 0.5:
            return self._random.choices(self._clauses, cum_weights=self._weights)[0]
        first, second = self._random.choices(self._words, cum_weights=self._weights, k=2)
        return "".join(first[: len(first) // 2 + 1] + second[len(second) // 2 :])

    def _detail(self) -> str:
        """A person, a place, a paper, an amount, or an invented word."""
        kind = self._random.randrange(5)
        if kind == 0:
            names = self._random.choices(_NAMES, k=4)
            return f"{self._random.choice(_TITLES)}{names[0]}{names[1]} {names[2]}{names[3]}"
        if kind == 1:
            place = self._random.choice(self._places)
            return f"ณ ตำบล{place.name} จังหวัด{place.province}"
        if kind == 2:
            return f"{self._random.choice(_PAPERS)} {self._random.randint(1, 999)}/{self._random.randint(2561, 2568)}"
        if kind == 3:
            return f"จำนวน {self._random.randint(2, 99_999):,} {self._random.choice(_UNITS)}"
        return self._word()

    def _word(self) -> str:
        count = self._random.randint(2, 4)
        letters = self._random.choices(_FIRST_LETTERS, k=count)
        return "".join(
            first + rhyme for first, rhyme in zip(letters, self._random.choices(_RHYMES, k=count), strict=True)
        )


def places() -> tuple[Place, ...]:
    """All subdistricts."""
    provinces = {row["code"]: row["name"] for row in _rows("provinces.csv")}
    return tuple(Place(row["name"], provinces[row["code"][:2]]) for row in _rows("subdistricts.csv"))


def _rows(name: str) -> Sequence[dict[str, str]]:
    return list(csv.DictReader((files("schemas.facts") / name).read_text(encoding="utf-8").splitlines()))
