"""Record results of torch on any device, and compare them on machines without torch or device."""
