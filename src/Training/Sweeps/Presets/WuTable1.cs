namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Wu, Xie, Du and Ward (2022), table 1: a vision transformer on CIFAR-100, from pretrained weights. Needs a GPU.</summary>
internal static class WuTable1
{
    public static Preset Create()
    {
        double[] values = [0.01, 0.1, 1, 10, 100];
        return new Preset(
            "wu-table1-vit",
            "CIFAR-100, vision transformer (table 1)",
            "Wu, Xie, Du and Ward (2022), table 1",
            "Test accuracy of ViT-S/16 against b₀ over three runs: AdaLoss beside AdaGrad-Norm and SGD with constant and decaying stepsizes. Needs a GPU, and pretrained weights that you bring.",
            [
                "The source starts from weights pretrained on ImageNet and does not say which; here from those that you bring with \"datasets import weights FILE\", under the name vit-s16. The last layer, of a hundred classes, starts at zero.",
                "The source enlarges pictures to 256, crops 224 at random, mirrors, and scales by CIFAR's means and deviations; here they are enlarged to 224 as they are, in [−1, 1].",
                "The decay of 0.0001 is that of the released code: η λ x whatever b is, and none for AdaGrad-Norm, where it multiplies the gradient by 1 + λ.",
                "The source takes the epoch that is best on 5,000 validation images, here it is the last.",
            ],
            PresetRow.Sweep(
                """
                {
                  "name": "CIFAR-100, vision transformer: Wu et al. 2022, table 1",
                  "workload": "vit-s16-cifar100-finetune",
                  "workloadOptions": { "lastBatch": "used", "weights": "vit-s16" },
                  "seeds": [0, 1, 2],
                  "batchSize": 64,
                  "epochs": 10,
                  "evaluateAtEpochs": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
                }
                """,
                PresetRow.Over("b0", values, "adaloss", ("eta", 0.1), ("weight_decay", 0.0001)),
                PresetRow.Over("b0", values, "adagrad-norm", ("eta", 0.1)),
                PresetRow.Over("b0", values, "sgd-constant", ("eta", 0.1), ("weight_decay", 0.0001), ("weight_decay_scale", "eta")),
                PresetRow.Over("b0", values, "sgd-decaysqrt", ("eta", 0.1), ("weight_decay", 0.0001), ("weight_decay_scale", "eta"), ("schedule", "rooted"))));
    }
}
