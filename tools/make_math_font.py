"""Make backprop_lab/live/math.woff2: the letters, signs and tables of STIX Two Math that our formulas need, 32 kB.

Get the font with `npm pack @fontsource/stix-two-math`, unpack it, and give the path of its .woff2 file. The font is
under the SIL Open Font License (backprop_lab/live/math.LICENSE); the subset has a name of its own.
"""

import sys
from pathlib import Path
from typing import Any

from fontTools import subset

TARGET = Path(__file__).parents[1] / "backprop_lab" / "live" / "math.woff2"
NAME = "Backprop Lab Math"
SIGNS = "ϑϕϵ′″‴∂∇∑∏⊙·×−±=≠≤≥≈≡→←↦↓⇒‖∥|⟨⟩√∞∈ℝ…⋯⏟⏞ᵀ½¼⁄∘⊤ℓ⋮⋱⌊⌋ℎ✓▾▸↻↺÷₀₁₂₃₄₅₆₇₈₉ₐ₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˡᴸ"
RANGES = ((0x20, 0x7F), (0x391, 0x3CA), (0x1D400, 0x1D468), (0x1D6E4, 0x1D6E6), (0x1D6FC, 0x1D716), (0x1D7CE, 0x1D7D8))


def main(source: str) -> None:
    options: Any = subset.Options()
    options.flavor, options.layout_features, options.hinting = "woff2", ["ssty", "flac", "dtls"], False
    options.notdef_outline, options.name_IDs = True, [0, 1, 2, 4, 6, 13, 14]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={ord(sign) for sign in SIGNS} | {code for ends in RANGES for code in range(*ends)})
    subsetter.subset(font)
    records: Any = font["name"].names
    for record in records:
        if record.nameID in (1, 4, 6):
            record.string = NAME if record.nameID != 6 else NAME.replace(" ", "")
    subset.save_font(font, str(TARGET), options)
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
