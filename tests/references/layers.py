"""Records outputs and gradients of PyTorch's layers in float64: `python3 tests/references/layers.py` rewrites layers.json beside the tests."""
import json
import pathlib

import torch
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Permuted(nn.Module):
    """A module over time × features where PyTorch's expects the axes otherwise, or returns more than the output."""

    def __init__(self, module, call):
        super().__init__()
        self.module = module
        self.call = call

    def forward(self, x):
        return self.call(self.module, x)


class Added(nn.Module):
    def __init__(self, main, shortcut):
        super().__init__()
        self.main, self.shortcut = main, shortcut

    def forward(self, x):
        return self.main(x) + self.shortcut(x)


class Concatenated(nn.Module):
    def __init__(self, *branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class Started(nn.Module):
    """A sequence with a learned vector before it."""

    def __init__(self, features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, features))

    def forward(self, x):
        return torch.cat([self.weight.expand(len(x), 1, -1), x], 1)


class Placed(nn.Module):
    """A sequence with a learned vector added to each of its places."""

    def __init__(self, times, features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(times, features))

    def forward(self, x):
        return x + self.weight


def lstm(features, hidden):
    return Permuted(nn.LSTM(features, hidden, batch_first=True), lambda m, x: m(x)[0])


def two_lstm(features, hidden):
    return Permuted(nn.LSTM(features, hidden, num_layers=2, batch_first=True), lambda m, x: m(x)[0])


def attention(features, heads):
    return Permuted(nn.MultiheadAttention(features, heads, batch_first=True), lambda m, x: m(x, x, x, need_weights=False)[0])


def words(count, width):
    return Permuted(nn.Embedding(count, width), lambda m, x: m(x.long()))


def over(function):
    return Permuted(nn.Identity(), lambda m, x: function(x))


# Name: batch, shape of an example, module. The tests build the same layers by name.
CASES = {
    "linear": (3, [5], nn.Linear(5, 4)),
    "linear-sequence": (2, [3, 5], nn.Linear(5, 4, bias=False)),
    "relu": (2, [7], nn.ReLU()),
    "sigmoid": (2, [19], nn.Sigmoid()),
    "tanh": (2, [19], nn.Tanh()),
    "gelu": (2, [19], nn.GELU()),
    "convolution": (2, [3, 6, 5], nn.Conv2d(3, 4, 3)),
    "convolution-stride-padding": (2, [2, 7, 6], nn.Conv2d(2, 3, 3, stride=2, padding=1, bias=False)),
    "convolution-groups": (2, [4, 5, 5], nn.Conv2d(4, 6, 3, padding=2, groups=2)),
    "convolution-rectangle": (2, [1, 6, 4], nn.Conv2d(1, 3, (3, 4))),
    "max-pool": (2, [2, 6, 6], nn.MaxPool2d(2)),
    "max-pool-overlapping": (2, [2, 7, 6], nn.MaxPool2d(3, stride=2, padding=1)),
    "average-pool": (2, [2, 6, 4], nn.AvgPool2d(2)),
    "average-pool-overlapping": (2, [2, 7, 6], nn.AvgPool2d(3, stride=2, padding=1)),
    "global-average-pool": (2, [3, 4, 5], over(lambda x: nn.functional.adaptive_avg_pool2d(x, 1).flatten(1))),
    "global-max-pool": (2, [3, 4, 5], over(lambda x: x.flatten(2).max(2).values)),
    "max-over-time": (2, [5, 3], over(lambda x: x.max(1).values)),
    "batch-norm": (4, [3, 2, 3], nn.BatchNorm2d(3)),
    "batch-norm-plain": (4, [3, 2, 3], nn.BatchNorm2d(3, affine=False)),
    "batch-norm-features": (6, [4], nn.BatchNorm1d(4)),
    "layer-norm": (2, [3, 9], nn.LayerNorm(9)),
    "embedding": (2, [6], words(5, 3)),
    "lstm": (2, [4, 3], lstm(3, 5)),
    "lstm-two-layers": (2, [4, 3], two_lstm(3, 2)),
    "self-attention": (2, [5, 6], attention(6, 3)),
    "residual": (3, [4], Added(nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 4)), nn.Identity())),
    "residual-shortcut": (3, [4], Added(nn.Sequential(nn.Linear(4, 5), nn.Tanh()), nn.Linear(4, 5, bias=False))),
    "concatenation": (2, [2, 4, 4], Concatenated(nn.Conv2d(2, 3, 1), nn.Sequential(nn.Conv2d(2, 1, 3, padding=1), nn.ReLU()), nn.Identity())),
    "transposed": (2, [3, 5], over(lambda x: x.transpose(1, 2))),
    "class-token": (3, [4, 5], Started(5)),
    "position-embedding": (3, [4, 5], Placed(4, 5)),
    "first-of-sequence": (2, [4, 5], over(lambda x: x[:, 0])),
    "thinned-shortcut": (2, [2, 5, 4], over(lambda x: nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, 3)))),
}


def flat(tensors):
    return [value for tensor in tensors for value in tensor.detach().flatten().tolist()]


def record(batch, shape, module):
    module.double().train()
    parameters = list(module.parameters())
    for parameter in parameters:
        nn.init.normal_(parameter)
    inputs = torch.randn(batch, *shape, dtype=torch.double)
    if isinstance(module, Permuted) and isinstance(module.module, nn.Embedding):
        inputs = torch.randint(0, module.module.num_embeddings, (batch, *shape)).double()
    inputs.requires_grad_()
    output = module(inputs)
    weights = torch.randn(output.shape, dtype=torch.double)
    (output * weights).sum().backward()
    recorded = {
        "batch": batch, "shape": shape, "inputs": flat([inputs]), "parameters": flat(parameters), "outputGradient": flat([weights]),
        "output": flat([output]), "inputGradient": flat([torch.zeros_like(inputs) if inputs.grad is None else inputs.grad]),
        "parameterGradient": flat([p.grad for p in parameters]),
    }
    if isinstance(module, nn.modules.batchnorm._BatchNorm):
        recorded["state"] = flat([module.running_mean, module.running_var])
        recorded["evaluated"] = flat([module.eval()(inputs)])
    return recorded


if __name__ == "__main__":
    torch.manual_seed(1)
    torch.set_num_threads(1)
    lines = [f"{json.dumps(name)}: {json.dumps(record(*case))}" for name, case in CASES.items()]
    (ROOT / "tests/Training.Tests/Networks/layers.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(len(lines), "cases, PyTorch", torch.__version__)
