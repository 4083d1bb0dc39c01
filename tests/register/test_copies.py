"""Which names are those of copies that programs leave which keep folders alike; each is what one of them writes."""

import pytest

from slavefree_cli.register import copies

LEFT = [
    "7k2f9 (Kim's conflicted copy 2023-09-01).toml",  # Dropbox
    "7k2f9 (Kim (laptop)'s conflicted copy 2023-09-01).toml",
    "7k2f9 (Kims in Konflikt stehende Kopie 2023-09-01).toml",
    "7k2f9 (Unicode Encoding Conflict).toml",
    "7k2f9-LAPTOP7.toml",  # OneDrive
    "7k2f9-DESKTOP-1AB2C3D.toml",
    "7k2f9-Kims-MacBook-Pro-2.toml",
    "7k2f9 (1).toml",  # Google Drive
    "7k2f9_conf(1).toml",
    "7k2f9 2.toml",  # iCloud
    "7k2f9.sync-conflict-20230901-101500-ABCDEFG.toml",  # Syncthing
    "7k2f9 (conflicted copy 2023-09-01 101500).toml",  # Nextcloud
    "7k2f9_conflict-20230901-101500.toml",  # ownCloud
    "7k2f9 (SFConflict kim@example.org 2023-09-01-10-15-00).toml",  # Seafile
    "7k2f9_DESKTOP_Sep-01-1015-2023_Conflict.toml",  # Synology
    "7k2f9.Conflict.toml",  # Resilio
    "7k2f9 copy.toml",  # the Finder
    "7k2f9 copy 2.toml",
    "7k2f9 - Copy.toml",  # the Explorer
    "7k2f9 - Copy (2).toml",
    "7k2f9_LOCAL_4711.toml",  # git mergetool
]


@pytest.mark.parametrize("name", LEFT)
def test_a_copy_is_told_with_what_it_is_a_copy_of(tmp_path, name):
    folder = tmp_path / "actions" / "2023"
    folder.mkdir(parents=True)
    (folder / "7k2f9.toml").touch()
    said = copies.said(str(tmp_path), f"actions/2023/{name}")
    assert said is not None
    assert said.startswith("is a copy of actions/2023/7k2f9.toml that a sync program left")


@pytest.mark.parametrize("name", LEFT)
def test_without_what_it_would_be_a_copy_of_it_is_none(tmp_path, name):
    assert copies.said(str(tmp_path), name) is None


@pytest.mark.parametrize("name", ["sam-reed.toml", "sam-reed-laptop.toml", "sam2.toml", "sam.md", "samuel.toml"])
def test_a_name_of_its_own_is_that_of_no_copy(tmp_path, name):
    (tmp_path / "sam.toml").touch()
    assert copies.said(str(tmp_path), name) is None


@pytest.mark.parametrize("added", [" (1)", " 2", " (Kim's conflicted copy 1.2.2023)", "-LAPTOP7"])
def test_what_lies_in_a_copy_of_a_folder_is_told_with_the_folder(tmp_path, added):
    (tmp_path / "2023-06-07-summer").mkdir()
    said = copies.said(str(tmp_path), f"2023-06-07-summer{added}/minutes.md")
    assert said is not None
    assert said.startswith("is in a copy of 2023-06-07-summer/ that")
