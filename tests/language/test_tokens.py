import sqlite3
import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from huying.language.tokens import LONGEST, MOST_ASKED, MOST_CHARACTERS, index_tokens, normalise, query_tokens


def test_chinese_is_found_by_single_characters_and_by_pairs():
    assert index_tokens("没吃饭") == ["没", "吃", "饭", "没吃", "吃饭"]


def test_words_and_numbers_are_kept_whole():
    assert index_tokens("4班 wifi2 坏了") == ["4", "班", "wifi2", "坏", "了", "坏了"]


def test_a_token_stands_once():
    assert index_tokens("吃饭，吃饭") == ["吃", "饭", "吃饭"]


def test_width_case_accents_and_invisible_characters_make_no_difference():
    assert normalise("ＷｉＦｉ\u200b　Café\x00Ｎｏ．１") == "wifi cafe no.1"


def test_a_run_ends_at_punctuation_so_no_pair_crosses_it():
    assert "饭家" not in index_tokens("饭。家长")


def test_a_query_asks_for_pairs_and_for_a_lone_character():
    assert query_tokens("食堂") == ["食堂"]
    assert query_tokens("食堂的饭 菜") == ["食堂", "堂的", "的饭", "菜"]


def test_a_rare_character_is_spelled_by_its_number():
    assert index_tokens("王\U0002cb4e") == ["王", "u2cb4e", "王u2cb4e"]
    assert query_tokens("\U0002cb4e") == ["u2cb4e"]


def test_a_query_of_punctuation_asks_for_nothing():
    assert query_tokens("\"*():^-+{}!&|<>\\'  ") == []


def test_a_very_long_query_asks_for_a_bounded_number_of_tokens():
    assert len(query_tokens("".join(chr(0x4E00 + step) for step in range(3000)))) == MOST_ASKED


def test_a_very_long_text_makes_an_entry_of_bounded_size():
    many_pairs = "".join(chr(0x4E00 + step * step * step % 20011 ^ step % 64) for step in range(200_000))
    assert MOST_CHARACTERS - 2 <= sum(map(len, index_tokens(many_pairs))) <= MOST_CHARACTERS
    assert index_tokens("a" * 1_000_000) == ["a" * LONGEST]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_a_token_never_holds_anything_but_letters_and_digits(text):
    for token in [*index_tokens(text), *query_tokens(text)]:
        assert token
        assert all(unicodedata.ucd_3_2_0.category(char)[0] in "LN" for char in token)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(alphabet="食堂的饭菜有点凉", min_size=1, max_size=8), st.text(max_size=60))
def test_what_stands_in_a_text_is_found_in_it(before, part, after):
    assert set(query_tokens(part)) <= set(index_tokens(f"{before} {part} {after}"))
    assert set(query_tokens(part)) <= set(index_tokens(f"吃{part}饭"))


def test_sqlite_splits_none_of_our_tokens():
    every_character = " ".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    lines = every_character[: len(every_character) // 4 * 4]
    tokens = [token for start in range(0, len(lines), 8000) for token in index_tokens(lines[start : start + 8000])]
    database = sqlite3.connect(":memory:")
    database.execute('CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize="unicode61")')
    database.execute("CREATE VIRTUAL TABLE held USING fts5vocab(words, instance)")
    database.executemany("INSERT INTO words(tokens) VALUES (?)", ([token] for token in tokens))
    assert database.execute(
        "SELECT count(*) FROM (SELECT doc FROM held GROUP BY doc HAVING count(*) > 1)"
    ).fetchone() == (0,)
    assert database.execute("SELECT count(DISTINCT doc) FROM held").fetchone() == (len(tokens),)
