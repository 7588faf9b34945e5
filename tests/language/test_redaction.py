import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.language.contacts import find_contacts, without_contacts
from huying.language.redaction import Kind, find, mask_name, mask_phone, masked


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("电话13800005678，白天打", Kind.PHONE, "13800005678"),
        ("请打138-0000-5678", Kind.PHONE, "138-0000-5678"),
        ("手机：138 0000 5678。", Kind.PHONE, "138 0000 5678"),
        ("+86 138 0000 5678", Kind.PHONE, "+86 138 0000 5678"),
        ("１３８００００５６７８", Kind.PHONE, "１３８００００５６７８"),
        ("1 3 8 0 0 0 0 5 6 7 8", Kind.PHONE, "1 3 8 0 0 0 0 5 6 7 8"),
        ("一三八零零零零五六七八", Kind.PHONE, "一三八零零零零五六七八"),
        ("幺三八零零零零五六七八", Kind.PHONE, "幺三八零零零零五六七八"),
        ("座机 0536-5550000", Kind.PHONE, "0536-5550000"),
        ("(0536)5550000转802", Kind.PHONE, "(0536)5550000转802"),
        ("家里电话5550000", Kind.PHONE, "5550000"),
        ("热线400-800-0000", Kind.PHONE, "400-800-0000"),
        ("身份证370000201501011234", Kind.ID_NUMBER, "370000201501011234"),
        ("证号37000020150101123X。", Kind.ID_NUMBER, "37000020150101123X"),
        ("学籍号G370000201501011234", Kind.ID_NUMBER, "G370000201501011234"),
        ("卡号 6200 0000 1111 2222 333", Kind.LONG_NUMBER, "6200 0000 1111 2222 333"),
        ("查询码4821 0937 5520 1163", Kind.LONG_NUMBER, "4821 0937 5520 1163"),
        ("车牌鲁V·A1234堵门", Kind.PLATE, "鲁V·A1234"),
        ("鲁VD12345 新能源车", Kind.PLATE, "鲁VD12345"),
        ("微信号：wang_xm2015", Kind.WECHAT, "wang_xm2015"),
        ("加我wx:abcdef123", Kind.WECHAT, "abcdef123"),
        ("QQ12345678", Kind.QQ, "12345678"),
        ("邮箱 xm.wang@example.com 也行", Kind.EMAIL, "xm.wang@example.com"),
        ("孩子在三年级4班", Kind.CLASS, "三年级4班"),
        ("三(4)班", Kind.CLASS, "三(4)班"),
        ("三（４）班", Kind.CLASS, "三（４）班"),
        ("3.4班的家长", Kind.CLASS, "3.4班"),
        ("302班", Kind.CLASS, "302班"),
        ("高一（2）班", Kind.CLASS, "高一（2）班"),
        ("初二3班", Kind.CLASS, "初二3班"),
        ("2023级3班", Kind.CLASS, "2023级3班"),
        ("幼儿园大二班", Kind.CLASS, "大二班"),
        ("我家住在文昌路12号", Kind.ADDRESS, "文昌路12号"),
        ("住澄川县文昌路12号3号楼2单元501室，谢谢", Kind.ADDRESS, "澄川县文昌路12号3号楼2单元501室"),
        ("地址：和润小区8号楼2单元301", Kind.ADDRESS, "和润小区8号楼2单元301"),
        ("家在12栋2单元", Kind.ADDRESS, "12栋2单元"),
        ("我住东岭村3组", Kind.ADDRESS, "东岭村3组"),
        ("宿舍502的同学", Kind.ADDRESS, "502"),
        ("每天在和润花园站上车", Kind.ADDRESS, "和润花园站"),
        ("王小明同学被批评", Kind.NAME, "王小明"),
        ("班主任张伟老师", Kind.NAME, "张伟"),
        ("欧阳娜老师很好", Kind.NAME, "欧阳娜"),
        ("我叫赵欣怡", Kind.NAME, "赵欣怡"),
        ("孩子叫李子涵，八岁", Kind.NAME, "李子涵"),
        ("联系人：周建国", Kind.NAME, "周建国"),
        ("班主任刘芳经常迟到", Kind.NAME, "刘芳"),
        ("学生陈宇轩打人", Kind.NAME, "陈宇轩"),
        ("请问王校长在吗", Kind.NAME, "王"),
        ("任老师和于老师都在", Kind.NAME, "于"),
        ("我是孙雨桐的妈妈", Kind.NAME, "孙雨桐"),
        ("给郑浩然爸爸打过电话", Kind.NAME, "郑浩然"),
        ("谢谢您。\n马秀英\n2026年11月24日", Kind.NAME, "马秀英"),
    ],
)
def test_a_piece_of_personal_data_is_found(text, kind, piece):
    assert (kind, piece) in [(one.kind, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "孩子坐最后一排，看不清黑板，想换到前面。",
        "数学老师讲课很清楚，任课老师都负责。",
        "高中老师说高考成绩明天公布",
        "请向老师反映，和班主任沟通",
        "周一到周五，马上放学，时间是17:00",
        "收费380元，共1200人，2026年11月24日",
        "2019/4/24 15:40:04 登记",
        "编号20261124-0731，工单2026000731",
        "食堂三楼，一年级新生，二班级会",
        "请打110或者12345",
        "学校门口的路要修，水平方向偏了",
        "方便的话安排一次家长会，谢谢",
    ],
)
def test_everyday_words_and_numbers_are_left_alone(text):
    assert find(text) == []


def test_a_text_is_masked_so_that_it_can_still_be_read():
    text = "我是三年级4班王小明的妈妈，电话13800005678，住和润小区8号楼2单元301。张老师没有回复。"
    assert masked(text) == "我是（班级）王**的妈妈，电话138****5678，住（住址）。某老师没有回复。"


def test_a_name_found_once_is_found_wherever_it_stands():
    text = "孩子叫赵欣怡。同学都说赵欣怡很安静。"
    assert masked(text) == "孩子叫赵**。同学都说赵**很安静。"


def test_only_the_kinds_that_are_asked_for_are_masked():
    text = "王小明同学，13800005678"
    assert masked(text, kinds=[Kind.PHONE]) == "王小明同学，138****5678"


def test_logs_and_titles_lose_numbers_only():
    assert without_contacts("王老师 13800005678 wx:abcdef123 a@example.com") == "王老师 *** wx:*** ***"
    assert without_contacts("code=4821-0937-5520-1163 took 12 ms") == "code=*** took 12 ms"


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("王小明", "王**"),
        ("王明", "王*"),
        ("欧阳小明", "欧阳**"),
        ("王", "某"),
        ("欧阳", "某"),
        ("", ""),
        (" 王 小明 ", "王**"),
    ],
)
def test_a_name_keeps_its_surname(name, mask):
    assert mask_name(name) == mask


@pytest.mark.parametrize(
    ("phone", "mask"),
    [
        ("13800005678", "138****5678"),
        ("+86 138-0000-5678", "138****5678"),
        ("１３８００００５６７８", "138****5678"),
        ("0536-5550123转802", "053****0123"),
        ("5550123", "****23"),
        ("110", "****"),
        ("没有", "****"),
    ],
)
def test_a_phone_keeps_enough_to_tell_it_from_another(phone, mask):
    assert mask_phone(phone) == mask


@given(st.text(alphabet=st.sampled_from("王小明同学老师13800567在三年级4班（）()·- 号路a@.x鲁V１３８\n"), max_size=60))
def test_pieces_stand_in_order_and_apart(text):
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(st.text(max_size=80))
def test_any_text_can_be_masked(text):
    assert isinstance(masked(text), str)


def test_a_long_text_is_searched_in_a_moment():
    text = "学校门口的路在修，孩子说三年级的王老师很好。" * 900
    started = time.perf_counter()
    assert len(find(text)) == 900
    assert len(find_contacts("1-3.8 " * 3000)) < 3000
    assert time.perf_counter() - started < 3


def test_what_was_masked_once_stays_as_it_is():
    once = masked("王小雨妈妈说座位没换，电话13800005678")
    assert masked(once) == once == "王**妈妈说座位没换，电话138****5678"
