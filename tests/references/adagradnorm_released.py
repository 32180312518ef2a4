"""Runs the released implementation of AdaGrad-Norm on a small network with weights and biases and records its losses and last parameters:

    python3 tests/references/adagradnorm_released.py path/to/adagradnorm.py

The file is torch/optim/adagradnorm.py of the public repository xwuShirley/pytorch (commit 6c098b4e05e479b91b3e1863c86039db307b1c84); it is not kept here.
"""
import json
import pathlib
import sys
import types
import warnings

import torch
from torch import nn

import randomness

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = 3
INPUTS, HIDDEN, OUTPUTS, BATCH, ITERATIONS, SEED = 6, 4, 3, 5, 50, 7


def released_optimizer(path):
    """The class of the file, whose code reads a global `check` that it does not define: false prints nothing."""
    module = types.ModuleType("torch.optim.adagradnorm")
    module.__package__ = "torch.optim"
    module.check = False
    exec(compile(pathlib.Path(path).read_text(), path, "exec"), module.__dict__)
    return module.Adagradnorm


def batch(iteration):
    """Inputs and targets, uniform on [-1, 1), drawn from the iteration's stream."""
    stream = randomness.RandomStream(SEED, DATA, iteration)
    values = [2 * stream.uniform() - 1 for _ in range(BATCH * (INPUTS + OUTPUTS))]
    both = torch.tensor(values, dtype=torch.float64).reshape(BATCH, INPUTS + OUTPUTS)
    return both[:, :INPUTS], both[:, INPUTS:]


def train(optimizer_class, b0, eta, momentum):
    model = nn.Sequential(nn.Linear(INPUTS, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, OUTPUTS)).double()
    randomness.initialise(list(model.parameters()), [randomness.pytorch_default(n) for n in (INPUTS, INPUTS, HIDDEN, HIDDEN)], SEED)
    optimizer = optimizer_class(model.parameters(), lr=eta, momentum=momentum, initial_accumulator_value=b0 ** 2)
    losses = []
    for iteration in range(1, ITERATIONS + 1):
        x, y = batch(iteration)
        loss = ((model(x) - y) ** 2).sum() / (2 * BATCH)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    parameters = torch.cat([p.data.reshape(-1) for p in model.parameters()]).tolist()
    return {"b0": b0, "eta": eta, "momentum": momentum, "losses": losses, "parameters": parameters}


if __name__ == "__main__":
    warnings.filterwarnings("ignore")  # The file calls functions in an order of arguments that PyTorch has since deprecated.
    torch.set_num_threads(1)
    released = released_optimizer(sys.argv[1])
    runs = [train(released, b0, eta, momentum) for b0 in (0.01, 0.3, 5.0) for eta in (0.3,) for momentum in (0.0, 0.9)]
    path = ROOT / "tests/Training.Tests/Optimizers/adagradnorm-released.json"
    path.write_text(json.dumps({"seed": SEED, "recordedWith": f"PyTorch {torch.__version__}", "runs": runs}, indent=1) + "\n")
    print(*(run["losses"][-1] for run in runs))
