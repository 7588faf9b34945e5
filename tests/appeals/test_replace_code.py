"""A new 查询码 opens the appeal, and the old one no longer does."""

from huying.appeals import queries
from huying.appeals.actions.replace_code import replace_code
from huying.appeals.models import Receipt
from huying.appeals.steps import NotAllowed, NotPossible, Stale
from tests import given
from tests.appeals.ledger import overtaken, record, refused, step, written
from tests.cast import at


def replace(appeal, *, by, code=None, called_back=True):
    code = code or given.code()
    replace_code(appeal, digest=code.digest, key=code.key, called_back=called_back, by=by, at=at(13))


def test_the_old_code_is_nothing_and_the_new_one_is_known_as_spoken(stage):
    appeal = given.handled(stage)
    old, code = appeal.receipt.digest, given.code()
    replace(appeal, by=stage.clerk, code=code)

    assert queries.receipt_by([old]) is None
    receipt = queries.receipt_by([code.digest])
    assert (queries.appeals_under(receipt.pk), receipt.is_spoken) == ({appeal.pk}, True)
    assert record(appeal) == {}
    assert written(given.fresh(appeal)) == step(
        "replace_code: handling → handling", "clerk school", told="code_replaced: appellant"
    )


def test_the_digest_stands_in_no_event(stage):
    appeal, code = given.closed(stage), given.code()
    replace(appeal, by=stage.clerk, code=code)
    assert code.digest not in str(list(appeal.events.values()))
    assert Receipt.objects.get(pk=appeal.receipt_id).digest == code.digest


def test_the_registered_number_is_called_first_and_only_the_counter_does_it(stage):
    appeal = given.handled(stage)
    with refused(appeal, NotPossible, "回拨核对"):
        replace(appeal, by=stage.clerk, called_back=False)
    for name in ("dispatcher", "teacher", "caller", "principal", "mother"):
        with refused(appeal, (NotAllowed, NotPossible)):
            replace(appeal, by=getattr(stage, name))


def test_a_second_hand_comes_too_late(stage):
    appeal = overtaken(given.handled(stage), stage)
    with refused(appeal, Stale):
        replace(appeal, by=stage.clerk)
