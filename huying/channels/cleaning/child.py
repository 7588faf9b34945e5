"""The child process: it limits itself, takes a file from its input, and gives the clean file to its output.

Exit 0: clean. Exit 3: refused, and the last line of stderr is the word why. Anything else: it broke or was stopped.
"""

import resource
import sys
from importlib import import_module

from huying.channels.cleaning.faults import NotClean

MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 10
MOST_OUTPUT = 64 * 1024 * 1024
REFUSED = 3

# Only the one decoder that is needed is loaded: what is not there cannot be attacked, and the child starts fast.
_CLEANERS = {
    "jpeg": ("images", "clean_jpeg"),
    "png": ("images", "clean_png"),
    "webp": ("images", "clean_webp"),
    "pdf": ("pdfs", "clean_pdf"),
    "mp3": ("sounds", "clean_mp3"),
    "amr": ("sounds", "clean_amr"),
    "m4a": ("boxes", "clean_boxes"),
    "mp4": ("boxes", "clean_boxes"),
}


def limit() -> None:
    """From here on this process has little memory, time, output and files."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def clean(code: str, data: bytes) -> bytes:
    """What the cleaner of this form makes of the file. Raises NotClean."""
    module, function = _CLEANERS[code]
    cleaned: bytes = getattr(import_module(f"huying.channels.cleaning.{module}"), function)(data)
    return cleaned


def main(code: str) -> int:
    """The exit code after one file."""
    limit()
    try:
        sys.stdout.buffer.write(clean(code, sys.stdin.buffer.read()))
        sys.stdout.buffer.flush()
    except NotClean as refusal:
        sys.stderr.write(f"\n{refusal.word}\n")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
