from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from cef_desk.errors import Trouble
from cef_desk.i18n import told
from cef_desk.store.desk import Desk
from cef_desk.store.shared_folders import refuse_shared
from tests.store.keyed import PASSWORD, copied, made_in

Mount = namedtuple("Mount", "device mountpoint fstype opts")  # noqa: PYI024  as psutil gives them


@pytest.mark.parametrize(
    "folder", ["OneDrive", "OneDrive - Département 49", "Dropbox", "Dropbox (Personnel)", "Mon Drive", "Nextcloud"]
)
def test_a_folder_copied_to_other_computers_is_refused_with_the_way_out(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder / "CEF"
    place.mkdir(parents=True)
    with pytest.raises(Trouble) as error:
        refuse_shared(place / "unite.cefdesk")
    assert folder in told(error.value)
    assert "Déplacez-le" in told(error.value)
    with pytest.raises(Trouble):
        Desk.create(place / "unite.cefdesk", PASSWORD)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("folder", ["Documents", "Dropboxes", "megalithes", "Boîte", "drive"])
def test_an_ordinary_folder_is_not(tmp_path: Path, folder: str) -> None:
    refuse_shared(tmp_path / folder / "unite.cefdesk")


def test_a_network_folder_is_refused_by_its_kind_of_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [Mount("/dev/sda1", "/", "ext4", "rw"), Mount("//srv/part", str(tmp_path), "cifs", "rw")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_all: mounts)
    with pytest.raises(Trouble, match="network"):
        refuse_shared(tmp_path / "unite.cefdesk")
    mounts.append(Mount("/dev/sdb1", str(tmp_path / "clé"), "vfat", "rw"))
    refuse_shared(tmp_path / "clé" / "unite.cefdesk")


def test_a_file_moved_to_such_a_folder_can_still_be_read_beside(tmp_path: Path) -> None:
    place = tmp_path / "Dropbox"
    place.mkdir()
    path = copied(made_in(tmp_path), place)
    with pytest.raises(Trouble, match="copies to other computers"):
        Desk.open(path, lambda: PASSWORD)
    Desk.open(path, lambda: PASSWORD, alone=False).close()
