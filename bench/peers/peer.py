"""The benchmark's sweep in PyTorch: one process a core, one thread each, AdaGrad-Norm a neuron, loss, accuracy and stepsize of every iteration kept.

usage: peer.py WORKLOAD CORES DATASETS [RUNS]. Says "ready TITLE", then answers each line "go SECONDS" with iterations per second, all runs added up.
With RUNS, each process trains so many runs on the same mini-batches as one batched model, as far as such a model was written here.
"""
import gzip
import multiprocessing
import os
import sys
import time

try:
    import torch
except ImportError:
    print("PyTorch is not installed for " + sys.executable)
    sys.exit(0)

import torch.nn.functional as F
from torch import nn

NICE = 10  # the niceness of the training threads that it is compared with


class Regression:
    """Least squares by mini-batches of 20 rows: the gradient written out, which is faster than autograd."""

    def __init__(self, datasets, seed):
        generator = torch.Generator().manual_seed(0)
        self.a = torch.randn(1000, 2000, generator=generator)
        self.y = self.a @ torch.randn(2000, generator=generator)
        self.parameters = [torch.rand(2000, generator=generator.manual_seed(seed)).unsqueeze(0)]
        self.examples, self.batch = 1000, 20

    def differentiate(self, index):
        rows = self.a[index]
        residual = torch.mv(rows, self.parameters[0][0]) - self.y[index]
        gradient = torch.mv(rows.t(), residual).div_(self.batch)
        return residual.dot(residual).item() / (2 * self.batch), float("nan"), [gradient.unsqueeze(0)]


class Classification:
    """A network on MNIST, by autograd."""

    def __init__(self, network, batch, shape, datasets, seed):
        def read(name, header):
            with gzip.open(os.path.join(datasets, "mnist", name)) as file:
                return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)[header:]

        torch.manual_seed(seed)
        self.inputs = read("train-images-idx3-ubyte.gz", 16).float().div_(255).view(-1, *shape)
        self.labels = read("train-labels-idx1-ubyte.gz", 8).long()
        self.network = network()
        self.parameters = list(self.network.parameters())
        self.examples, self.batch = len(self.labels), batch

    def differentiate(self, index):
        labels = self.labels[index]
        scores = self.network(self.inputs[index])
        loss = F.cross_entropy(scores, labels)
        gradients = torch.autograd.grad(loss, self.parameters)
        return loss.item(), (scores.argmax(1) == labels).sum().item() / self.batch, gradients


class StackedRegression:
    """Several runs of the regression: a matrix product where one run has a matrix times a vector."""

    def __init__(self, datasets, seed, runs):
        single = Regression(datasets, seed)
        self.a, self.y, self.examples, self.batch = single.a, single.y, single.examples, single.batch
        self.runs = runs
        self.parameters = [single.parameters[0].repeat(runs, 1)]

    def differentiate(self, index):
        rows = self.a[index]
        residual = torch.addmm(self.y[index], self.parameters[0], rows.t(), beta=-1)
        gradient = torch.mm(residual, rows).div_(self.batch)
        return (residual.square().sum(1) / (2 * self.batch)).tolist(), [float("nan")] * self.runs, [gradient]


class StackedPerceptrons(Classification):
    """Several runs of a perceptron: the first layers side by side as one wide layer, the others by batched products."""

    def __init__(self, widths, bias, activation, datasets, seed, runs):
        super().__init__(lambda: nn.Sequential(*[nn.Linear(n, m, bias=bias) for n, m in zip(widths, widths[1:])]), 256, [784], datasets, seed)
        self.runs, self.bias, self.activation = runs, bias, activation
        self.parameters = [p.detach().repeat(*([runs] + [1] * (p.dim() - 1))).requires_grad_() for p in self.network.parameters()]

    def differentiate(self, index):
        labels = self.labels[index]
        values = self.inputs[index]
        step = 2 if self.bias else 1
        for layer in range(0, len(self.parameters), step):
            weight, bias = self.parameters[layer], self.parameters[layer + 1] if self.bias else None
            if layer == 0:
                values = F.linear(values, weight, bias).view(self.batch, self.runs, -1).transpose(0, 1)
            else:
                values = self.activation(values)
                weight = weight.view(self.runs, -1, weight.shape[1]).transpose(1, 2)
                values = torch.bmm(values, weight) if bias is None else torch.baddbmm(bias.view(self.runs, 1, -1), values, weight)
        losses = F.cross_entropy(values.reshape(self.runs * self.batch, -1), labels.repeat(self.runs), reduction="none").view(self.runs, -1).mean(1)
        gradients = torch.autograd.grad(losses.sum(), self.parameters)
        return losses.tolist(), ((values.argmax(2) == labels).sum(1) / self.batch).tolist(), gradients


def mlp(depth):
    layers = [nn.Linear(784, 100, bias=True), nn.Sigmoid()]
    for _ in range(depth - 2):
        layers += [nn.Linear(100, 100, bias=True), nn.Sigmoid()]
    return nn.Sequential(*layers, nn.Linear(100, 10, bias=True))


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 20, 5, bias=False), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5, bias=False), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500, bias=False), nn.ReLU(), nn.Linear(500, 10, bias=False))


def adalip():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, bias=False), nn.ReLU(), nn.Conv2d(32, 64, 3, bias=False), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(9216, 128, bias=False), nn.ReLU(), nn.Linear(128, 10))


WORKLOADS = {
    "linreg-stochastic": Regression,
    "mnist-logreg": lambda d, s: Classification(lambda: nn.Linear(784, 10, bias=False), 256, [784], d, s),
    "mnist-fulconn2": lambda d, s: Classification(
        lambda: nn.Sequential(nn.Linear(784, 100, bias=False), nn.ReLU(), nn.Linear(100, 10, bias=False)), 256, [784], d, s),
    "mnist-mlp": lambda d, s: Classification(lambda: mlp(6), 256, [784], d, s),
    "mnist-cnn": lambda d, s: Classification(cnn, 256, [1, 28, 28], d, s),
    "adalip-mnist": lambda d, s: Classification(adalip, 128, [1, 28, 28], d, s),
}

STACKED = {
    "linreg-stochastic": StackedRegression,
    "mnist-logreg": lambda d, s, r: StackedPerceptrons([784, 10], False, None, d, s, r),
    "mnist-fulconn2": lambda d, s, r: StackedPerceptrons([784, 100, 10], False, torch.relu, d, s, r),
    "mnist-mlp": lambda d, s, r: StackedPerceptrons([784, 100, 100, 100, 100, 100, 10], True, torch.sigmoid, d, s, r),
}


class AdaGradNorm:
    """One b a row of each weight; a bias has one an element, which counts its neuron's weights too."""

    def __init__(self, parameters, b0, eta, runs=None):
        self.parameters, self.eta, self.runs = parameters, eta, runs
        self.squares = [torch.full((len(p),), b0 * b0) for p in parameters]

    @torch.no_grad()
    def step(self, gradients):
        stepsizes, of_rows = [], None
        for parameter, gradient, square in zip(self.parameters, gradients, self.squares):
            if parameter.dim() > 1:
                rows = gradient.flatten(1)
                of_rows = torch.linalg.vector_norm(rows, dim=1).square_()
                square.add_(of_rows)
                stepsize = self.eta / (square.sqrt() + 1e-10)
                parameter.view(len(parameter), -1).addcmul_(rows, stepsize.unsqueeze(1), value=-1)
            else:
                square.addcmul_(gradient, gradient).add_(of_rows)
                stepsize = self.eta / (square.sqrt() + 1e-10)
                parameter.addcmul_(gradient, stepsize, value=-1)
            stepsizes.append(stepsize)
        if self.runs is None:
            return torch.cat(stepsizes).median().item()
        return torch.cat([s.view(self.runs, -1) for s in stepsizes], 1).median(1).values.tolist()


def batches(examples, batch):
    while True:
        order = torch.randperm(examples)
        for first in range(0, examples - batch + 1, batch):
            yield order[first:first + batch]


def run(workload, datasets, seed, runs, pipe):
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    os.nice(NICE)
    problem = WORKLOADS[workload](datasets, seed) if runs is None else STACKED[workload](datasets, seed, runs)
    optimizer = AdaGradNorm(problem.parameters, 10.0, 1.0, runs)
    order = batches(problem.examples, problem.batch)
    curve = []
    pipe.send("ready")
    while True:
        try:
            seconds = pipe.recv()
        except EOFError:
            return
        iterations, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            loss, accuracy, gradients = problem.differentiate(next(order))
            curve.append((loss, accuracy, optimizer.step(gradients)))
            iterations += 1
        pipe.send(iterations * (runs or 1) / (time.perf_counter() - began))


def main():
    workload, cores, datasets = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else None
    if workload not in (WORKLOADS if runs is None else STACKED):
        print(f"it has no {workload}" if runs is None else f"it has no {workload} for several runs at once")
        return
    context = multiprocessing.get_context("spawn")
    pipes = []
    for seed in range(cores):
        ours, theirs = context.Pipe()
        context.Process(target=run, args=(workload, datasets, seed, runs, theirs), daemon=True).start()
        theirs.close()
        pipes.append(ours)
    for pipe in pipes:
        pipe.recv()
    print(f"ready PyTorch {torch.__version__}", flush=True)
    for line in sys.stdin:
        for pipe in pipes:
            pipe.send(float(line.split()[1]))
        print(sum(pipe.recv() for pipe in pipes), flush=True)


if __name__ == "__main__":
    main()
