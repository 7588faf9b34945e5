"""Appeals about a head of a 级部, full of canaries, walked through the real doors and steps."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.answer import answer
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.approve_unmask import approve_unmask
from huying.appeals.actions.call_back import call_back
from huying.appeals.actions.contact import contact
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.rate import rate
from huying.appeals.actions.read_original import read_original
from huying.appeals.actions.reclassify import Classes, reclassify
from huying.appeals.actions.register import register
from huying.appeals.actions.request_unmask import request_unmask
from huying.appeals.actions.take_statement import take_statement
from huying.appeals.actions.unmask import unmask
from huying.appeals.actions.withdraw import withdraw
from huying.appeals.identities import Contact
from huying.channels import drafts, inbox
from huying.rules.enums import AppealKind, ContactField, ContactWay, PrivacyMode, Satisfaction, Severity, UnmaskPurpose
from tests import given
from tests.cast import Stage, at
from tests.channels import samples
from tests.crawl.canaries import FIELDS, FILES, LATER, REQUEST, STORY, STORY_TEXT
from tests.pages.parent import everything, hold, said

HANDLER = "office_head"


@dataclass
class Nest:
    """The appeals: handled by an office, called back, brought by a hotline; and a confidential one that is no 举报, to
    which the caller has noted down whom they spoke to."""

    handled: Any
    called: Any
    brought: Any
    noted: Any

    @property
    def all(self) -> tuple[Any, ...]:
        return self.handled, self.called, self.brought, self.noted


def build(stage: Stage, office: Any) -> Nest:
    """Everything is planted."""
    office.clock_shows(at(10))
    handled = _handled(stage, _filed(stage))
    return Nest(handled, _called_back(stage, _taken_down(stage)), _brought(stage), _noted(stage))


def _filed(stage: Stage) -> Any:
    """By a mother, on the pages, with files, from a phone that tells a lot."""
    uploads = [
        SimpleUploadedFile(FILES["file_name"], samples.told_jpeg(), content_type="image/jpeg"),
        SimpleUploadedFile(FILES["pdf_file_name"], samples.told_pdf(), content_type="application/pdf"),
        SimpleUploadedFile(FILES["sound_file_name"], samples.told_mp3(), content_type="audio/mpeg"),
    ]
    form = said(
        kind="teacher",
        what=STORY_TEXT,
        contact="named",
        name=FIELDS["name"],
        phone_too=FIELDS["mobile_with_separators"],
        secret="on",
        hidden_from=STORY["typed_subject"],
        files=uploads,
    )
    mother = Client(
        REMOTE_ADDR=REQUEST["address_of_network"],
        HTTP_X_FORWARDED_FOR=REQUEST["forwarded_for"],
        HTTP_USER_AGENT=REQUEST["user_agent"],
        HTTP_ACCEPT_LANGUAGE=REQUEST["accept_language"],
        HTTP_REFERER=f"https://{REQUEST['referer']}/",
        HTTP_COOKIE=f"seen={REQUEST['cookie']}",
    )
    answer = mother.post("/report/", form)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    (appeal,) = everything()
    hold(mother, appeal)
    later = SimpleUploadedFile(LATER["file_name_of_message"], samples.told_png(), content_type="image/png")
    mother.post(f"/progress/{appeal.pk}/add_message/", {"message": LATER["name_in_message"], "files": [later]})
    return given.fresh(appeal)


def _handled(stage: Stage, appeal: Any) -> Any:
    """Made a 举报, about the head of the 级部, in the hands of an office that asked in vain who filed."""
    classes = Classes(kind=AppealKind.REPORT, topic=appeal.topic, severity=Severity.NORMAL)
    reclassify(appeal, classes=classes, reason="是举报", by=stage.dispatcher, at=at(11))
    _to_the_office(stage, appeal)
    words = {"purpose": UnmaskPurpose.CALL, "fields": list(ContactField), "hours": 2}
    request_unmask(given.fresh(appeal), **words, reason=LATER["name_in_unmask_reason"], by=stage.office_head, at=at(13))
    withdraw(given.fresh(appeal), reason=LATER["name_in_withdrawal"], by=stage.holding(appeal), at=at(14))
    return given.fresh(appeal)


def _to_the_office(stage: Stage, appeal: Any) -> None:
    fresh = given.fresh(appeal)
    for subject in [*fresh.subjects.order_by("pk")] or [None]:
        who = {"person": stage.person("grade_head"), "by": stage.dispatcher, "at": at(11, 10)}
        name_subject(given.fresh(appeal), **who, **({"subject": subject.pk} if subject is not None else {}))
    lead = stage.units["office"]
    if given.fresh(appeal).kind == AppealKind.REPORT:
        read_original(given.fresh(appeal), by=stage.dispatcher, at=at(11, 20))
    dispatch(given.fresh(appeal), lead=lead, summary="反映一名教师言语不当。", by=stage.dispatcher, at=at(11, 30))
    acknowledge(given.fresh(appeal), by=stage.office_head, at=at(12))


def _taken_down(stage: Stage) -> Any:
    """By the clerk, who writes down everything that the caller says of themselves."""
    kept = [FIELDS[name] for name in ("landline", "family_phone", "id_number", "address", "pinyin", "wechat", "email")]
    kept += [FIELDS[name] for name in ("plate", "bank_card", "class", "seat", "bus_stop", "mobile_full_width")]
    contact_left = Contact(
        name=FIELDS["name_with_spaces"],
        phone=FIELDS["mobile"],
        other="，".join(kept),
        relation=FIELDS["relation"],
        child=FIELDS["child"],
    )
    taken = given.intake(
        stage,
        channel="phone",
        kind=AppealKind.REPORT,
        topic="ethics",
        body=STORY["sentence"],
        wish=STORY["style_in_wish"],
        items=[STORY["name_in_item"]],
        contact=contact_left,
        privacy=PrivacyMode.CONFIDENTIAL,
    )
    appeal = register(taken, code=given.code(), by=stage.clerk, at=at(10, 12))
    add_message(given.fresh(appeal), message=LATER["name_in_message"], by=stage.clerk, at=at(10, 30))
    return appeal


def _called_back(stage: Stage, appeal: Any) -> Any:
    """Answered after one view that was agreed to, called back, and rated."""
    _to_the_office(stage, appeal)
    words = {"purpose": UnmaskPurpose.CALL, "fields": [ContactField.PHONE], "hours": 1, "reason": "要打电话问清楚"}
    request_unmask(given.fresh(appeal), **words, by=stage.office_head, at=at(12, 5))
    approve_unmask(given.fresh(appeal), by=stage.principal, at=at(12, 10))
    assert unmask(given.fresh(appeal), by=stage.office_head, at=at(12, 15)).phone == FIELDS["mobile"]
    contact(given.fresh(appeal), way=ContactWay.PHONE, reached=True, by=stage.office_head, at=at(12, 40))
    statement = {"question": "那天发生了什么？", "statement": "我提高了声音。"}
    take_statement(given.fresh(appeal), **statement, by=stage.office_head, at=at(13))
    fresh = given.fresh(appeal)
    items = dict.fromkeys(fresh.items.values_list("pk", flat=True), "已办。")
    answer(fresh, draft=replace(given.FULL, items=items), by=stage.office_head, at=at(14))
    approve_answer(given.fresh(appeal), checked=True, by=stage.principal, at=at(15))
    called = {"call": given.BAD_CALL, "reason": LATER["name_in_call_note"]}
    call_back(given.fresh(appeal), **called, by=stage.caller, at=at(16))
    said_so = {"satisfaction": Satisfaction.DISSATISFIED, "reason": LATER["name_in_rating"]}
    rate(given.fresh(appeal), **said_so, by=stage.holding(appeal), at=at(16, 30))
    drafts.keep({"note": FIELDS["child"]}, account=stage.clerk.account, appeal=appeal.pk, at=at(16, 40))
    return given.fresh(appeal)


def _brought(stage: Stage) -> Any:
    """By a hotline, with a raw row that names everybody; nobody has sorted it yet."""
    names = ("caller_of_hotline", "mail_from", "mail_reply_to", "mail_message_id", "mail_signature", "wechat_open_id")
    taken = given.intake(stage, channel="hotline", kind=AppealKind.REPORT, topic="ethics", body=STORY["sentence"])
    raw = {name: FIELDS[name] for name in names}
    message = inbox.keep(taken.channel, external_ref="D-7714", at=at(10), raw=raw)
    left = Contact(name=FIELDS["caller_of_hotline"], phone=FIELDS["mobile"])
    fields = {"source": message, "external_ref": "D-7714", "contact": left, "privacy": PrivacyMode.CONFIDENTIAL}
    brought = given.intake(
        stage, channel="hotline", kind=AppealKind.REPORT, topic="ethics", body=STORY["sentence"], **fields
    )
    appeal = register(brought, code=given.code(), by=stage.dispatcher, at=at(10, 20))
    name_subject(given.fresh(appeal), person=stage.person("grade_head"), by=stage.dispatcher, at=at(11))
    return given.fresh(appeal)


def _noted(stage: Stage) -> Any:
    """A confidential complaint about the same head: its story is plain, the caller's note names the family."""
    left = Contact(
        name=FIELDS["noted_name"],
        phone=FIELDS["noted_mobile"],
        relation=FIELDS["noted_relation"],
        child=FIELDS["noted_child"],
    )
    fields = {"kind": AppealKind.COMPLAINT, "topic": "ethics", "body": "放学晚了半小时。", "contact": left}
    appeal = given.registered(stage, privacy=PrivacyMode.CONFIDENTIAL, **fields)
    _to_the_office(stage, appeal)
    contact(given.fresh(appeal), way=ContactWay.PHONE, reached=True, by=stage.office_head, at=at(12, 40))
    take_statement(given.fresh(appeal), question="几点放的学？", statement="晚了。", by=stage.office_head, at=at(13))
    answer(given.fresh(appeal), draft=given.FULL, by=stage.office_head, at=at(14))
    approve_answer(given.fresh(appeal), checked=True, by=stage.principal, at=at(15))
    note = f"是{left.name}（{left.relation}）接的，说{left.child}到家都黑了，回电{left.phone}"
    call_back(given.fresh(appeal), call=given.BAD_CALL, reason=note, by=stage.caller, at=at(16))
    return given.fresh(appeal)
