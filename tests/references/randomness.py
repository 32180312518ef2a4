"""RandomStream, BatchOrder and the initial weights of the engine, transcribed from their definitions, so that PyTorch trains the very same problem."""
import math

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
INITIALISATION, BATCH_ORDER = 1, 2


def mix(value):
    value = (value + GOLDEN) & MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def rotate(value, count):
    return ((value << count) | (value >> (64 - count))) & MASK


class RandomStream:
    """xoshiro256** started by SplitMix64 from a seed, a purpose and an index."""

    def __init__(self, seed, purpose, index=0):
        state = mix((mix((mix(seed & MASK) + purpose) & MASK) + index) & MASK)
        self.words = [mix((state + i * GOLDEN) & MASK) for i in range(4)]

    def bits(self):
        a, b, c, d = self.words
        result = (rotate((b * 5) & MASK, 7) * 9) & MASK
        t = (b << 17) & MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        self.words = [a, b, c, rotate(d, 45)]
        return result

    def uniform(self):
        return (self.bits() >> 11) / (1 << 53)

    def below(self, count):
        return (self.bits() * count) >> 64


def batches(examples, batch_size, seed):
    """Indices of the examples of iterations 1, 2, …"""
    epoch = 0
    while True:
        order = list(range(examples))
        stream = RandomStream(seed, BATCH_ORDER, epoch)
        for i in range(examples - 1, 0, -1):
            j = stream.below(i + 1)
            order[i], order[j] = order[j], order[i]
        for position in range(examples // batch_size):
            yield order[position * batch_size:(position + 1) * batch_size]
        epoch += 1


def initialise(tensors, bounds, seed):
    """Fills tensors with U(−bound, bound), each from its own stream."""
    for index, (tensor, bound) in enumerate(zip(tensors, bounds)):
        stream = RandomStream(seed, INITIALISATION, index)
        values = [(2 * stream.uniform() - 1) * bound for _ in range(tensor.numel())]
        tensor.data = tensor.new_tensor(values).reshape(tensor.shape)


def pytorch_default(fan_in):
    return 1 / math.sqrt(fan_in)


def glorot_uniform(fan_in, fan_out):
    return math.sqrt(6 / (fan_in + fan_out))
