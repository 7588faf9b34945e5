"""Two hundred hostile files through a parent's form: none breaks it, holds it up, or eats the machine."""

import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huying.channels import files
from tests.channels import hostile
from tests.pages.parent import form_token, said

REFUSED = ("不能上传", "认不出这个文件的格式", "这个文件是空的", "打不开", "最大", "超过")
MOST_SECONDS, MOST_KIBIBYTES = 5, 512 * 1024


def test_the_corpus_is_as_large_as_it_should_be_and_names_each_file_once():
    names = Counter(name for name, _ in hostile.corpus())
    assert len(names) >= 200
    assert names.most_common(1)[0][1] == 1


@pytest.fixture
def peaks(monkeypatch, tmp_path) -> Path:
    """Where every child that opens a file writes how much memory it had at most, before it ends."""
    kept = tmp_path / "peaks"
    tell = f"open({str(kept)!r}, 'a').write(next(line for line in open('/proc/self/status') if 'VmHWM' in line))"
    monkeypatch.setattr(files, "_CHILD", f"import atexit; atexit.register(lambda: {tell}); {files._CHILD}")
    return kept


@pytest.mark.proof
def test_hostile_files_are_taken_clean_or_refused_in_words(client, stage, peaks):
    answers, slow, silent = Counter(), [], []
    for number, (name, data) in enumerate(hostile.corpus()):
        photo = SimpleUploadedFile(name, data, content_type="image/jpeg")
        sent = said(token=form_token(token_id=f"f{number}"), stage="check", files=photo)
        began = time.monotonic()
        page = client.post("/report/", sent, REMOTE_ADDR="198.51.100.7")
        took = time.monotonic() - began
        answers[page.status_code] += 1
        if page.status_code == 422 and not any(words in page.content.decode() for words in REFUSED):
            silent.append(name)
        if took > MOST_SECONDS:
            slow.append((name, round(took, 1)))
    assert set(answers) == {200, 422}
    assert slow == []
    assert silent == []
    assert answers[422] > answers[200]
    heaviest = [int(line.split()[1]) for line in peaks.read_text().splitlines()]
    assert len(heaviest) > answers[200]
    assert max(heaviest) <= MOST_KIBIBYTES
