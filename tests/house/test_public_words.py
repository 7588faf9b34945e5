"""What parents read is spoken Chinese: short sentences, no office words, nothing that urges."""

import ast
import re

import pytest

from tests.house.source import HOUSE, files, place, templates, tree

OFFICE_WORDS = (
    "工单", "受理", "承办", "诉求", "流转", "结案", "办结率", "签收", "派单", "退单", "退办", "挂账", "并单", "督办",
    "反映人", "被反映对象", "事项", "提交成功", "系统繁忙", "暂无", "温馨提示", "亲，", "好评", "请输入", "格式错误",
    "工作人员会尽快", "点击这里", "渠道",
)  # fmt: skip
# 已办结 is one of the five plain states; 投诉 and 举报 name kinds, as the law does.
LONGEST = 25
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE_ENDS = re.compile(r"[。？！；\n]|<br>")
PUBLIC_PAGES = (
    "parents/",
    "public/",
    "base_public.html",
    "400.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "503.html",
)
PUBLIC_PARTS = (
    "components/sos.html", "components/receipt.html", "components/draft.html", "components/draft_switch.html",
    "components/size_link.html", "components/tone_link.html", "components/error_summary.html",
)  # fmt: skip
PUBLIC_CODE = ("web/parents", "web/public", "appeals/progress")
TRANSLATED = re.compile(
    r"""(?:{%\s*translate\s+|\b_\()"([^"]*)"|{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate\s*%}""", re.DOTALL
)


def in_templates() -> list[tuple[str, str]]:
    """(where, words) of every text on the pages for parents and the public."""
    shown = [one for one in templates() if one.relative_to(HOUSE / "web/templates").as_posix().startswith(
        (*PUBLIC_PAGES, *PUBLIC_PARTS))]  # fmt: skip
    found = [(file, match) for file in shown for match in TRANSLATED.finditer(file.read_text("utf-8"))]
    return [(place(file, 0, ""), match[1] or match[2]) for file, match in found]


def in_code() -> list[tuple[str, str]]:
    """(where, words) of every Chinese text in the code behind these pages, docstrings left out."""
    found = []
    for file in files(*PUBLIC_CODE):
        silent = {id(node.value) for node in ast.walk(tree(file)) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree(file)):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
            if is_text and CHINESE.search(node.value):
                found.append((place(file, node.lineno, ""), node.value))
    return found


SAID = [*in_templates(), *in_code()]


def sentences(words: str) -> list[str]:
    """The sentences of a text, without gaps to be filled in."""
    plain = re.sub(r"{{.*?}}|{%.*?%}|%\(\w+\)[sd]|{\w*}|<[^>]+>", "", words.replace("<br>", "\n"))
    return [part.strip(' \u3000"“”') for part in SENTENCE_ENDS.split(plain) if part.strip()]


def test_there_are_texts_to_read():
    assert len(SAID) > 200


def test_no_office_word_stands_on_a_public_page():
    assert [f"{where}{word}：{words}" for where, words in SAID for word in OFFICE_WORDS if word in words] == []


def test_a_public_sentence_is_short_enough_for_one_breath():
    long = [f"{where}{part}" for where, words in SAID for part in sentences(words) if len(part) > LONGEST]
    assert long == []


@pytest.mark.parametrize("mark", ["!", "！", "~", "☺", "*"])
def test_nothing_urges_or_shouts(mark):
    assert [f"{where}{words}" for where, words in SAID if mark in words] == []


def test_a_sentence_ends_with_the_signs_of_its_language():
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!.()]|[(][\u4e00-\u9fff]")
    assert [f"{where}{words}" for where, words in SAID if half_width.search(words)] == []
