"""Records the losses of the first iterations of mnist-fulconn2 in float64 with every optimizer:
`python3 tests/references/optimizers.py` rewrites tests/Training.Tests/Optimizers/mnist-fulconn2.json.

PyTorch's own optimizers are used where it has the rule; the others are written down here once more, on PyTorch's tensors.
"""
import gzip
import json
import math
import pathlib

import torch
from torch import nn

import randomness

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED, BATCH, ITERATIONS = 3, 256, 50


def mnist():
    folder = ROOT / "datasets/mnist"
    x = torch.frombuffer(bytearray(gzip.open(folder / "train-images-idx3-ubyte.gz").read()), dtype=torch.uint8, offset=16)
    y = torch.frombuffer(bytearray(gzip.open(folder / "train-labels-idx1-ubyte.gz").read()), dtype=torch.uint8, offset=8)
    return (x.reshape(-1, 784).float() / 255).double(), y.long()


def released(optimizer):
    """A step of one of PyTorch's optimizers."""
    def step(it):
        optimizer.step()
    return step


def descend(params, stepsizes):
    for p, stepsize in zip(params, stepsizes):
        p.data -= stepsize * p.grad


def norm(tensors):
    return math.sqrt(sum((t ** 2).sum().item() for t in tensors))


def decaysqrt(params, b0):
    return lambda it: descend(params, [1 / (b0 + 0.2 * math.sqrt(it.t))] * 2)


def linesearch(params, b0):
    def step(it):
        squared, b, start = norm([p.grad for p in params]) ** 2, b0, [p.data.clone() for p in params]
        for doublings in range(61):
            for p, x in zip(params, start):
                p.data = x - p.grad / b
            if it.loss_now() <= it.loss - squared / (2 * b):
                break
            b *= 2
    return step


def adagrad_norm(params, b0, granularity="neuron", momentum=0.0, wn=False):
    b = [torch.full((p.shape[0], 1), b0 if wn else b0 ** 2, dtype=torch.float64) for p in params]
    m = [torch.zeros_like(p.data) for p in params]

    def step(it):
        total = norm([p.grad for p in params]) ** 2
        for i, p in enumerate(params):
            squared = {"neuron": (p.grad ** 2).sum(1, keepdim=True), "layer": (p.grad ** 2).sum(), "global": total}[granularity]
            b[i] += squared / b[i] if wn else squared
            m[i] = momentum * m[i] + (1 - momentum) * p.grad
            p.data -= m[i] / ((b[i] if wn else b[i].sqrt()) + (1e-10 if granularity == "neuron" else 0))
    return step


def adaloss(params, b0, theorem3=False, eta=1):
    state = {"b2": b0 ** 2}

    def step(it):
        state["b2"] += math.sqrt(BATCH) * 2 * BATCH * it.loss if theorem3 else abs(it.loss)
        descend(params, [eta / math.sqrt(state["b2"])] * 2)
    return step


class Adam:
    def __init__(self, params, beta2=0.999, inside=False):
        self.params, self.beta2, self.inside = params, beta2, inside
        self.m = [torch.zeros_like(p.data) for p in params]
        self.v = [torch.zeros_like(p.data) for p in params]

    def direction(self, i, g, t):
        self.m[i] = 0.9 * self.m[i] + 0.1 * g
        self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * g * g
        m, v = self.m[i] / (1 - 0.9 ** t), self.v[i] / (1 - self.beta2 ** t)
        return m / ((v + 1e-8).sqrt() if self.inside else v.sqrt() + 1e-8)

    def step(self, lr, t):
        for i, p in enumerate(self.params):
            p.data -= lr * self.direction(i, p.grad, t)


def adam_sqrt(params, b0):
    adam = Adam(params)
    return lambda it: adam.step(0.1 / math.sqrt(b0 + it.t), it.t)


def adamloss(params, b0):
    adam, state = Adam(params, beta2=0.99, inside=True), {"b": b0}

    def step(it):
        state["b"] += abs(it.loss)
        adam.step(0.02 / math.sqrt(state["b"]), it.t)
    return step


class Lip:
    """AdaLip on a base that gives a direction for each tensor; from gradients or from updates."""

    def __init__(self, params, lr, direction, updates):
        self.params, self.lr, self.direction, self.updates = params, lr, direction, updates
        self.s = [1.0] * len(params)
        self.before = [torch.zeros_like(p.data) for p in params]

    def __call__(self, it):
        for i, p in enumerate(self.params):
            d = self.direction(i, p.grad, it.t)
            now = -self.lr * d if self.updates else p.grad.clone()
            ratio = norm([self.before[i]]) / (norm([now - self.before[i]]) + 1e-8)
            self.s[i] = 0.8 * self.s[i] + 0.2 * ratio
            rate = self.lr if it.t == 1 else self.lr * self.s[i]
            p.data -= rate * d
            self.before[i] = -rate * d if self.updates else now


def rms_direction(params):
    v = [torch.zeros_like(p.data) for p in params]

    def direction(i, g, t):
        v[i] = 0.999 * v[i] + 0.001 * g * g
        return g / (v[i] + 1e-8).sqrt()
    return direction


def lip(params, lr, base, updates):
    directions = {"sgd": lambda: lambda i, g, t: g, "rms": lambda: rms_direction(params), "adam": lambda: Adam(params, inside=True).direction}
    return Lip(params, lr, directions[base](), updates)


def replaced(params, optimizer, kind):
    """A base optimizer of PyTorch on a gradient that is normalised by blocks (here the two weights), adapted or clipped."""
    def step(it):
        whole = norm([p.grad for p in params])
        for p in params:
            if kind == "clip":
                p.grad *= min(1, 0.1 / whole)
            else:
                p.grad /= norm([p.grad])
                if kind == "adap":
                    p.grad *= norm([p.data]) * 0.02
        optimizer.step()
    return step


def adagrad_bng(params, lr):
    s = [torch.zeros_like(p.data) for p in params]

    def step(it):
        for i, p in enumerate(params):
            length = norm([p.grad])
            unit = p.grad / length
            s[i] += unit ** 2
            p.data -= lr * length / (1e-10 + s[i].sqrt()) * unit
    return step


sgdm = lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9, weight_decay=1e-4)
adam = lambda p, lr: torch.optim.Adam(p, lr)
adagrad = lambda p, lr: torch.optim.Adagrad(p, lr, eps=1e-10)

# id, axis value, options, step. Stepsizes are moderate: larger ones are chaotic and magnify the rounding of any two programs.
CASES = [
    ("sgd-constant", 10, {}, lambda p: released(torch.optim.SGD(p, 0.1))),
    ("sgd-decaysqrt", 5, {}, lambda p: decaysqrt(p, 5)),
    ("sgd-momentum", 50, {}, lambda p: released(torch.optim.SGD(p, 0.02, momentum=0.9))),
    ("gd-linesearch", 1, {}, lambda p: linesearch(p, 1)),
    ("adagrad-coordinate", 1, {"eta": 0.02}, lambda p: released(torch.optim.Adagrad(p, 0.02, initial_accumulator_value=1, eps=1e-10))),
    ("rmsprop", 0.0005, {}, lambda p: released(torch.optim.RMSprop(p, 0.0005, alpha=0.9, eps=1e-7))),
    ("adam", 0.001, {}, lambda p: released(torch.optim.Adam(p, 0.001))),
    ("adagrad-norm", 5, {"granularity": "neuron"}, lambda p: adagrad_norm(p, 5)),
    ("adagrad-norm", 5, {"granularity": "layer"}, lambda p: adagrad_norm(p, 5, "layer")),
    ("adagrad-norm", 5, {"granularity": "global"}, lambda p: adagrad_norm(p, 5, "global")),
    ("adagrad-norm-momentum", 5, {}, lambda p: adagrad_norm(p, 5, momentum=0.9)),
    ("wngrad", 5, {}, lambda p: adagrad_norm(p, 5, wn=True)),
    ("adaloss", 5, {}, lambda p: adaloss(p, 5)),
    ("adaloss", 5, {"theorem3": True, "eta": 50}, lambda p: adaloss(p, 5, True, 50)),
    ("adamloss", 10, {"eta": 0.02}, lambda p: adamloss(p, 10)),
    ("adam-sqrt", 2000, {"eta": 0.1}, lambda p: adam_sqrt(p, 2000)),
    ("adalip", 0.05, {}, lambda p: lip(p, 0.05, "sgd", False)),
    ("rmslip", 0.0005, {}, lambda p: lip(p, 0.0005, "rms", False)),
    ("adamlip", 0.0005, {}, lambda p: lip(p, 0.0005, "adam", False)),
    ("adalip-u", 0.05, {}, lambda p: lip(p, 0.05, "sgd", True)),
    ("rmslip-u", 0.0005, {}, lambda p: lip(p, 0.0005, "rms", True)),
    ("adamlip-u", 0.0001, {}, lambda p: lip(p, 0.0001, "adam", True)),
    ("sgdm-ng", 0.01, {}, lambda p: replaced(p, sgdm(p, 0.01), "unit")),
    ("sgdm-ng-adap", 0.05, {}, lambda p: replaced(p, sgdm(p, 0.05), "adap")),
    ("sgdm-clip", 0.1, {}, lambda p: replaced(p, sgdm(p, 0.1), "clip")),
    ("adam-ng", 0.001, {}, lambda p: replaced(p, adam(p, 0.001), "unit")),
    ("adam-ng-adap", 0.001, {}, lambda p: replaced(p, adam(p, 0.001), "adap")),
    ("adam-clip", 0.001, {}, lambda p: replaced(p, adam(p, 0.001), "clip")),
    ("adagrad-ng", 0.002, {}, lambda p: replaced(p, adagrad(p, 0.002), "unit")),
    ("adagrad-clip", 0.002, {}, lambda p: replaced(p, adagrad(p, 0.002), "clip")),
    ("adagrad-bng", 0.005, {}, lambda p: adagrad_bng(p, 0.005)),
]


class Iteration:
    """What a rule may know: t, the loss before the step, and the loss of the same batch at the parameters as they are now."""


def train(x, y, order, start):
    model = nn.Sequential(nn.Linear(784, 100, bias=False), nn.ReLU(), nn.Linear(100, 10, bias=False)).double()
    params = list(model.parameters())
    randomness.initialise(params, [randomness.pytorch_default(784), randomness.pytorch_default(100)], SEED)
    for p in params:
        p.data = p.data.float().double()  # The engine starts from float32.
    step, losses, it = start(params), [], Iteration()
    for t, batch in enumerate(order, 1):
        loss_of = lambda: nn.functional.cross_entropy(model(x[batch]), y[batch])
        model.zero_grad()
        loss = loss_of()
        loss.backward()
        losses.append(loss.item())

        def loss_now():
            with torch.no_grad():
                return loss_of().item()
        it.t, it.loss, it.loss_now = t, losses[-1], loss_now
        step(it)
    return losses


if __name__ == "__main__":
    torch.set_num_threads(1)
    x, y = mnist()
    order = [batch for _, batch in zip(range(ITERATIONS), randomness.batches(len(x), BATCH, SEED))]
    runs = []
    for name, value, options, start in CASES:
        losses = train(x, y, order, start)
        runs.append({"id": name, "value": value, "options": options, "losses": losses})
        print(f"{name:24} {json.dumps(options):28} {losses[0]:.4f} -> {losses[-1]:.4f}")
    path = ROOT / "tests/Training.Tests/Optimizers/mnist-fulconn2.json"
    text = ",\n".join("  " + json.dumps(run) for run in runs)
    path.write_text(f'{{ "seed": {SEED}, "batchSize": {BATCH}, "recordedWith": "PyTorch {torch.__version__}, float64", "runs": [\n{text}\n] }}\n')
