"""Choosing a file: one dialog, in the language of the program, that does not hold it up."""

from collections.abc import Callable

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cef_desk.i18n import _


def pick_folder(parent: QWidget, title: str, place: str, chosen: Callable[[str], None]) -> None:
    """Opens the dialog on a folder; `chosen` gets its name."""
    picker = QFileDialog(parent, title, place)
    picker.setFileMode(QFileDialog.FileMode.Directory)
    picker.setOption(QFileDialog.Option.ShowDirsOnly)
    _show(picker, (_("Folder:"), _("Choose")), chosen)


def _show(picker: QFileDialog, words: tuple[str, str], chosen: Callable[[str], None]) -> None:
    name, accept = words
    for label, text in (
        (QFileDialog.DialogLabel.LookIn, _("Folder:")),
        (QFileDialog.DialogLabel.FileName, name),
        (QFileDialog.DialogLabel.FileType, _("Kind of file:")),
        (QFileDialog.DialogLabel.Accept, accept),
        (QFileDialog.DialogLabel.Reject, _("Cancel")),
    ):
        picker.setLabelText(label, text)
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    picker.fileSelected.connect(chosen)
    picker.open()


def pick_file(
    parent: QWidget, title: str, kinds: str, chosen: Callable[[str], None], *, save_as: str = "", replace: bool = True
) -> QFileDialog:
    """Opens the dialog and gives it; `chosen` gets the name.

    With `save_as` a new file is named, else an existing one is chosen.
    """
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    picker = QFileDialog(parent, title, place, kinds)
    if save_as:
        picker.selectFile(save_as)
    if save_as:
        picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        picker.setDefaultSuffix(save_as.rpartition(".")[2])
        picker.filterSelected.connect(lambda kind: picker.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))
        picker.setOption(QFileDialog.Option.DontConfirmOverwrite, not replace)
    else:
        picker.setFileMode(QFileDialog.FileMode.ExistingFile)
    _show(picker, (_("File name:"), _("Save") if save_as else _("Open")), chosen)
    return picker
