using Serverless.Images;
using Serverless.Pipeline;

namespace Functions.Tests.Pipeline;

/// <summary>What is done for each state of a record and each situation of the blob, row by row.</summary>
public sealed class StateTableTests
{
    [Theory]
    [InlineData(null, "Nothing", "Ingest", "Ingest", "Ingest")]
    [InlineData("Waiting", "Remove", "Ingest", "Ingest", "Ingest")]
    [InlineData("Announced", "Remove", "Judge", "Ingest", "Ingest")]
    [InlineData("Indexing", "Remove", "Publish", "Ingest", "Ingest")]
    [InlineData("Indexed", "Remove", "Publish", "Ingest", "Ingest")]
    [InlineData("Rejected", "Remove", "Publish", "Ingest", "Ingest")]
    [InlineData("Quarantining", "Quarantine", "Quarantine", "Quarantine", "Ingest")]
    [InlineData("Quarantined", "Nothing", "Quarantine", "Quarantine", "Ingest")]
    [InlineData("Restoring", "Nothing", "Restore", "Restore", "Restore")]
    [InlineData("Removed", "Remove", "Ingest", "Ingest", "Ingest")]
    [InlineData("Unreadable", "Nothing", "Ingest", "Ingest", "Ingest")]
    public void State_and_blob_tell_the_next_step(string? state, string absent, string judged, string otherModel, string unjudged)
    {
        ImageState? known = state is null ? null : Enum.Parse<ImageState>(state);
        Assert.Equal(
            [absent, judged, otherModel, unjudged],
            Enum.GetValues<BlobSituation>().Select(blob => StateTable.Next(known, blob, Occasion.Event).ToString())
        );
    }

    [Fact]
    public void Only_a_restore_that_stopped_differs_by_why_the_image_is_looked_at()
    {
        var differing = Enum.GetValues<ImageState>()
            .SelectMany(state => Enum.GetValues<BlobSituation>().Select(blob => (state, blob)))
            .Where(row =>
                StateTable.Next(row.state, row.blob, Occasion.Event) != StateTable.Next(row.state, row.blob, Occasion.Resumption)
            );
        Assert.Equal([(ImageState.Restoring, BlobSituation.Absent)], differing);
        Assert.Equal(NextStep.Restore, StateTable.Next(ImageState.Restoring, BlobSituation.Absent, Occasion.Resumption));
    }

    [Fact]
    public void Every_state_has_its_row()
    {
        foreach (var state in Enum.GetValues<ImageState>())
        {
            Assert.All(Enum.GetValues<BlobSituation>(), blob => Assert.True(Enum.IsDefined(StateTable.Next(state, blob, Occasion.Event))));
        }
    }
}
