"""The tests make passwords lightly; the product never does."""

import os
import subprocess
import sys

STEPS = "import django; django.setup(); from django.contrib.auth.hashers import make_password as m; print(m('一句话'))"


def test_a_stored_password_is_as_slow_to_guess_as_the_library_advises(tmp_path):
    given = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "huying.config.settings",
    }
    stored = subprocess.run([sys.executable, "-c", STEPS], env=given, capture_output=True, text=True, check=True).stdout
    assert stored.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
