"""Make backprop_lab/live/math.woff2: the letters, signs and tables of STIX Two Math that our formulas need, 34 kB.

Get the font with `npm pack @fontsource/stix-two-math`, unpack it, and give the path of its .woff2 file. The font is
under the SIL Open Font License (backprop_lab/live/math.LICENSE); the subset has a name of its own.
"""

import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen

TARGET = Path(__file__).parents[1] / "backprop_lab" / "live" / "math.woff2"
NAME = "Backprop Lab Math"
SIGNS = "ϑϕϵ′″‴∂∇∑∏⊙·×−±=≠≤≥≈≡→←↦↑↓⇒‖∥|⟨⟩√∞∈ℝ…⋯⏟⏞½¼⁄∘⊤ℓ⋮⋱⌊⌋ℎ✓▾▸↻↺÷○●▲▼▶⇅≟⁽⁾₀₁₂₃₄₅₆₇₈₉₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˡ𝛴"
RANGES = ((0x20, 0x7F), (0x391, 0x3CA), (0x1D400, 0x1D468), (0x1D6E4, 0x1D6E6), (0x1D6FC, 0x1D716), (0x1D7CE, 0x1D7D8))
SMALL = 0.735  # of a letter: as the font's own ¹ and ₀
MADE = {  # signs the font lacks: of which one they are made, how large, how far up
    **{sign: (letter, SMALL, 252) for sign, letter in zip("ᵀᴸⁱᶻ", "TLiz", strict=True)},
    **{sign: (letter, SMALL, -237) for sign, letter in zip("ₐₓⱼₖᵢₗ", "axjkil", strict=True)},
    "✗": ("☓", 1.0, 0),
}


def main(source: str) -> None:
    options: Any = subset.Options()
    options.flavor, options.layout_features, options.hinting = "woff2", ["ssty", "flac", "dtls"], False
    options.notdef_outline, options.name_IDs = True, [0, 1, 2, 4, 6, 13, 14]
    font = subset.load_font(source, options)
    for sign, (other, scale, up) in MADE.items():
        _make(font, sign, other, scale, up)
    subsetter = subset.Subsetter(options)
    codes = {code for ends in RANGES for code in range(*ends)}
    subsetter.populate(unicodes={*map(ord, SIGNS), *map(ord, MADE), *codes})
    subsetter.subset(font)
    records: Any = font["name"].names
    for record in records:
        if record.nameID in (1, 4, 6):
            record.string = NAME if record.nameID != 6 else NAME.replace(" ", "")
    subset.save_font(font, str(TARGET), options)
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


def _make(font: Any, sign: str, other: str, scale: float, up: int) -> None:
    """A new sign: another one, smaller, above or below the line."""
    name, made_of = f"uni{ord(sign):04X}", font.getBestCmap()[ord(other)]
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(made_of, (scale, 0, 0, scale, 0, up))
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = tuple(round(scale * each) for each in font["hmtx"][made_of])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(sign)] = name


if __name__ == "__main__":
    main(*sys.argv[1:])
