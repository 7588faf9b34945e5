"""A feed of published texts that feed readers take: well formed, whatever stands in a title."""

from datetime import date
from xml.etree import ElementTree

from huying.papers.atom import Item, feed

NS = {"a": "http://www.w3.org/2005/Atom"}


def read(*items):
    raw = feed(items, address="https://x.example/open/answers/feed.atom", title="网上公开的答复", language="zh-hans")
    return ElementTree.fromstring(raw)


def test_an_item_has_its_address_title_words_and_day():
    found = read(Item("https://x.example/open/answers/ab/", "座位怎么轮换", "有家长问座位。", date(2026, 11, 26)))
    entry = found.find("a:entry", NS)
    assert entry.find("a:title", NS).text == "座位怎么轮换"
    assert entry.find("a:id", NS).text == entry.find("a:link", NS).get("href") == "https://x.example/open/answers/ab/"
    assert entry.find("a:updated", NS).text == "2026-11-26T00:00:00+08:00"
    assert found.find("a:updated", NS).text == "2026-11-26T00:00:00+08:00"


def test_marks_and_broken_characters_do_no_harm():
    title = "<b>“1&2”</b> ]]> ' \" \x00\x08"
    assert read(Item("https://x.example/?a=1&b='2'", title, title, date(2026, 1, 1))).find(
        ".//a:entry/a:title", NS
    ).text == ("<b>“1&2”</b> ]]> ' \" ")


def test_a_feed_without_items_is_a_feed():
    assert read().findall("a:entry", NS) == []
