"""Every step that staff take on a page, by its action."""

from huying.web.staff import (
    answering,
    calling,
    desk,
    handling,
    joining,
    oversight,
    reading,
    review,
    subjects,
    unmasking,
)
from huying.web.staff.steps import Step

TABLE: dict[str, Step] = {
    step.action: step
    for room in (desk, reading, joining, subjects, handling, answering, review, calling, oversight, unmasking)
    for step in room.STEPS
}
