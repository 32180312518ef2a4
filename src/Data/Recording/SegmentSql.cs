namespace Stepsize.Data.Recording;

/// <summary>
/// The writer's statements, in the SQL that SQLite and PostgreSQL share, and those that begin a write under a fence, on PostgreSQL alone: each segment begins
/// with one that asks for the run's fence and keeps the run's row until the transaction ends, so that all statements after it are under the fence too.
/// </summary>
internal static class SegmentSql
{
    /// <summary>
    /// Keeps whoever changes the cohort waiting until the transaction ends, and not the worker's beat. No row where the claim does not hold any more.
    /// </summary>
    public const string HoldCohort =
        """SELECT 1 FROM "Cohorts" WHERE "Id" = @cohort AND "Fence" = @fence AND "Status" = 'Held' FOR KEY SHARE""";

    public const string FindFencedRun = """SELECT "Status", "Iterations" FROM "Runs" WHERE "Id" = @run AND "Fence" = @fence FOR UPDATE""";

    public const string StartFencedRun = StartRun + UnderFence;

    public const string AdvanceFenced = Advance + UnderFence;

    public const string FinishFenced = Finish + UnderFence;

    private const string UnderFence = """ AND "Fence" = @fence""";

    public const string FindRun = """SELECT "Status", "Iterations" FROM "Runs" WHERE "Id" = @run""";

    /// <summary>Changes nothing, but waits for whoever changes the run now.</summary>
    public const string Touch = """UPDATE "Runs" SET "Iterations" = "Iterations" WHERE "Id" = @run""";

    public const string FindEnd = """SELECT "Status", "Iterations", "Outcome" FROM "Runs" WHERE "Id" = @run""";

    public const string StartRun =
        """UPDATE "Runs" SET "Status" = 'Running', "Iterations" = @resumed, "Provenance" = @provenance WHERE "Id" = @run""";

    /// <summary>Changes one row where the run's stored iterations end just before the segment, and none otherwise.</summary>
    public const string Advance =
        """
        UPDATE "Runs" SET "Iterations" = "Iterations" + @count, "Seconds" = COALESCE(@seconds, "Seconds")
        WHERE "Id" = @run AND "Status" <> 'Finished' AND (@count = 0 OR "Iterations" = @made)
        """;

    /// <summary>The same for the segment that ends the run. A failure does not know how long the run took.</summary>
    public const string Finish =
        """
        UPDATE "Runs" SET "Iterations" = "Iterations" + @count, "Seconds" = CASE WHEN @seconds > "Seconds" THEN @seconds ELSE "Seconds" END,
            "Status" = 'Finished', "Outcome" = @outcome, "FirstBadIteration" = @bad, "Error" = @error, "FinalParameters" = @parameters
        WHERE "Id" = @run AND "Status" <> 'Finished' AND (@count = 0 OR "Iterations" = @made)
        """;

    public const string AddColumns =
        """
        INSERT INTO "MetricChunks" ("RunId", "FirstIteration", "Count", "Loss", "Accuracy", "Stepsize")
        VALUES (@run, @first, @count, @loss, @accuracy, @stepsize)
        """;

    public const string AddIterates =
        """INSERT INTO "IterateChunks" ("RunId", "FirstIteration", "Count", "Values") VALUES (@run, @first, @count, @values)""";

    public const string AddLayers =
        """
        INSERT INTO "LayerChunks" ("RunId", "FirstIteration", "Count", "Names", "Gradient", "Update", "Stepsize")
        VALUES (@run, @first, @count, @names, @gradient, @update, @stepsize)
        """;

    /// <summary>An evaluation made just before a checkpoint may be made again just after it.</summary>
    public const string SetEvaluation =
        """
        INSERT INTO "Evaluations"
            ("RunId", "Iteration", "Epoch", "TrainLoss", "TrainAccuracy", "TestLoss", "TestAccuracy", "TestTopFiveAccuracy", "GradientNorm")
        VALUES (@run, @iteration, @epoch, @trainLoss, @trainAccuracy, @testLoss, @testAccuracy, @testTopFiveAccuracy, @gradientNorm)
        ON CONFLICT ("RunId", "Iteration") DO UPDATE SET "Epoch" = excluded."Epoch", "TrainLoss" = excluded."TrainLoss",
            "TrainAccuracy" = excluded."TrainAccuracy", "TestLoss" = excluded."TestLoss", "TestAccuracy" = excluded."TestAccuracy",
            "TestTopFiveAccuracy" = excluded."TestTopFiveAccuracy", "GradientNorm" = excluded."GradientNorm"
        """;

    public const string SetCheckpoint =
        """
        INSERT INTO "Checkpoints" ("RunId", "Iteration", "State", "Seconds") VALUES (@run, @iteration, @state, @seconds)
        ON CONFLICT ("RunId") DO UPDATE SET "Iteration" = excluded."Iteration", "State" = excluded."State", "Seconds" = excluded."Seconds"
        """;

    public const string RemoveCheckpoint = """DELETE FROM "Checkpoints" WHERE "RunId" = @run""";

    /// <summary>Each takes back what was stored after the checkpoint that the run goes on from.</summary>
    public static IReadOnlyList<string> Rewind { get; } =
    [
        """DELETE FROM "MetricChunks" WHERE "RunId" = @run AND "FirstIteration" > @resumed""",
        """DELETE FROM "IterateChunks" WHERE "RunId" = @run AND "FirstIteration" > @resumed""",
        """DELETE FROM "LayerChunks" WHERE "RunId" = @run AND "FirstIteration" > @resumed""",
        """DELETE FROM "Evaluations" WHERE "RunId" = @run AND ("Iteration" > @resumed OR @resumed = 0)""",
        """DELETE FROM "Checkpoints" WHERE "RunId" = @run AND "Iteration" > @resumed""",
    ];
}
