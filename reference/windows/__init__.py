"""Windows that move over an image: convolution and pooling, along one to three axes.

Images have shape (examples, channels, *axes), as in PyTorch; Keras has the channels last. Each
setting of a window is one number for all axes, or a tuple with one number for each.
"""
