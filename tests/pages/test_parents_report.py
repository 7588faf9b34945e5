"""我要反映: what was typed is kept through every mistake, and where it goes is told before it goes there."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from huying.appeals import queries
from huying.appeals.models import Attachment, Identity
from huying.channels.models import Counter, StoredFile
from huying.people.models import SignIn
from huying.rules.enums import AppealKind, PrivacyMode, TextKind
from tests import given
from tests.channels import samples
from tests.pages.parent import CODE, STORY, code_on, everything, form_token, hold, said


def photo(name: str = "IMG_0731.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.picture("JPEG"), content_type="image/jpeg")


def test_the_form_is_small_enough_for_a_bad_network(client, stage):
    assert len(client.get("/report/?school=school").content) <= 14_000


def test_an_unknown_school_leads_to_the_list_of_schools(client, stage):
    assert client.get("/report/?school=nowhere")["Location"] == "/"


@pytest.mark.parametrize(
    ("contact", "privacy", "kept"),
    [
        ({"contact": "none"}, PrivacyMode.ANONYMOUS, (False, False)),
        ({"contact": "phone", "phone": "139 0000 1234"}, PrivacyMode.OPEN, (True, False)),
        ({"contact": "named", "name": "刘桂兰", "phone_too": "0500-622 0110"}, PrivacyMode.OPEN, (True, True)),
        ({"contact": "phone", "phone": "13900001234", "secret": "on"}, PrivacyMode.CONFIDENTIAL, (True, False)),
    ],
)
def test_three_ways_to_be_reached(client, stage, contact, privacy, kept):
    client.post("/report/", said(**contact))
    (appeal,) = everything()
    sealed = Identity.objects.filter(appeal=appeal).first()
    assert appeal.privacy == privacy
    assert ((sealed.has_phone, sealed.has_name) if sealed else (False, False)) == kept


def test_a_number_typed_before_the_mind_was_changed_is_not_kept(client, stage):
    client.post("/report/", said(phone="139 0000 1234"))
    assert not Identity.objects.exists()


def test_the_check_page_tells_who_will_not_see_it(client, stage):
    page = client.post("/report/", said(stage="check", hidden_from="王老师")).content.decode()
    assert "将交给：澄川县实验小学惠民服务站" in page
    assert "王老师看不到" in page


@pytest.mark.parametrize("whom", ["校长", "赵明远", "学校"])
def test_what_is_about_the_head_is_told_to_go_past_the_school_and_does(client, stage, whom):
    page = client.post("/report/", said(stage="check", hidden_from=whom)).content.decode()
    assert "将交给：澄川县教育惠民服务中心" in page
    client.post("/report/", said(hidden_from=whom))
    (appeal,) = everything()
    assert appeal.organisation.code == "county"
    assert not queries.visible_to(stage.principal).exists()


def test_going_back_to_edit_keeps_every_word(client, stage):
    page = client.post("/report/", said(stage="edit", hidden_from="王老师"))
    assert (page.status_code, STORY in page.content.decode(), "王老师" in page.content.decode()) == (200, True, True)


def test_a_form_left_open_too_long_goes_on_under_a_fresh_code(client, stage):
    old = form_token(age=timedelta(hours=25))
    page = client.post("/report/", said(token=old, stage="check"))
    assert (page.status_code, STORY in page.content.decode()) == (200, True)
    assert old not in page.content.decode()


def test_nobody_fills_a_form_in_no_time(client, stage):
    page = client.post("/report/", said(token=form_token(age=timedelta(0))))
    assert (page.status_code, everything(), "请再点一次" in page.content.decode()) == (422, [], True)


def test_a_field_that_people_do_not_see_catches_machines(client, stage):
    client.post("/report/", said(website="http://example.org"))
    assert everything() == []


def test_back_after_the_receipt_shows_the_receipt_again(client, stage):
    client.post("/report/", said())
    again = client.post("/report/", said(stage="check", what="换了一段话，再交一次"))
    assert (code_on(again), len(everything())) == (CODE, 1)


def test_a_receipt_whose_page_breaks_still_says_the_code(client, stage, tmp_path):
    (tmp_path / "parents").mkdir()
    (tmp_path / "parents" / "receipt.html").write_text("{% load nothing_of_that_name %}", "utf-8")
    broken = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with override_settings(TEMPLATES=broken):
        page = client.post("/report/", said())
    assert page.content.decode() == "已收到。查询码 4821 0937 5520 1163。请保存，凭它查进度。"
    assert (page.status_code, page["Cache-Control"], len(everything())) == (200, "no-store", 1)


def test_one_matter_may_be_worded_like_a_page(client, stage):
    words = "<script>alert(1)</script>{{ settings.SECRET_KEY }}"
    page = client.post("/report/", said(what=words, stage="check")).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_right_to_left_trick_and_joined_emoji_are_told_apart(client, stage):
    client.post("/report/", said(what="\u202e孩子\u2066被👨‍👩‍👧打了，怎么办"))
    (appeal,) = everything()
    assert appeal.texts.get(kind=TextKind.VERBATIM).body == "孩子被👨‍👩‍👧打了，怎么办"


def test_too_many_from_one_place_are_asked_to_wait_and_keep_their_words(client, stage):
    for number in range(30):
        client.post("/report/", said(token=form_token(token_id=str(number), code=f"{number:016}")))
    page = client.post("/report/", said(token=form_token(token_id="31", code="1" * 16)))
    assert (page.status_code, "Retry-After" in page, STORY in page.content.decode()) == (503, True, True)


def test_a_parents_evening_in_the_school_s_own_network_is_no_flood(client, stage):
    with override_settings(KNOWN_NETWORKS=["127.0.0.0/8"]):
        for number in range(31):
            page = client.post("/report/", said(token=form_token(token_id=str(number), code=f"{number:016}")))
    assert (page.status_code, len(everything())) == (200, 31)


def test_an_address_in_a_header_counts_only_when_a_proxy_of_ours_says_so(client, stage):
    client.post("/report/", said(), headers={"X-Forwarded-For": "203.0.113.9"})
    with override_settings(TRUSTED_PROXIES=["127.0.0.1"]):
        client.post(
            "/report/", said(token=form_token(token_id="b", code="2" * 16)), headers={"X-Forwarded-For": "203.0.113.9"}
        )
    assert Counter.objects.filter(key__startswith="filing:").count() == 2


def test_nothing_that_could_tell_who_filed_is_kept(client, stage, django_db_blocker):
    telling = {"X-Forwarded-For": "198.51.100.77", "User-Agent": "CANARY-AGENT", "Accept-Language": "CANARY-LANG",
               "Referer": "https://canary.example/"}  # fmt: skip
    client.post("/report/", said(), headers=telling, REMOTE_ADDR="198.51.100.77")
    kept = str([[*model.objects.values_list()] for model in (Counter, SignIn, StoredFile)])
    (appeal,) = everything()
    kept += str([[*rows.values()] for rows in (appeal.events, appeal.texts, appeal.attachments)])
    assert not [word for word in ("198.51.100.77", "CANARY", "canary") if word in kept]


def test_a_photo_survives_a_mistake_and_arrives_without_its_name(client, stage):
    token = form_token()
    page = client.post("/report/", said(token=token, what="", files=photo()))
    assert (page.status_code, "已放上 1 个" in page.content.decode()) == (422, True)
    client.post("/report/", said(token=token))
    (kept,) = Attachment.objects.all()
    assert (kept.appeal, kept.is_for_appellant, kept.file.draft) == (everything()[0], True, "")


def test_a_photo_put_there_by_mistake_can_be_taken_away(client, stage):
    token = form_token()
    client.post("/report/", said(token=token, stage="check", files=photo()))
    client.post("/report/", said(token=token, drop="on", stage="check"))
    client.post("/report/", said(token=token))
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_ten_files_are_one_too_many_and_all_words_stay(client, stage):
    page = client.post("/report/", said(files=[photo() for _ in range(10)]))
    text = page.content.decode()
    assert (page.status_code, everything(), "一次最多 9 个文件" in text, STORY in text) == (422, [], True, True)


def test_a_bad_file_among_good_ones_is_named_by_its_place_and_the_good_ones_stay(client, stage):
    program = SimpleUploadedFile("photo.jpg", b"MZ" + b"\0" * 400, content_type="image/jpeg")
    page = client.post("/report/", said(files=[photo(), program, photo()]))
    text = page.content.decode()
    assert text.count("第 2 个：") == 2  # in the summary and at the field, in the same words
    assert "已放上 2 个" in text


def test_a_file_that_is_too_large_is_said(client, stage):
    large = SimpleUploadedFile("a.jpg", samples.picture("JPEG") + b"\0" * 11_000_000, content_type="image/jpeg")
    page = client.post("/report/", said(files=large))
    assert (page.status_code, "最大 10 MB" in page.content.decode(), everything()) == (422, True, [])


def test_a_body_too_large_gets_a_page_in_plain_words(stage):
    real = Client(enforce_csrf_checks=True)
    page = real.post("/report/", said(what="长" * 2_000_000))
    assert (page.status_code, "写得太长，没有交上去" in page.content.decode(), everything()) == (413, True, [])


def test_a_form_from_elsewhere_is_not_taken_but_its_words_are_shown(stage):
    page = Client(enforce_csrf_checks=True).post("/report/", said(what=STORY * 3))
    assert (page.status_code, STORY in page.content.decode(), everything()) == (403, True, [])


def test_retaliation_goes_past_the_school_under_a_code_of_its_own(client, stage):
    first = given.registered(stage)
    hold(client, first)
    page = client.post("/report/", said(above="1", about=str(first.pk), what="上次说了以后，孩子被点名批评。"))
    appeal = everything()[-1]
    assert code_on(page) == CODE
    assert (appeal.kind, appeal.organisation.code) == (AppealKind.COMPLAINT, "county")
    assert appeal.title == f"因 {first.number} 这件事，孩子被为难"
    assert not queries.visible_to(stage.principal).filter(pk=appeal.pk).exists()
    assert queries.visible_to(stage.county_dispatcher).filter(pk=appeal.pk).exists()


def test_nobody_learns_the_number_of_an_appeal_they_do_not_hold(client, stage):
    other = given.registered(stage)
    client.post("/report/", said(above="1", about=str(other.pk), what="上次说了以后，孩子被点名批评。"))
    assert everything()[-1].title == "反映问题以后，孩子被为难"


@pytest.mark.parametrize("about", ["9" * 5000, "²", "-1", "x"])
def test_a_strange_number_breaks_nothing(client, stage, about):
    appeal = given.registered(stage)
    hold(client, appeal)
    assert client.get("/progress/", {"part": about}).status_code == 200
    assert client.get("/report/", {"school": "school", "above": "1", "about": about}).status_code == 200
