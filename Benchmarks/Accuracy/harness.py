"""Runs the built `standpoint`, and reads and writes what it reads and writes: statements, runs, comparisons."""

import json
import os
import platform
import subprocess
import sys

from kept import digest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("STANDPOINT_BINARY", os.path.join(ROOT, ".build/release/standpoint"))


def corpora_folder():
    """The folder with one folder a corpus, named as in Datasets/corpora.json."""
    return os.environ.get("STANDPOINT_CORPORA") or sys.exit("set STANDPOINT_CORPORA to the folder of the corpora")


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def write(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def processor_seconds():
    """What this process and those it waited for have computed: on a shared machine the clock tells of the others."""
    return sum(os.times()[:4])


def timed(command, **options):
    """What a command wrote to standard output, and the processor seconds that it took; stops the script where it fails."""
    start = processor_seconds()
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout, processor_seconds() - start


def size(path):
    """The bytes of a file, or of a folder's files."""
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


class Work:
    """A folder of converted corpora, models and runs."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        os.makedirs(self.folder, exist_ok=True)
        self.environment = {**os.environ, "STANDPOINT_RUNS": self.path("runs")}
        self.environment.setdefault("STANDPOINT_MODELS", os.path.join(ROOT, "Models"))
        # What a model follows from, beside its rows and options.
        vectors = os.path.join(self.environment["STANDPOINT_MODELS"], "word-vectors/vectors.safetensors")
        self.version = digest(BINARY, vectors)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def standpoint(self, *arguments):
        return timed([BINARY, *arguments], env=self.environment)

    def rows(self, corpus, split):
        """The statements of a part of a public corpus, each with an id of its own; nothing where its files are missing."""
        path = self.path(f"{corpus}-{split}.jsonl")
        if not os.path.exists(path):
            command = [BINARY, "data", "convert", "--from", corpus, "--split", split,
                       os.path.join(corpora_folder(), corpus), "--output", path, "--quiet"]
            done = subprocess.run(command, capture_output=True, text=True, env=self.environment)
            if done.returncode == 66:
                return None
            if done.returncode != 0:
                sys.exit(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr}")
        rows = read(path)
        for number, row in enumerate(rows):
            row["id"] = f"{split}#{number + 1}"
        return rows

    def train(self, rows, task, options, name="model"):
        """The folder of a model trained on rows, its measurements, and the seconds that its training took."""
        data = write(self.path("train.jsonl"), rows)
        model = self.path(name)
        _, seconds = self.standpoint("train", data, "--task", task, *options, "--output", model, "--quiet")
        with open(os.path.join(model, "metrics.json"), encoding="utf-8") as file:
            return model, json.load(file)["measurements"], seconds

    def evaluate(self, model, rows):
        """The report of `evaluate` without intervals, the predictions of its run, and the seconds that it took."""
        data = write(self.path("test.jsonl"), rows)
        text, seconds = self.standpoint("evaluate", "--model", model, data, "--resamples", "0", "--errors", "0",
                                        "--format", "json", "--quiet")
        report = json.loads(text)
        run = next(fact["value"] for fact in report["facts"] if fact["name"] == "run")
        return report, read(os.path.join(run, "predictions.jsonl")), seconds

    def write_run(self, name, labels, predictions):
        """Writes predictions as a run, in the form that `standpoint` documents, so that `compare` can read them."""
        folder = self.path("compared", name)
        os.makedirs(folder, exist_ok=True)
        write(os.path.join(folder, "predictions.jsonl"), predictions)
        record = {"schema_version": 1, "id": name, "kind": "evaluate", "status": "finished", "model": name,
                  "labels": labels, "started_at": "2000-01-01T00:00:00.000Z", "seed": 1}
        with open(os.path.join(folder, "run.json"), "w", encoding="utf-8") as file:
            json.dump(record, file)
        return folder

    def compare(self, runs, metrics):
        """The report of `compare`, in JSON."""
        options = [option for metric in metrics for option in ("--metric", metric)]
        text, _ = self.standpoint("compare", *runs, *options, "--resamples", "2000", "--format", "json", "--quiet")
        return json.loads(text)


def metric(report, name):
    """A metric of a measurement or of a report of `evaluate`; nothing where it is undefined."""
    found = report["metrics"].get(name)
    return found["value"] if isinstance(found, dict) else found


def machine():
    """The machine and the versions, as name and value."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    # The commit that the binary can be of: the last that changed what it is built from.
    commit = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%h", "--", "Package.swift", "Sources"],
                            capture_output=True, text=True)
    return {
        "processor": f"{models[0] if models else platform.machine()}, {os.cpu_count()} virtual processors",
        "system": platform.platform(), "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "standpoint": version + (f", commit {commit.stdout.strip()}" if commit.returncode == 0 else ""),
        "python": platform.python_version(),
    }
