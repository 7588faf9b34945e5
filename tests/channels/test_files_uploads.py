"""Uploads on their way in: no name on the disk, a true size, and never more than the largest form."""

import io
import os

import pytest
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser

from huying.channels import files
from huying.channels.files import FileTooLarge
from huying.channels.uploads import NamelessUploadHandler
from tests.channels import samples


def posted(data: bytes, *, handler: FileUploadHandler):
    """What a form that posts this file brings."""
    body = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body += data + b"\r\n--b--\r\n"
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(len(body))}
    _, found = MultiPartParser(meta, io.BytesIO(body), [handler], "utf-8").parse()
    return found["photo"]


def test_an_upload_has_no_name_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    upload = posted(samples.told_jpeg(), handler=NamelessUploadHandler())
    assert (upload.name, upload.size) == ("a.jpg", len(samples.told_jpeg()))
    assert upload.read() == samples.told_jpeg()
    assert os.listdir(tmp_path) == []


def test_an_upload_is_cleaned_like_any_other(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    assert files.clean(posted(samples.told_jpeg(), handler=NamelessUploadHandler())).suffix == ".jpg"


def test_more_than_the_largest_form_is_counted_but_not_kept(settings, tmp_path, monkeypatch):
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr("huying.channels.uploads.MOST_BYTES", 300_000)
    large = samples.told_jpeg() + bytes(12_000_000)
    upload = posted(large, handler=NamelessUploadHandler())
    assert upload.size == len(large)
    assert os.fstat(upload.fileno()).st_size < 1_000_000
    with pytest.raises(FileTooLarge):
        files.clean(upload)
