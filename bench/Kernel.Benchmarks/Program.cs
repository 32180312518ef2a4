using BenchmarkDotNet.Running;

// Single kernels on one core: ./bench.sh kernels --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
