"""Every model field says whether it is personal data; a field without a line in the reviewed file fails."""

import tomllib
from pathlib import Path

from django.apps import apps

LABELS = {"none", "staff", "resident", "resident-sensitive", "free-text", "digest"}
FILE = Path(__file__).with_name("personal_data.toml")


def fields() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        if model.__module__.startswith("zhuoluo."):
            key = f"{model._meta.app_label}.{model.__name__}"
            found[key] = {f.name for f in model._meta.local_fields}
    return found


def test_every_field_is_labelled_and_nothing_else() -> None:
    labelled = {key: set(names) for key, names in tomllib.loads(FILE.read_text()).items()}
    assert labelled == fields()


def test_labels_are_known() -> None:
    for key, names in tomllib.loads(FILE.read_text()).items():
        assert set(names.values()) <= LABELS, key


def test_residents_data_has_one_address() -> None:
    """Names, phones and addresses of residents live in `residents`; elsewhere only what people wrote in their own words."""
    for key, names in tomllib.loads(FILE.read_text()).items():
        # A paper is what was said to one person: frozen with their name, opened only by who may unmask (decision 0017).
        if not key.startswith(("residents.", "portal.", "papers.")):
            assert not {"resident", "resident-sensitive"} & set(names.values()), key
