"""Recurrent layers: a cell with a state reads a sequence, one time after another.

Time is the first axis of a sequence and the batch is the second, as in PyTorch; Keras has the batch
first. Weights have one row for each output, as in PyTorch; Keras stores the transpose. The initial
states, the final states and the weights have one block for each layer and each direction: layer by
layer, and in each layer the direction that reads forwards comes first. A layer that reads both ways
puts its two outputs side by side, and the next layer reads both.
"""
