"""Write backprop_lab/digits.npz, the UCI digits, from the copy that scikit-learn ships: python tools/make_digits.py."""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TARGET = Path(__file__).parent.parent / "backprop_lab" / "digits.npz"


def main() -> None:
    """Origin: Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI repository, CC BY 4.0."""
    x, labels = load_digits(return_X_y=True)
    np.savez_compressed(TARGET, images=x.reshape(-1, 8, 8).astype(np.uint8), labels=labels.astype(np.uint8))
    print(f"{TARGET}: {len(labels)} digits, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
