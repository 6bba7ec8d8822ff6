"""Resampling: images on another grid of pixels. Examples are axis 0 and channels are axis 1."""
