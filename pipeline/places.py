"""Where in its report a finding or an action stands, in words; the words are in `[say.place]` of the site's files."""

from pipeline.site.words import Language, words


def place_in_words(at: str, language: Language) -> str:
    """`Finding.at` as people say it: «ตัวชี้วัดที่ 10 มาตรการที่ 5 การดำเนินการที่ 5», “indicator 10, measure 5, action 5”.

    A record without a number is told so, an indicator that is not known is left out; what is no such place is returned
    as it is.
    """
    say = words(language).say["place"]
    if at in ("report", "assessment"):
        return say[at]
    first, *rest = at.split("/", 2)
    if first in ("indicator", "agency") and len(rest) == 1:
        return _placed(first, rest[0], say)
    if not rest or not (first == "-" or first.isdecimal()):
        return at
    indicator = () if first == "-" else (_placed("indicator", first, say),)
    parts = (_placed(kind, number, say) for kind, number in zip(("measure", "action"), rest, strict=False))
    return say["joint"].join((*indicator, *parts))


def _placed(kind: str, number: str, say: dict[str, str]) -> str:
    """A record of a kind by its number; a dash stands for none."""
    return say[f"{kind}_unnumbered"] if number == "-" else say[kind].format(number=number)
