"""English is complete: every text for people has its translation, and the compiled catalogue is that of the source."""

import re

from scripts import catalogue

WORDS = catalogue.read(catalogue.PO.read_text("utf-8"))
GAP = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def test_every_text_has_its_english():
    assert [text for text in catalogue.collect() if not WORDS.get(text)] == []


def test_no_translation_outlives_its_text():
    assert sorted(WORDS.keys() - catalogue.collect()) == []


def test_the_compiled_catalogue_is_current():
    assert catalogue.PO.with_suffix(".mo").read_bytes() == catalogue.compiled(WORDS)


def test_what_is_filled_in_is_filled_in_in_english_too():
    assert [text for text, english in WORDS.items() if sorted(GAP.findall(text)) != sorted(GAP.findall(english))] == []


def test_english_is_english():
    assert [english for english in WORDS.values() if catalogue.CHINESE.search(english)] == []
