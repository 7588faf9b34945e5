"""The console script `huying`: our commands by their names, with honest exit codes (0 done, 1 could not, 2 misused)."""

import importlib
import os
import pkgutil
import sys

import django
from django.core.management import CommandError, load_command_class
from django.core.management.base import SystemCheckError
from django.db import OperationalError

PACKAGE = "huying.ops.management.commands"


def names() -> list[str]:
    """Our commands, as they are typed."""
    folder = importlib.import_module(PACKAGE).__path__
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(folder))


def main() -> None:
    """Run one command and leave with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """The exit code of one command line. What went wrong is said on stderr."""
    django.setup()
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_list())
        return 0 if words else 2
    if words[0] not in names():
        print(f"没有这个命令：{words[0]}\n\n{_list()}", file=sys.stderr)
        return 2
    return _call(words[0].replace("-", "_"), words[1:])


def _call(name: str, words: list[str]) -> int:
    command = load_command_class("huying.ops", name)
    parser = command.create_parser("huying", name.replace("_", "-"))
    try:
        options = vars(parser.parse_args(words))
    except CommandError as error:
        print(error, file=sys.stderr)
        return 2
    except SystemExit as leaving:
        return int(leaving.code or 0)
    try:
        command.execute(*options.pop("args", ()), **options)
    except (CommandError, SystemCheckError, OperationalError, OSError) as error:
        print(error, file=sys.stderr)
        return getattr(error, "returncode", 1)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except KeyboardInterrupt:
        return 130
    return 0


def _list() -> str:
    lines = [f"  {name:<18} {_first_line(name)}" for name in names()]
    return "\n".join(["huying <命令> [选项]      huying <命令> --help", "", *lines])


def _first_line(name: str) -> str:
    module = importlib.import_module(f"{PACKAGE}.{name.replace('-', '_')}")
    return str(module.Command.help)


if __name__ == "__main__":
    main()
