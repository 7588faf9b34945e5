"""Kinds of canaries: every way in which a family can be known, each a mark that stands nowhere else.

Where a canary was planted says who may ever find it again (see `test_canary_crawl`).
"""

import re

# What is typed into fields of identity: of the parent's form, of the clerk's form, of an imported row.
FIELDS = {
    "name": "欧阳甲申禾",
    "name_with_spaces": "司 徒 乙酉",
    "child": "欧阳丙戌豆",
    "relation": "丁亥豆的姥姥",
    "mobile": "13900771401",
    "mobile_with_separators": "139-0077-1402",
    "mobile_full_width": "１３９００７７１４０３",
    "landline": "0536-7714040",
    "family_phone": "13900771405",
    "id_number": "370700199001017714",
    "address": "柳荫巷戊子号楼",
    "pinyin": "Ouyang Jishen",
    "wechat": "wx_jichou_7714",
    "email": "gengyin7714@mail.example",
    "plate": "鲁G7714X",
    "bank_card": "6222007714001234",
    "class": "辛卯班小号",
    "seat": "壬辰排末座",
    "bus_stop": "癸巳站牌下",
    "caller_of_hotline": "上官甲午",
    "mail_from": "yiwei7714@mail.example",
    "mail_reply_to": "bingshen7714@mail.example",
    "mail_message_id": "dingyou7714.example",
    "mail_signature": "戊戌家长敬上",
    "wechat_open_id": "oJ7714jihai",
}
# An identity that the caller wrote into the note of the call.
NOTED = {
    "noted_name": "欧阳庚子槐",
    "noted_mobile": "13900771421",
    "noted_relation": "槐树下的太姥姥",
    "noted_child": "欧阳辛丑枣",
}
FIELDS |= NOTED
# What comes with the request itself and is nobody's to keep.
REQUEST = {
    "address_of_network": "203.0.113.77",
    "forwarded_for": "198.51.100.14",
    "user_agent": "Gengzi7714Browser",
    "accept_language": "xx-xinchou",
    "referer": "renyin7714.example",
    "cookie": "guimao7714cookie",
}
# What a file tells beside its picture, sound or page, and its name.
FILES = {
    "file_name": "甲辰家的娃.jpg",
    "pdf_file_name": "乙巳的诊断书.pdf",
    "sound_file_name": "丙午录音.mp3",
    "exif_xmp_iptc_preview_comment_profile": "CANARY",
}
# Words of the story: for the desk alone where it is a 举报.
STORY = {
    "name_in_story": "皇甫丁未麦",
    "phone_in_story": "13900771411",
    "spaced_phone_in_story": "139 0077 1412",
    "sentence": "他总在戊申那棵歪脖子树下等我",
    "style_in_wish": "万望己酉先生明察秋毫",
    "typed_subject": "庚戌李强主任那个人",
    "name_in_item": "请给辛亥麦换班",
}
# Words that come later, each planted by the step that takes it.
LATER = {
    "name_in_message": "我是壬子麦的妈妈",
    "file_name_of_message": "癸丑晚上.png",
    "name_in_rating": "甲寅家长很不满",
    "name_in_call_note": "接电话的是乙卯奶奶",
    "name_in_unmask_reason": "丙辰家的电话打不通",
    "name_in_withdrawal": "丁巳不想再追究了",
}
ALL = {**FIELDS, **REQUEST, **FILES, **STORY, **LATER}
# What nobody but the key may read: neither a page nor a dump shows it.
SEALED = {**FIELDS, **REQUEST, **FILES}
STORY_TEXT = "，".join(STORY[name] for name in ("name_in_story", "phone_in_story", "spaced_phone_in_story", "sentence"))


def found_in(data: bytes, kinds: dict[str, str]) -> list[str]:
    """The kinds of which any spelling stands in these bytes: with or without spaces, as JSON or a URL writes it."""
    return [kind for kind, mark in kinds.items() if any(spelling in data for spelling in _spellings(mark))]


def _spellings(mark: str) -> set[bytes]:
    plain = {mark, re.sub(r"[\s-]", "", mark)}
    escaped = {one.encode("unicode_escape") for one in plain if not one.isascii()}
    quoted = {b"".join(b"%%%02X" % byte for byte in one.encode()) for one in plain if not one.isascii()}
    return {one.encode() for one in plain} | {one.encode("utf-16-be") for one in plain} | escaped | quoted
