"""From what a parent filled in to what is registered."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from huying.appeals import queries
from huying.appeals.actions.register import Code, Intake
from huying.appeals.identities import Contact
from huying.channels import inbox
from huying.people import keys
from huying.people import queries as people
from huying.rules.enums import AppealKind, PrivacyMode
from huying.vault import codes, tokens
from huying.web.parents import uploads
from huying.web.parents.forms import MATTERS, ReportForm

# A name for the school as a whole: whoever types it goes past the school.
THE_SCHOOL = "学校"
UNSORTED = "other"


def intake_of(school: Any, form: ReportForm, *, token: tokens.FormToken, about: str = "", at: datetime) -> Intake:
    """What the checked form brings. Without a kind it goes past the school; `about` is the number it follows."""
    said = form.cleaned_data
    is_above = "kind" not in form.fields
    topic, kind = (UNSORTED, AppealKind.COMPLAINT) if is_above else MATTERS[said["kind"]][1:]
    contact = Contact(name=said["name"] if said["contact"] == "named" else "", phone=form.telephone)
    found = queries.topic_by_code(topic) or queries.topic_by_code(UNSORTED)
    channel = inbox.channel_by_code("web")
    if found is None or channel is None:
        raise LookupError("the rules that ship are not there; run huying setup")
    return Intake(
        place=school,
        channel=channel,
        topic=found,
        kind=kind,
        title=title_above(about) if is_above else "",
        body=said["what"],
        received_at=at,
        subjects=[THE_SCHOOL] if is_above else [said["hidden_from"]] if said["hidden_from"] else [],
        privacy=_privacy(said),
        contact=None if contact.is_empty else contact,
        klass=people.unit(int(said["klass"])) if said["klass"] else None,
        pupil_involved=True,
        tokens=uploads.tokens(token.token_id),
        form_token=token.token_id,
    )


def code_of(digits: str) -> Code:
    """The 查询码 as it is stored."""
    stored = codes.code_digest(keys.ring(), digits)
    return Code(digest=stored.digest, key=stored.key_id)


def title_above(about: str) -> str:
    """A title that says the matter and no person."""
    return _("因 %(number)s 这件事，孩子被为难") % {"number": about} if about else _("反映问题以后，孩子被为难")


def _privacy(said: dict[str, Any]) -> PrivacyMode:
    if said["contact"] == "none":
        return PrivacyMode.ANONYMOUS
    return PrivacyMode.CONFIDENTIAL if said["secret"] else PrivacyMode.OPEN
