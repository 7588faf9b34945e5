"""How files arrive: into temporary files without a name, so that a crash leaves nothing of a raw upload behind."""

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from huying.channels.filekinds import MOST_BYTES


class NamelessUploadHandler(FileUploadHandler):
    """Writes what arrives to a nameless file. More than any form may have is counted, but no longer written."""

    chunk_size = 256 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A part of it arrived."""
        if start <= MOST_BYTES:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """The whole file; its size is what arrived, not what was announced."""
        self._file.seek(0)
        return UploadedFile(
            file=self._file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
