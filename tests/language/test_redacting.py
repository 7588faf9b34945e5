"""What a person agreed to leave out is left out; what points at somebody in made-up sentences is proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.language.redaction import Kind, Span, find, masked, placeholder, redact


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("驾驶员王某明说路滑", Kind.NAME, "王某明"),
        ("打人的是李某某", Kind.NAME, "李某某"),
        ("高某（男）先动手", Kind.NAME, "高某"),
        ("张××同学没有来", Kind.NAME, "张××"),
        ("尊敬的曾书记：您好", Kind.NAME, "曾"),
        ("尊敬的向校长您好", Kind.NAME, "向"),
        ("尊敬的建华市长：您好", Kind.NAME, "建华"),
        ("有位姜姓老师说的", Kind.NAME, "姜姓"),
        ("食堂的彭老板收了钱", Kind.NAME, "彭"),
        ("园长谭建兰置之不理", Kind.NAME, "谭建兰"),
        ("姐姐何全金出嫁了", Kind.NAME, "何全金"),
        ("签名的有王大军、李小芳、唐威、赵强", Kind.NAME, "唐威"),
        ("周广亮 13800005678", Kind.NAME, "周广亮"),
        ("蒋军崇说了，蒋军崇不来", Kind.NAME, "蒋军崇"),
        ("孩子出生于2017年9月22日", Kind.BIRTH, "2017年9月22日"),
        ("出生日期：2016-05-04", Kind.BIRTH, "2016-05-04"),
        ("2015年3月出生，今年上学", Kind.BIRTH, "2015年3月"),
        ("孩子生日是5月4日", Kind.BIRTH, "5月4日"),
        ("女，16年10月出生", Kind.BIRTH, "16年10月"),
        ("学号20230415", Kind.STUDENT_NUMBER, "20230415"),
        ("学籍号为：L2023041500012", Kind.STUDENT_NUMBER, "L2023041500012"),
        ("准考证号 370001234567", Kind.STUDENT_NUMBER, "370001234567"),
        ("车牌号为鲁VA6142", Kind.PLATE, "鲁VA6142"),
        ("车牌号为某VA6142", Kind.PLATE, "某VA6142"),
        ("打138-****-2637", Kind.PHONE, "138-****-2637"),
        ("我家住在和润小区，离学校远", Kind.ADDRESS, "和润小区"),
        ("我是碧水花园的业主", Kind.ADDRESS, "碧水花园"),
        ("我是和润家园小区一位居民", Kind.ADDRESS, "和润家园小区"),
        ("我是文昌镇东岭村的一名村民", Kind.ADDRESS, "文昌镇东岭村"),
        ("我在台北城居住", Kind.ADDRESS, "台北城"),
        ("户籍是东岭镇西沟村", Kind.ADDRESS, "东岭镇西沟村"),
        ("住东岭村林角组六号", Kind.ADDRESS, "东岭村林角组六号"),
        ("和润家园12栋楼下", Kind.ADDRESS, "和润家园12栋"),
        ("孩子在体育课上骨折", Kind.EVENT, "骨折"),
        ("班里有个孩子溺水", Kind.EVENT, "溺水"),
        ("孩子说想轻生", Kind.EVENT, "轻生"),
    ],
)
def test_a_piece_that_tells_who_is_proposed(text, kind, piece):
    assert (kind, piece) in [(one.kind, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "某些老师某天说某个班的事",
        "黄星大道很堵，黄星村也堵",
        "我们向每位家长收三十元",
        "于本周末再答复",
        "荣誉权、肖像权都是权利",
        "请公布学号的编法",
        "残疾人坡道坏了",
        "2026年9月开学",
        "共增加4栋住房",
        "户籍在外地的孩子怎么上学",
    ],
)
def test_what_tells_of_nobody_is_left_alone(text):
    assert find(text) == []


def test_a_rare_event_is_proposed_for_the_public_and_stays_in_lists_of_the_office():
    assert masked("孩子骨折了，2017年9月22日出生") == "孩子骨折了，（出生日期）出生"


def test_what_was_agreed_on_gives_way_to_its_kind_and_all_else_stays():
    text = "王小明同学和李小红同学在三年级4班，电话13800005678。"
    found = find(text)
    left_out = [one for one in found if one.kind is not Kind.CLASS]
    assert redact(text, left_out) == "[姓名]同学和[姓名]同学在三年级4班，电话[电话]。"
    assert redact(text, []) == text


def test_pieces_over_each_other_are_left_out_once():
    assert redact("王小明同学", [Span(0, 3, Kind.NAME), Span(1, 3, Kind.NAME)]) == "[姓名]同学"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_own_words_in_its_place(kind):
    assert placeholder(kind).startswith("[")
    assert find(placeholder(kind)) == []


@given(st.text("王李小明的在三年级4班13800005678路号栋。，某老师同学\n ", max_size=80))
def test_after_everything_found_is_left_out_nothing_of_it_stands_there_again(text):
    found = find(text)
    left = redact(text, found)
    assert len(left) == len(text) + sum(len(placeholder(one.kind)) - (one.end - one.start) for one in found)


def test_a_long_text_is_read_in_time_that_grows_with_it():
    text = "我是和润小区的业主王小明，在村口路12号，李某某说，" * 200
    assert len(find(text)) > 600
