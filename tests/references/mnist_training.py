"""Records the losses of the first iterations of SGD on MNIST: `python3 tests/references/mnist_training.py` rewrites the JSON beside the tests."""
import gzip
import json
import pathlib

import torch
from torch import nn

import randomness

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED = 3


def images(name):
    raw = gzip.open(ROOT / "datasets/mnist" / f"{name}-images-idx3-ubyte.gz").read()
    return torch.frombuffer(bytearray(raw), dtype=torch.uint8, offset=16).reshape(-1, 784).float() / 255


def labels(name):
    raw = gzip.open(ROOT / "datasets/mnist" / f"{name}-labels-idx1-ubyte.gz").read()
    return torch.frombuffer(bytearray(raw), dtype=torch.uint8, offset=8).long()


def train(model, bounds, stepsize, batch_size=256, iterations=100, examples=60000, evaluate=True):
    x, y, test_x, test_y = images("train")[:examples], labels("train")[:examples], images("t10k"), labels("t10k")
    randomness.initialise(list(model.parameters()), bounds, SEED)
    optimizer = torch.optim.SGD(model.parameters(), stepsize)
    losses, accuracies = [], []
    for _, batch in zip(range(iterations), randomness.batches(len(x), batch_size, SEED)):
        scores = model(x[batch])
        loss = nn.functional.cross_entropy(scores, y[batch])
        losses.append(loss.item())
        accuracies.append((scores.argmax(1) == y[batch]).float().mean().item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    recorded = {"seed": SEED, "batchSize": batch_size, "trainLimit": examples, "stepsize": stepsize, "losses": losses, "accuracies": accuracies,
                "recordedWith": f"PyTorch {torch.__version__}"}
    if evaluate:
        with torch.no_grad():
            scores = torch.cat([model(part) for part in test_x.split(500)])
            recorded["testLoss"] = nn.functional.cross_entropy(scores, test_y).item()
            recorded["testAccuracy"] = (scores.argmax(1) == test_y).float().mean().item()
    return recorded


if __name__ == "__main__":
    torch.set_num_threads(1)
    bound, glorot = randomness.pytorch_default, randomness.glorot_uniform
    image = nn.Unflatten(1, (1, 28, 28))
    recorded = {
        "mnist-logreg": train(nn.Sequential(nn.Linear(784, 10, bias=False)), [bound(784)], 0.5),
        # Larger stepsizes make this one chaotic: it then magnifies the rounding of any two programs.
        "mnist-fulconn2": train(
            nn.Sequential(nn.Linear(784, 100, bias=False), nn.ReLU(), nn.Linear(100, 10, bias=False)), [bound(784), bound(100)], 0.1),
        "mnist-mlp": train(
            nn.Sequential(
                nn.Linear(784, 100), nn.Sigmoid(), *[layer for _ in range(4) for layer in (nn.Linear(100, 100), nn.Sigmoid())], nn.Linear(100, 10)),
            [bound(784)] * 2 + [bound(100)] * 10, 0.1, batch_size=100),
        "mnist-cnn": train(
            nn.Sequential(
                image, nn.Conv2d(1, 20, 5, bias=False), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5, bias=False), nn.ReLU(), nn.MaxPool2d(2),
                nn.Flatten(), nn.Linear(800, 500, bias=False), nn.ReLU(), nn.Linear(500, 10, bias=False)),
            [bound(25), bound(500), bound(800), bound(500)], 0.05, batch_size=64, iterations=30, examples=2000),
        "adalip-mnist": train(
            nn.Sequential(
                image, nn.Conv2d(1, 32, 3, bias=False), nn.ReLU(), nn.Conv2d(32, 64, 3, bias=False), nn.ReLU(), nn.MaxPool2d(2),
                nn.Flatten(), nn.Linear(9216, 128, bias=False), nn.ReLU(), nn.Linear(128, 10)),
            [glorot(9, 288), glorot(288, 576), glorot(9216, 128), glorot(128, 10), 0], 0.01, batch_size=64, iterations=15, examples=2000, evaluate=False),
    }
    for name, record in recorded.items():
        (ROOT / "tests/Training.Tests/Workloads" / f"{name}.json").write_text(json.dumps(record, indent=1) + "\n")
        print(name, record["losses"][0], record["losses"][-1], record.get("testAccuracy"))
