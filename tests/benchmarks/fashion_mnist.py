"""Train a network on Fashion-MNIST files that you have.

    python tests/benchmarks/fashion_mnist.py FOLDER [EPOCHS] [dense or convolutional]

FOLDER holds the four IDX files, plain or as .gz. The dense network is lecture 001's,
784-512-512-10. The convolutional one has two convolutions of 3 by 3, each with a max pooling.
Prints loss and accuracy after each epoch.
"""

import sys

from reference.data import fashion_mnist
from reference.models import Convolution, Dense, Layer, MaxPooling, Reshape, Sequential, With
from reference.preprocessing import one_hot


def network(sort: str) -> Sequential:
    """A compiled network of one of the two sorts, in float32."""
    hidden: list[Layer] = [Reshape()]
    if sort == "convolutional":
        hidden = [Reshape((1, 28, 28))]
        for filters in (16, 32):
            hidden += [Convolution(filters, 3, "relu", padding="same"), MaxPooling(2)]
        hidden += [Reshape()]
    else:
        hidden += [Dense(512, "relu", initialiser="he_normal") for _ in range(2)]
    model = Sequential([*hidden, Dense(10, "softmax")], dtype="float32")
    sgd = With("sgd", learning_rate=0.1)
    model.compile(loss="cross_entropy", optimiser=sgd, metrics=["accuracy"])
    return model


def main(arguments: list[str]) -> None:
    if not arguments or arguments[2:] not in ([], ["dense"], ["convolutional"]):
        sys.exit(__doc__)
    (x, y), (x_test, y_test) = (fashion_mnist(arguments[0], part) for part in ("train", "test"))
    model = network("".join(arguments[2:]) or "dense")
    targets = one_hot.run(y, classes=10), one_hot.run(y_test, classes=10)
    epochs = int(arguments[1]) if len(arguments) > 1 else 3
    model.fit(x / 255, targets[0], epochs=epochs, batch_size=64, verbose=2)
    print("test", model.evaluate(x_test / 255, targets[1]))
    print(model.summary())


if __name__ == "__main__":
    main(sys.argv[1:])
