"""Python's safetensors reads a model's weights, in the shapes that the model's configuration tells of."""

import json

import numpy as np
from common import WORK
from safetensors.numpy import load_file

for name in ["strong", "weak"]:
    tensors = load_file(WORK / name / "model.safetensors")
    labels = json.loads((WORK / name / "config.json").read_text())["labels"]
    weights = tensors["weights"]
    assert weights.dtype == np.float32 and weights.shape[1] == len(labels), (weights.dtype, weights.shape)
    assert tensors["intercepts"].shape == (len(labels),), tensors["intercepts"].shape
    assert np.isfinite(weights).all() and np.abs(weights).max() > 0, name
print("safetensors reads the weights of two models")
