// Tensors that are left are counted for the whole process, and libtorch's threads are the process's too.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
