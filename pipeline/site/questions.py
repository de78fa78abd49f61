"""What the ready-made questions' SQL can call beside the search's functions."""

from functools import lru_cache

from extractors.thai.text import fold


@lru_cache(maxsize=20_000)
def names_office(asked: str | None, *names: str | None) -> bool:
    """Whether `asked` is a part of one of an office's names, blanks and kinds of digits apart; nothing is in all.

    A name is also tried without its dots: «อบต ดอนตะเคียนแก้ว» is «อบต.ดอนตะเคียนแก้ว».
    """
    part = fold(asked or "")
    known = [fold(name) for name in names if name]
    return not part or any(part in name or part in name.replace(".", "") for name in known)
