using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Embeddings.Hosted;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>A backfill with its progress and, if it only counts images to judge, what they would take.</summary>
internal sealed record BackfillReport(BackfillJob Job, BackfillProgress Progress, BackfillEstimate? Estimate);

/// <summary>Reports on backfills.</summary>
internal sealed class BackfillReports(
    BackfillJobs jobs,
    StorageClock storage,
    IOptions<EmbeddingOptions> embedding,
    IOptions<DuplicateOptions> duplicates
)
{
    /// <summary>A shorter backfill says little about the rate of a long one.</summary>
    private const int FewestMeasured = 20;

    public async Task<BackfillReport?> FindAsync(string id, CancellationToken cancellation) =>
        await jobs.FindAsync(id, cancellation) is { } job ? await OfAsync(job, cancellation) : null;

    public async Task<BackfillReport> OfAsync(BackfillJob job, CancellationToken cancellation)
    {
        var slices = await jobs.SlicesAsync(job.Id, cancellation).ToListAsync(cancellation);
        var measured = job.DryRun ? MeasuredBy(await jobs.ListAsync(cancellation)) : null;
        return Of(job, slices, await storage.NowAsync(cancellation), measured);
    }

    /// <summary>The newest hundred.</summary>
    public async Task<IReadOnlyList<BackfillReport>> ListAsync(CancellationToken cancellation)
    {
        var listed = await jobs.ListAsync(cancellation);
        var slices = await jobs.SlicesAsync(id: null, cancellation).ToListAsync(cancellation);
        var byJob = slices.ToLookup(slice => slice.JobId);
        var now = await storage.NowAsync(cancellation);
        var measured = MeasuredBy(listed);
        return [.. listed.Select(job => Of(job, byJob[job.Id], now, measured))];
    }

    private BackfillReport Of(BackfillJob job, IEnumerable<BackfillSlice> slices, DateTimeOffset now, double? measured) =>
        new(
            job,
            BackfillProgress.Of(job, slices, now),
            job is { DryRun: true, Work: BackfillWork.Judge } ? BackfillEstimate.Of(job.Queued, Basis(measured)) : null
        );

    private static double? MeasuredBy(IEnumerable<BackfillJob> listed) =>
        listed
            .Where(job => job is { DryRun: false, Work: BackfillWork.Judge, Status: not BackfillStatus.Running })
            .Where(job => job.Done - job.DoneBefore >= FewestMeasured)
            .Select(job => BackfillProgress.Of(job, []).ImagesPerSecond)
            .FirstOrDefault(rate => rate is not null);

    private EstimateBasis Basis(double? measured)
    {
        var settings = embedding.Value;
        var facts = HostedServices.FactsOf(settings.Provider, settings.Model);
        return new EstimateBasis(
            facts is null ? 0 : (settings.ImagePrice ?? facts.Prices.Images) / 1000,
            1 + OrientationVariants.TurnsOf(duplicates.Value).Length,
            facts is null ? null : (settings.RequestsPerMinute ?? facts.RequestsPerMinute) / 60.0,
            measured
        );
    }
}
