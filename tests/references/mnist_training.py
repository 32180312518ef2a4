"""Records the losses of the first 100 iterations of SGD on MNIST: `python3 tests/references/mnist_training.py` rewrites the JSON beside the tests."""
import gzip
import json
import pathlib

import torch

import randomness

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED, BATCH, ITERATIONS = 3, 256, 100


def images(name):
    raw = gzip.open(ROOT / "datasets/mnist" / f"{name}-images-idx3-ubyte.gz").read()
    return torch.frombuffer(bytearray(raw), dtype=torch.uint8, offset=16).reshape(-1, 784).float() / 255


def labels(name):
    raw = gzip.open(ROOT / "datasets/mnist" / f"{name}-labels-idx1-ubyte.gz").read()
    return torch.frombuffer(bytearray(raw), dtype=torch.uint8, offset=8).long()


def train(model, bounds, stepsize):
    x, y, test_x, test_y = images("train"), labels("train"), images("t10k"), labels("t10k")
    randomness.initialise(list(model.parameters()), bounds, SEED)
    optimizer = torch.optim.SGD(model.parameters(), stepsize)
    losses, accuracies = [], []
    for _, batch in zip(range(ITERATIONS), randomness.batches(len(x), BATCH, SEED)):
        scores = model(x[batch])
        loss = torch.nn.functional.cross_entropy(scores, y[batch])
        losses.append(loss.item())
        accuracies.append((scores.argmax(1) == y[batch]).float().mean().item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        scores = model(test_x)
        test_loss = torch.nn.functional.cross_entropy(scores, test_y).item()
        test_accuracy = (scores.argmax(1) == test_y).float().mean().item()
    return {"seed": SEED, "batchSize": BATCH, "stepsize": stepsize, "losses": losses, "accuracies": accuracies,
            "testLoss": test_loss, "testAccuracy": test_accuracy, "recordedWith": f"PyTorch {torch.__version__}"}


if __name__ == "__main__":
    torch.set_num_threads(1)
    bound = randomness.pytorch_default
    recorded = {
        "mnist-logreg": train(torch.nn.Sequential(torch.nn.Linear(784, 10, bias=False)), [bound(784)], 0.5),
        # Larger stepsizes make this one chaotic: it then magnifies the rounding of any two programs.
        "mnist-fulconn2": train(
            torch.nn.Sequential(torch.nn.Linear(784, 100, bias=False), torch.nn.ReLU(), torch.nn.Linear(100, 10, bias=False)),
            [bound(784), bound(100)], 0.1),
    }
    for name, record in recorded.items():
        (ROOT / "tests/Training.Tests/Workloads" / f"{name}.json").write_text(json.dumps(record, indent=1) + "\n")
        print(name, record["losses"][0], record["losses"][-1], record["testAccuracy"])
