using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Models;
using Serverless.Search;

namespace Serverless.Migration;

/// <summary>What a change of model changes, measured on a sample of the stored images.</summary>
/// <param name="Queries">The images that were searched by.</param>
/// <param name="OverlapAt10">The mean share of the ten nearest that both models name.</param>
/// <param name="Judged">The images that both models judged, without any effect.</param>
/// <param name="ChangedVerdicts">Those with different verdicts, or as copies of different images.</param>
internal sealed record ComparedModels(int Queries, double OverlapAt10, int Judged, int ChangedVerdicts);

/// <summary>Measures it once for each migration, in the background. Thread-safe.</summary>
internal sealed class ModelComparison(ModelSides sides)
{
    private const int Sample = 20;
    private const int Nearest = 10;

    private readonly Lock gate = new();
    private (string? JobId, Task<ComparedModels?>? Task) running;

    /// <summary>Null while it is not known.</summary>
    public async Task<ComparedModels?> OfAsync(ModelState state, TimeSpan patience)
    {
        if (sides.Other is not { } other || state.JobId is not { } job)
        {
            return null;
        }

        Task<ComparedModels?> task;
        lock (gate)
        {
            if (running.JobId != job || running.Task is null or { IsFaulted: true })
            {
                running = (job, Task.Run(() => CompareAsync(sides.Services, other.Services)));
            }

            task = running.Task!;
        }

        await Task.WhenAny(task, Task.Delay(patience));
        return task.IsCompletedSuccessfully ? await task : null;
    }

    private static async Task<ComparedModels?> CompareAsync(IServiceProvider first, IServiceProvider second)
    {
        var images = await first.GetRequiredService<ImageIndex>().ListAsync(null, Sample, 0, CancellationToken.None);
        var (overlap, queries, judged, changed) = (0.0, 0, 0, 0);
        foreach (var id in images.Select(image => image.Id))
        {
            if (await NearestAsync(first, id) is not { } one || await NearestAsync(second, id) is not { } two)
            {
                continue;
            }

            queries++;
            overlap += Overlap(one, two);
            if (await VerdictAsync(first, id) is { } before && await VerdictAsync(second, id) is { } after)
            {
                judged++;
                changed += before == after ? 0 : 1;
            }
        }

        return queries == 0 ? null : new ComparedModels(queries, overlap / queries, judged, changed);
    }

    /// <summary>Two empty lists agree.</summary>
    private static double Overlap(List<string> one, List<string> two) =>
        Math.Max(one.Count, two.Count) is > 0 and var most ? (double)one.Intersect(two).Count() / most : 1;

    private static async Task<List<string>?> NearestAsync(IServiceProvider side, string id)
    {
        var record = await side.GetRequiredService<ImageLedger>().FindAsync(id, CancellationToken.None);
        if (record is not { IsLive: true, Embedding.IsEmpty: false } || !side.GetRequiredService<Embeddings.EmbeddingModel>().Made(record))
        {
            return null;
        }

        var found = await side.GetRequiredService<ImageIndex>().ResemblingAsync(record.Embedding, Nearest + 1, CancellationToken.None);
        return [.. found.Select(neighbour => neighbour.Id).Where(other => other != id).Take(Nearest)];
    }

    /// <summary>The verdict that this side would give today; it is written nowhere.</summary>
    private static async Task<(Verdict Verdict, string? Other)?> VerdictAsync(IServiceProvider side, string id)
    {
        if (await side.GetRequiredService<ImageLedger>().FindAsync(id, CancellationToken.None) is not { State: ImageState.Indexed } record)
        {
            return null;
        }

        var judgement = await side.GetRequiredService<DuplicateJudge>().JudgeAsync(record, CancellationToken.None);
        return (judgement.Verdict, judgement.Other?.Id);
    }
}
