"""Files of weights as other programs write them, and position embeddings as PyTorch resizes them: `python3 tests/references/weights.py` rewrites both."""
import json
import pathlib

import numpy
import torch
from torch.nn import functional

TESTS = pathlib.Path(__file__).resolve().parents[1] / "Training.Tests"
FILES = TESTS / "Datasets/Weights/Files"


def write_files():
    matrix = numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 4 - 0.5
    arrays = {"matrix": matrix, "half": matrix.astype(numpy.float16), "layer/double": matrix.astype(numpy.float64).T.copy(), "scalar": numpy.float32(7)}
    numpy.savez(FILES / "numpy.npz", **arrays)
    numpy.savez_compressed(FILES / "numpy-compressed.npz", **arrays)
    numpy.savez(FILES / "columns.npz", matrix=numpy.asfortranarray(matrix), whole=numpy.arange(3))
    torch.save({"matrix": torch.from_numpy(matrix)}, FILES / "zipped.pth")
    torch.save({"matrix": torch.from_numpy(matrix)}, FILES / "legacy.pth", _use_new_zipfile_serialization=False)


def positions(side, resized, features):
    grid = torch.randint(-64, 65, (side, side, features)).double() / 32
    result = functional.interpolate(grid.permute(2, 0, 1)[None], size=(resized, resized), mode="bicubic", align_corners=False)[0].permute(1, 2, 0)
    return {"side": side, "newSide": resized, "features": features, "grid": grid.flatten().tolist(), "resized": result.flatten().tolist()}


if __name__ == "__main__":
    torch.manual_seed(1)
    FILES.mkdir(exist_ok=True)
    write_files()
    cases = [positions(*case) for case in [(3, 5, 2), (5, 3, 2), (4, 4, 1), (1, 3, 2), (7, 14, 1), (24, 14, 1)]]
    (TESTS / "Workloads/Vision/Pretrained/positions.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print([f.name for f in FILES.iterdir()], len(cases), "cases, PyTorch", torch.__version__, "NumPy", numpy.__version__)
