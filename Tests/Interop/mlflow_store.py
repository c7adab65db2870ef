"""MLflow opens the exported runs and finds in them what the records say."""

import os

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

from common import WORK, runs, standpoint  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402

standpoint("runs", "export", "--format", "mlflow", "--output", WORK / "mlruns")
client = MlflowClient(tracking_uri=(WORK / "mlruns").as_uri())
experiments = {experiment.experiment_id: experiment.name for experiment in client.search_experiments()}
assert "standpoint sourcing" in experiments.values(), experiments
records = {run["id"]: run for kind in ["train", "evaluate"] for run in runs(kind)}
found = client.search_runs(list(experiments))
assert {run.info.run_id for run in found} == set(records), found
for run in found:
    record = records[run.info.run_id]
    assert run.info.status == "FINISHED", run.info
    for name, figure in record["metrics"].items():
        if figure["value"] is not None and name.replace("_", "").isalpha():
            assert run.data.metrics[name] == figure["value"], (name, figure)
    assert run.data.params["seed"] == str(record["seed"]), run.data.params
    artifacts = {artifact.path for artifact in client.list_artifacts(run.info.run_id)}
    assert "run.json" in artifacts, artifacts
    if record["kind"] == "evaluate":
        assert "predictions.jsonl" in artifacts, artifacts
best = client.search_runs(list(experiments), "metrics.macro_f1 > 0", order_by=["metrics.macro_f1 DESC"])
assert best, "no run can be found by its macro F1"
print(f"MLflow opens {len(found)} runs in {len(experiments)} experiment(s)")
