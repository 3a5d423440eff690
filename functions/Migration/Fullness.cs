using Serverless.Backfill;
using Serverless.Ledger;
using Serverless.Models;
using Serverless.Search;

namespace Serverless.Migration;

/// <summary>How full the index of a second model is.</summary>
/// <param name="Documents">Images in the index in force.</param>
/// <param name="OtherDocuments">Images in the second index; null if this instance cannot read it.</param>
/// <param name="Missing">Images that the second index lacks, at least as far as is known.</param>
/// <param name="Progress">Of the backfill that fills it; null before it is started.</param>
internal sealed record FillReport(long Documents, long? OtherDocuments, long Missing, BackfillReport? Progress)
{
    public bool IsFull => Missing == 0;
}

/// <summary>Measures it: by the backfill, and by the two indexes' own counts.</summary>
internal sealed class Fullness(ModelSides sides, BackfillReports backfills)
{
    public async Task<FillReport> OfAsync(ModelState state, CancellationToken cancellation)
    {
        var progress = state is { Work: MigrationWork.Fill, JobId: { } id } ? await backfills.FindAsync(id, cancellation) : null;
        var documents = await sides.Get<ImageIndex>().CountAsync(cancellation);
        long? others = sides.Other is { } other ? await other.Services.GetRequiredService<ImageIndex>().CountAsync(cancellation) : null;
        var missing = Math.Max(documents - (others ?? 0), 0);
        var left = progress is null ? 1 : progress.Job.Queued - progress.Progress.Done - progress.Progress.Failed;
        var isOver = progress?.Job.Status == BackfillStatus.Completed;
        return new FillReport(documents, others, isOver ? missing : Math.Max(Math.Max(missing, left), 1), progress);
    }
}
