"""A sheet that wants more than to be read: references to elsewhere, entities that grow, members that swell."""

import io
import zipfile

import pytest

from huying.papers.incoming import Bounds, NotASheet, rows
from tests.papers.test_incoming import made

SECRET = "root:x:0:0"
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
) + "]>"  # fmt: skip


def spoiled(head: str, entity: str) -> bytes:
    """A sheet whose first text is an entity declared in its head."""
    whole, out = zipfile.ZipFile(io.BytesIO(made([["甲乙丙"]]))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in whole.namelist():
            text = whole.read(name)
            if name == "xl/sharedStrings.xml":
                text = text.replace(b"?>", b"?>" + head.encode(), 1).replace("甲乙丙".encode(), entity.encode())
            changed.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(("head", "entity"), [(OUTSIDE, "&e;"), (LAUGHS, "&j;")])
def test_no_entity_fetches_a_file_or_grows(head, entity):
    try:
        said = repr(list(rows(spoiled(head, entity))))
    except NotASheet:
        return
    assert SECRET not in said
    assert len(said) < 1000


def test_members_that_swell_are_refused_before_they_are_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 3_000_000)
    with pytest.raises(NotASheet):
        rows(out.getvalue(), bounds=Bounds(unpacked=1_000_000))
