"""Train lecture 001's network, 784-512-512-10, on Fashion-MNIST files that you have.

    python tests/benchmarks/fashion_mnist.py FOLDER [EPOCHS]

FOLDER holds the four IDX files, plain or as .gz. Prints loss and accuracy after each epoch.
"""

import sys

from reference.data import fashion_mnist
from reference.models import Dense, Reshape, Sequential, With
from reference.preprocessing import one_hot


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    (x, y), (x_test, y_test) = (fashion_mnist(sys.argv[1], part) for part in ("train", "test"))
    hidden = [Dense(512, "relu", initialiser="he_normal") for _ in range(2)]
    model = Sequential([Reshape(), *hidden, Dense(10, "softmax")])
    model.compile(
        loss="cross_entropy", optimiser=With("sgd", learning_rate=0.1), metrics=["accuracy"]
    )
    targets = one_hot.run(y, classes=10), one_hot.run(y_test, classes=10)
    epochs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    model.fit(x / 255, targets[0], epochs=epochs, batch_size=64, verbose=2)
    print("test", model.evaluate(x_test / 255, targets[1]))
    print(model.summary())


if __name__ == "__main__":
    main()
