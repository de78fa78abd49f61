"""Every check is told of in `checks.toml` and `docs/checks.md`, and nothing else is."""

import re
from pathlib import Path
from string import Formatter

import pytest

from pipeline.checks.catalogue import CheckFacts, load_catalogue
from pipeline.checks.registry import CHECKS

DOCUMENT = (Path(__file__).parents[3] / "docs" / "checks.md").read_text(encoding="utf-8")
SECTIONS = {
    name: (severity, text)
    for name, severity, text in re.findall(r"^### `([a-z-]+)` · (\w+)\n(.*?)(?=^##|\Z)", DOCUMENT, re.S | re.M)
}
FACTS = tuple(load_catalogue().values())


def test_the_checks_of_one_report_are_those_of_the_catalogue() -> None:
    assert sorted(check.name for check in CHECKS) == sorted(f.name for f in FACTS if f.scope == "report")


def test_the_document_tells_of_every_check_and_of_no_other() -> None:
    assert sorted(SECTIONS) == sorted(facts.name for facts in FACTS)


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.name)
def test_the_document_tells_severity_source_example_and_what_is_not_flagged(facts: CheckFacts) -> None:
    severity, text = SECTIONS[facts.name]
    assert severity == facts.severity
    for part in ("*Source*:", "*Example*:", "**Not flagged**:"):
        assert part in text


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.name)
def test_both_languages_of_a_message_show_values_and_only_known_ones(facts: CheckFacts) -> None:
    for message in facts.messages:
        thai, english = (
            {field for _, field, _, _ in Formatter().parse(text) if field} for text in (message.th, message.en)
        )
        assert thai
        assert english <= thai
        assert any("ก" <= letter <= "๙" for letter in message.th)
