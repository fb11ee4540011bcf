"""What the doctor asks of the computer that runs this Python, under Windows."""

from __future__ import annotations

import locale
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from xl_amt.hosts.excel_addin.install import places_of_user

_REMOTE_DRIVE: Final = 4  # of GetDriveType
_SECONDS: Final = 30

# Run in a Python of its own: those that start this one (xl-amt.exe, a virtual environment's python.exe) each put it
# into a job which it may leave, and the session's would stand behind them.
_LEAVE_THE_JOB: Final = (
    "import subprocess, sys; "
    "subprocess.run([sys.executable, '-I', '-c', ''], creationflags=subprocess.CREATE_BREAKAWAY_FROM_JOB)"
)


class ThisComputer:
    """The computer that runs this Python, under Windows."""

    def __init__(self) -> None:
        self.places = places_of_user()
        self.xlwings_configuration = Path.home() / ".xlwings" / "xlwings.conf"
        self.code_page = locale.getencoding()

    def setting(self, key: str, name: str) -> str | int | None:
        """A value of the registry, of the user or else of the machine; None where there is none."""
        return {known.lower(): value for known, value in self.settings(key).items()}.get(name.lower())

    def settings(self, key: str) -> dict[str, str | int]:
        """Every value of a key of the registry, of the user or else of the machine."""
        found: dict[str, str | int] = {}
        if sys.platform == "win32":
            import winreg

            access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY  # Office's keys, also for a Python of 32 bits
            for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
                try:
                    with winreg.OpenKey(root, key, access=access) as opened:
                        values = [winreg.EnumValue(opened, at) for at in range(winreg.QueryInfoKey(opened)[1])]
                except OSError:
                    continue
                found |= {name: value for name, value, _ in values}
        return found

    def can_write(self, folder: Path) -> bool:
        """Whether the user may write into the folder, or make it."""
        existing = next(place for place in (folder, *folder.parents) if place.exists())
        try:
            with TemporaryFile(dir=existing):
                return True
        except OSError:
            return False

    def is_on_network(self, path: Path) -> bool:
        """Whether the path leads to another computer."""
        if path.drive.startswith("\\\\"):
            return True
        if sys.platform == "win32":
            import ctypes

            return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE_DRIVE)
        return False

    def keeps_programs_in_its_job(self) -> bool:
        """Whether Windows refuses a program of this session one that leaves its job."""
        python = Path(sys.base_prefix, "python.exe")
        try:
            finished = subprocess.run(  # noqa: S603 - this Python
                [str(python), "-I", "-c", _LEAVE_THE_JOB], capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return b"PermissionError" in finished.stderr
