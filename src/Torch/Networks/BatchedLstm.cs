using Stepsize.Training.Networks;
using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>An LSTM for each run: products with the input for all times at once, those with the hidden state time by time.</summary>
internal static class BatchedLstm
{
    /// <param name="x">[R or 1, B, times, features].</param>
    /// <returns>[R, B, times, cells].</returns>
    public static Tensor Apply(LayerPlan plan, Tensor x, BatchedPass pass)
    {
        var gates = BatchedProduct.Affine(x, pass.Of(plan, 0), pass.Of(plan, 2) + pass.Of(plan, 3));
        var recurrent = pass.Of(plan, 1).transpose(1, 2);
        var (times, cells) = (plan.Output[0], plan.Output[1]);
        var begins = plan.Carries.Count == 0 || pass.StartsSequence;
        var hidden = begins ? zeros([pass.Runs, x.shape[1], cells], dtype: x.dtype, device: x.device) : Carried(plan, 0, x, pass);
        var cell = begins ? zeros_like(hidden) : Carried(plan, 1, x, pass);
        var outputs = new Tensor[times];
        for (var t = 0; t < times; t++)
        {
            var parts = BatchedProduct.SumAndProduct(gates.select(2, t), hidden, recurrent).chunk(4, 2);
            cell = (parts[1].sigmoid() * cell) + (parts[0].sigmoid() * parts[2].tanh());
            hidden = parts[3].sigmoid() * cell.tanh();
            outputs[t] = hidden;
        }

        if (plan.Carries.Count > 0)
        {
            Leave(plan, 0, hidden, pass);
            Leave(plan, 1, cell, pass);
        }

        return stack(outputs, 2);
    }

    /// <summary>Of the examples that this pass has; a copy, for the state is overwritten before the backward pass reads it.</summary>
    private static Tensor Carried(LayerPlan plan, int which, Tensor x, BatchedPass pass) => pass.State[plan.Carries[which]].narrow(1, 0, x.shape[1]).clone();

    private static void Leave(LayerPlan plan, int which, Tensor value, BatchedPass pass)
    {
        using var undifferentiated = no_grad();
        pass.State[plan.Carries[which]].narrow(1, 0, value.shape[1]).copy_(value.detach());
    }
}
