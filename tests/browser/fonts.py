"""The fonts a machine may have: Chromium is shown one set and no other, whatever is installed here."""

from pathlib import Path
from tempfile import mkdtemp

FONTS = Path("/usr/share/fonts/truetype")
CORE = ["Sans", "Sans-Bold", "SansMono", "SansMono-Bold", "Serif", "Serif-Bold"]  # what fonts-dejavu-core brings
SETS = {  # the files, where Debian puts them, and what stands for sans-serif, serif and monospace
    "dejavu": ([f"dejavu/DejaVu{each}.ttf" for each in CORE], "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"),
    "liberation": (["liberation/*.ttf"], "Liberation Sans", "Liberation Serif", "Liberation Mono"),
    "noto": (["noto/*.ttf"], "Noto Sans", "Noto Serif", "Noto Sans Mono"),
}
CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir>{aliases}<match target="pattern">
<edit name="family" mode="append_last"><string>{other}</string></edit></match></fontconfig>
"""
ALIAS = (
    '<match target="pattern"><test qual="any" name="family"><string>{generic}</string></test>'
    '<edit name="family" mode="prepend" binding="strong"><string>{family}</string></edit></match>'
)


def files(name: str) -> list[Path]:
    """The files of a set that this machine has."""
    return [path for pattern in SETS[name][0] for path in sorted(FONTS.glob(pattern))]


def environment(name: str) -> dict[str, str]:
    """What Chromium needs in its environment to see this set only; nothing where it is not installed."""
    if not files(name):
        return {}
    folder = Path(mkdtemp(prefix="backprop-lab-fonts-"))
    for path in files(name):
        (folder / path.name).symlink_to(path)
    generic = {"sans-serif": 1, "system-ui": 1, "serif": 2, "monospace": 3}
    aliases = "".join(ALIAS.format(generic=each, family=SETS[name][at]) for each, at in generic.items())
    (folder / "fonts.conf").write_text(
        CONF.format(folder=folder, aliases=aliases, other=SETS[name][1]), encoding="utf-8"
    )
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
