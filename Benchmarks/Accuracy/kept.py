"""Keeps what a system answered, so that nothing is paid for twice that nothing has changed."""

import hashlib
import json
import os
import pickle


def digest(*paths):
    """The digest of what files hold."""
    found = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            found.update(file.read())
    return found.hexdigest()


class Kept:
    """A folder of answers by the digest of everything that they follow from; a change of any of it is a new entry."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder

    def answer(self, facts, make):
        """What `make` returns, and whether it was kept from an earlier run with the same facts."""
        name = hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:32]
        path = os.path.join(self.folder, name + ".pickle")
        if os.path.exists(path):
            with open(path, "rb") as file:
                return pickle.load(file), True
        found = make()
        # Whole or absent, wherever the run is stopped.
        with open(path + ".part", "wb") as file:
            pickle.dump(found, file)
        os.replace(path + ".part", path)
        return found, False
