"""Folders where a file would be lost: shared over a network, or copied behind one's back to another computer."""

import os
from pathlib import Path, PurePath

from cef_desk.i18n import N_
from cef_desk.store.trouble import OfThePlace

_SYNCHRONISED = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "mon drive", "icloud drive", "icloudrive",
    "mobile documents", "nextcloud", "owncloud", "kdrive", "pcloud", "pclouddrive", "mega", "megasync", "box sync",
)  # fmt: skip
_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "webdav", "davfs", "fuse.sshfs",
    "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "ncpfs", "ceph", "glusterfs", "fuse.glusterfs", "9p",
})  # fmt: skip
_WORDS_AROUND = " -_("


def refuse_shared(path: Path) -> None:
    """Refuses a place where SQLite's locks do not hold or where two computers would write over each other."""
    whole = path.absolute()
    synchronised = _synchroniser(whole.parent)
    if synchronised is not None:
        raise OfThePlace(
            N_("{name} is in a folder that {service} copies to other computers: records would be lost. Move it, with "
               "its key file, to a folder of this computer alone."),
            name=path.name, service=synchronised,
        )  # fmt: skip
    if _is_on_network(whole):
        raise OfThePlace(
            N_("{name} is on a network folder, where records would be lost when two computers write. Move it, with "
               "its key file, to a folder of this computer."),
            name=path.name,
        )  # fmt: skip


def _synchroniser(folder: PurePath) -> str | None:
    """The folder that a service keeps the same on several computers, by its name; none when there is none."""
    for part in folder.parts:
        name = part.casefold()
        if any(name == known or name.startswith(tuple(known + mark for mark in _WORDS_AROUND))
               for known in _SYNCHRONISED):  # fmt: skip
            return part
    home = os.environ.get("OneDrive")  # noqa: SIM112  Windows spells it so
    return "OneDrive" if home and folder.is_relative_to(home) else None


def _is_on_network(path: Path) -> bool:
    if str(path).startswith("\\\\"):
        return True
    import psutil  # the list of mounts of each system

    mounts = [each for each in psutil.disk_partitions(all=True) if path.is_relative_to(each.mountpoint)]
    nearest = max(mounts, key=lambda each: len(each.mountpoint), default=None)
    return nearest is not None and (nearest.fstype.casefold() in _NETWORK or "remote" in nearest.opts.split(","))
