"""What the environment says becomes settings; what would be unsafe is refused at the start."""

import os
import stat
import subprocess
import sys

import pytest

from huying.config import env


def started(tmp_path, **said: str) -> subprocess.CompletedProcess[str]:
    names = "import django; django.setup(); from django.conf import settings as s"
    shown = "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.ALLOWED_HOSTS)"
    given = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "huying.config.settings"}
    return subprocess.run(
        [sys.executable, "-c", f"{names}; {shown}"], env={**given, **said}, capture_output=True, text=True, check=False
    )


def test_on_this_machine_without_https_cookies_are_plain(tmp_path):
    assert started(tmp_path).stdout.split("[")[0].split() == ["session", "False", "0"]


def test_under_https_cookies_belong_to_the_host_alone_and_the_browser_stays_there(tmp_path):
    said = started(tmp_path, BASE_URL="https://huying.example", ALLOWED_HOSTS="huying.example")
    assert said.stdout == "__Host-session True 31536000 ['huying.example']\n"


def test_open_to_the_local_network_it_answers_to_whatever_name_it_has_there(tmp_path):
    assert started(tmp_path, HOST="0.0.0.0").stdout.endswith("['*']\n")


@pytest.mark.parametrize("said", [{"ALLOWED_HOSTS": "huying.example"}, {"HOST": "0.0.0.0"}])
def test_debugging_refuses_a_public_host(tmp_path, said):
    refused = started(tmp_path, DEBUG="1", **said)
    assert refused.returncode != 0
    assert "DEBUG is for this machine alone" in refused.stderr


def test_the_key_is_made_once_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    folder = tmp_path / "keys"
    key = env.secret_key(folder)
    assert env.secret_key(folder) == key
    assert len(key) >= 50
    assert stat.S_IMODE((folder / "django").stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["django"]


def test_a_database_address_becomes_a_connection(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://hu%40ying:p%2Fw@db:5433/cell?sslmode=require")
    monkeypatch.setenv("DATABASE_POOL", "6")
    found = env.database(tmp_path)
    assert [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "cell",
        "hu@ying",
        "p/w",
        "db",
        "5433",
    ]
    assert found["OPTIONS"] == {
        "server_side_binding": True,
        "pool": {"min_size": 1, "max_size": 6, "timeout": 10},
        "prepare_threshold": 5,
        "options": "-c jit=off",
        "sslmode": "require",
    }


def test_behind_a_pooler_no_connection_is_told_anything(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://huying@pooler/huying")
    monkeypatch.setenv("DATABASE_POOL", "0")
    assert env.database(tmp_path)["OPTIONS"] == {"server_side_binding": True}


def test_another_kind_of_database_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://root@db/huying")
    with pytest.raises(ValueError, match="postgres://"):
        env.database(tmp_path)


def test_the_embedded_database_keeps_what_was_acknowledged(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = env.database(tmp_path)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "secure_delete=ON" in options["init_command"]


def test_under_https_the_browser_stays_there_for_a_year_with_all_names_below(tmp_path):
    given = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "huying.config.settings"}
    said = {"BASE_URL": "https://huying.example", "ALLOWED_HOSTS": "huying.example", "TRUSTED_PROXIES": "127.0.0.1/32"}
    words = (
        "import django; django.setup(); from django.test import Client; "
        "c = Client(REMOTE_ADDR='127.0.0.1', HTTP_HOST='huying.example', HTTP_X_FORWARDED_PROTO='https'); "
        "print(c.get('/static/nothing').headers['Strict-Transport-Security'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], env={**given, **said}, capture_output=True, text=True, check=False
    )
    assert done.stdout == "max-age=31536000; includeSubDomains\n", done.stderr
