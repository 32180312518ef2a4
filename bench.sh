#!/usr/bin/env bash
# Whole iterations a second of each workload, ours and PyTorch's alternately.
# usage: ./bench.sh [workload…] [--json] [--no-peer] [--stacked-peer] [--runs N] [--repetitions N] [--seconds S] [--cores N]
#        --runs N          runs a core, of one seed, such as the values of b0; 8 unless given
#        --stacked-peer    lets PyTorch train the runs of a core as one batched model, in place of one run a process
#        ./bench.sh optimizers [--json]                 what each optimizer's step costs within an iteration
#        ./bench.sh pages [--repetitions N]             pages of large sweeps in Chromium, with and without training beside
#        ./bench.sh kernels [BenchmarkDotNet options]   single kernels
set -eu
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1
if [ "${1:-}" = kernels ]; then
    shift
    exec dotnet run -c Release --project bench/Kernel.Benchmarks -- "$@"
fi
if [ "${1:-}" = pages ]; then
    shift
    dotnet build bench/Page.Benchmarks -c Release -v q --nologo >/dev/null
    exec dotnet bench/Page.Benchmarks/bin/Release/net10.0/Stepsize.Page.Benchmarks.dll "$@"
fi
# The peer needs a Python that has PyTorch; STEPSIZE_PYTHON names one.
python=python3
for candidate in ${STEPSIZE_PYTHON:-} python3 /usr/bin/python3; do
    if "$candidate" -c "import torch" 2>/dev/null; then
        python=$candidate
        break
    fi
done
dotnet build bench/Engine.Benchmarks -c Release -v q --nologo >/dev/null
exec dotnet bench/Engine.Benchmarks/bin/Release/net10.0/Stepsize.Engine.Benchmarks.dll --root "$PWD" --python "$python" "$@"
