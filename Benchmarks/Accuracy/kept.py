"""Keeps what a peer answered, so that a new version of ours is measured next to peers that were paid for once."""

import hashlib
import json
import os
import pickle
from importlib.metadata import version

HERE = os.path.dirname(os.path.abspath(__file__))
# What a peer's answers follow from, beside the rows: its own code and the packages that it calls.
SOURCES = ("peers.py", "ngrams.py", "rows.py", "encoder.py", "requirements.txt")


class KeptOutcomes:
    """A folder of outcomes by the digest of everything that they follow from; a change of any of it is a new entry."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        self.sources = hashlib.sha256()
        for name in SOURCES:
            with open(os.path.join(HERE, name), "rb") as file:
                self.sources.update(file.read())
        for package in ("numpy", "scipy", "scikit-learn"):
            self.sources.update(version(package).encode())

    def outcome(self, name, peer, train, test, settings):
        """The peer's outcome, and whether it was kept from an earlier run."""
        digest = self.sources.copy()
        facts = [name, settings.task, settings.kind, settings.metric, settings.seed]
        digest.update(json.dumps([facts, train, test], ensure_ascii=False).encode())
        path = os.path.join(self.folder, digest.hexdigest()[:32] + ".pickle")
        if os.path.exists(path):
            with open(path, "rb") as file:
                return pickle.load(file), True
        found = peer(train, test, settings)
        # Whole or absent, wherever the run is stopped.
        with open(path + ".part", "wb") as file:
            pickle.dump(found, file)
        os.replace(path + ".part", path)
        return found, False
