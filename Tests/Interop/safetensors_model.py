"""Python's safetensors reads a model's weights, in the shapes that the model's configuration tells of."""

import json

import numpy as np
from common import WORK
from safetensors.numpy import load_file

for name in ["strong", "weak"]:
    tensors = load_file(WORK / name / "model.safetensors")
    labels = json.loads((WORK / name / "config.json").read_text())["labels"]
    factors = tensors["weight_factors"]
    assert tensors["weights"].dtype == np.int16 and factors.shape == (len(labels),), (tensors["weights"].dtype, factors.shape)
    # Rows are padded with zeros.
    assert not tensors["weights"][:, len(labels):].any(), name
    weights = tensors["weights"][:, : len(labels)] * factors
    assert tensors["intercepts"].shape == (len(labels),), tensors["intercepts"].shape
    assert np.isfinite(weights).all() and np.abs(weights).max() > 0, name
print("safetensors reads the weights of two models")
