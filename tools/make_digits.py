"""Write backprop_lab/digits.npz, the UCI digits, from the copy that scikit-learn ships: python tools/make_digits.py."""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TARGET = Path(__file__).parent.parent / "backprop_lab" / "digits.npz"


def main() -> None:
    """Origin: Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI repository, CC BY 4.0."""
    found = load_digits()
    np.savez_compressed(TARGET, images=found.images.astype(np.uint8), labels=found.target.astype(np.uint8))
    print(f"{TARGET}: {len(found.target)} digits, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
