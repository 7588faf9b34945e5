"""The mail door: a short note that there is news, by the mail server the installation names."""

import smtplib
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from huying.channels.delivery import DoorClosed, Mail, Never, NotNow

# Never an answer to an answer: other machines leave such mail alone.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Precedence": "bulk"}
URGENT = frozenset({"red_line", "red_line_due"})


def door() -> Callable[[Mail], None] | None:
    """What sends a mail; None when the installation names no mail server."""
    return send if settings.EMAIL_HOST else None


def send(mail: Mail) -> None:
    """The mail server has taken it. Raises Never, NotNow, DoorClosed."""
    try:
        _message(mail).send()
    except smtplib.SMTPRecipientsRefused as refused:
        raise _refusal(code for code, _ in refused.recipients.values()) from refused
    except smtplib.SMTPDataError as said:
        raise _refusal([said.smtp_code]) from said
    except (smtplib.SMTPException, OSError) as error:
        # A wrong password or sender is the installation's fault, no letter's: all wait until it is mended.
        raise DoorClosed(f"邮件发不出去（{type(error).__name__} {getattr(error, 'smtp_code', '')}）") from error


def _message(mail: Mail) -> EmailMessage:
    sender = settings.DEFAULT_FROM_EMAIL
    host = sender.rpartition("@")[2].strip(" >") or "localhost"
    return EmailMessage(
        subject=_subject(mail),
        body=_body(mail),
        from_email=sender,
        # Holders of one post need not see each other's addresses.
        bcc=list(mail.to),
        headers={"Message-ID": f"<{mail.id}@{host}>", "To": "undisclosed-recipients:;", **HEADERS},
        connection=get_connection("django.core.mail.backends.smtp.EmailBackend"),
    )


def _subject(mail: Mail) -> str:
    if mail.text:
        return "【呼应】今天的封存，请保存这封邮件"
    about = f" {mail.number}" if mail.number else ""
    return f"【呼应】{'红线事项，请马上处理' if mail.kind in URGENT else '有一条新通知'}{about}"


def _body(mail: Mail) -> str:
    if mail.text:
        return f"请保存，不要回复。以后核对办理记录有没有被改过，要用下面这一行：\n\n{mail.text}\n"
    about = f"编号 {mail.number}\n" if mail.number else ""
    return f"您有一条新通知。\n{about}请登录查看：{settings.BASE_URL}/staff/letters/\n\n系统自动发出，请不要回复。\n"


def _refusal(codes: Iterable[int]) -> Never | NotNow:
    """5xx is final, everything else is for now; one address that may still be reached keeps the letter alive."""
    said = sorted(set(codes))
    words = f"邮件服务器说 {'、'.join(map(str, said))}"
    return Never(words) if said and said[0] >= 500 else NotNow(words)
