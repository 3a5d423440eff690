using Serverless.Backfill;
using Serverless.Categories;
using Serverless.Describe;
using Serverless.Embeddings;
using Serverless.Jobs;
using Serverless.Ledger;
using Serverless.Models;
using Serverless.Pipeline;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Hosting;

/// <summary>A prerequisite of the app. Steps run concurrently and may be repeated.</summary>
/// <param name="Name">Its name in messages.</param>
internal sealed record PreparationStep(string Name, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>Before all others: it says whose services they prepare.</summary>
    public static PreparationStep First(ModelSides sides) => new("the choice of model", sides.DecideAsync);

    public static IReadOnlyList<PreparationStep> All(IServiceProvider services) =>
        [
            Of<IModelPreparation>("the model", services, model => model.PrepareAsync),
            Of<ImageIndex>("the search index", services, index => index.EnsureAsync),
            Of<ImageStore>("the container for images", services, store => store.EnsureAsync),
            Of<QuarantineStore>("the container for quarantine", services, store => store.EnsureAsync),
            Of<RecheckQueue>("the queue of second looks", services, queue => queue.EnsureAsync),
            Of<BackfillQueue>("the queue of backfills", services, queue => queue.EnsureAsync),
            Of<BackfillSliceQueue>("the queue of backfills' slices", services, queue => queue.EnsureAsync),
            Of<BackfillJobs>("the table of backfills", services, jobs => jobs.EnsureAsync),
            Of<JobQueue>("the queue of jobs", services, queue => queue.EnsureAsync),
            Of<DeletionQueue>("the queue of deletions", services, queue => queue.EnsureAsync),
            Of<DescribeQueue>("the queue of descriptions", services, queue => queue.EnsureAsync),
            Of<PartsQueue>("the queue of pages and tiles", services, queue => queue.EnsureAsync),
            Of<SheetLedger>("the tables of pages and tiles", services, sheets => sheets.EnsureAsync),
            Of<PartIndex>("the search index of pages and tiles", services, index => index.LookAsync),
            Of<KnownDescriptions>("the table of descriptions", services, known => known.EnsureAsync),
            Of<DescribeBudget>("the budget of descriptions", services, budget => budget.EnsureAsync),
            Of<JobTable>("the tables of jobs", services, table => table.EnsureAsync),
            Of<ImageLedger>("the ledger", services, ledger => ledger.EnsureAsync),
            Of<ModelVectors>("the table of second vectors", services, vectors => vectors.EnsureAsync),
            Of<MirrorQueue>("the queue of the second index", services, queue => queue.EnsureAsync),
            Of<CategoryTable>("the table of categories", services, table => table.EnsureAsync),
            Of<Attempts>("the table of attempts", services, attempts => attempts.EnsureAsync),
            Of<AnnouncementLog>("the table of announcements", services, log => log.EnsureAsync),
            Of<RememberedDecisions>("the table of decisions", services, decisions => decisions.EnsureAsync),
            Of<DuplicateTable>("the table of duplicates", services, table => table.EnsureAsync),
        ];

    /// <summary>The service is created when the step runs: some need the model, which takes seconds to load.</summary>
    private static PreparationStep Of<T>(string name, IServiceProvider services, Func<T, Func<CancellationToken, Task>> ensure)
        where T : notnull => new(name, cancellation => ensure(services.GetRequiredService<T>())(cancellation));
}
