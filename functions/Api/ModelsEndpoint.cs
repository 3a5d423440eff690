using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Migration;

namespace Serverless.Api;

/// <summary>The model to change to.</summary>
/// <param name="Model">As in the setting Embedding:Model.</param>
/// <param name="Provider">As in the setting Embedding:Provider; default: <c>onnx</c>.</param>
internal sealed record MigrationRequest(string? Model = null, string Provider = EmbeddingOptions.Onnx);

/// <summary>How to switch.</summary>
/// <param name="Force">Although the second index is not full.</param>
internal sealed record SwitchRequest(bool Force = false);

/// <summary>A model with its index.</summary>
/// <param name="Name">As in the setting Embedding:Model.</param>
/// <param name="Provider">As in the setting Embedding:Provider.</param>
/// <param name="Index">Its index.</param>
/// <param name="Documents">Images in the index; null if this instance cannot read it.</param>
internal sealed record ModelView(string Name, string Provider, string Index, long? Documents);

/// <summary>What the second model would change, measured on a sample of stored images.</summary>
/// <param name="Queries">Stored images that were searched by.</param>
/// <param name="OverlapAt10">The mean share, from 0 to 1, of the ten nearest images that both models name.</param>
/// <param name="Judged">Images that both models judged, without any effect.</param>
/// <param name="ChangedVerdicts">Of these, the ones with another verdict or another original.</param>
internal sealed record ModelComparisonView(int Queries, double OverlapAt10, int Judged, int ChangedVerdicts);

/// <summary>A change of model.</summary>
/// <param name="Status"><c>none</c>; <c>filling</c>: the second index is being filled; <c>full</c>: it can be switched to;
/// <c>switched</c>: it answers, and the previous one is kept up to date.</param>
/// <param name="InForce">What answers.</param>
/// <param name="Other">The second model: the target or, once switched, the previous one; null if there is none.</param>
/// <param name="SwitchesWhenFull">True if it switches by itself, as after a change of settings.</param>
/// <param name="Done">Images that are in the second index.</param>
/// <param name="Queued">Images to fill it with, as far as they are listed.</param>
/// <param name="Failed">Images that failed and are retried.</param>
/// <param name="Missing">Images that the second index lacks, at least.</param>
/// <param name="SecondsLeft">At the rate so far; null if that is not known yet.</param>
/// <param name="Comparison">Once it is full; null until it is measured.</param>
/// <param name="StartedAt">When the migration was started.</param>
/// <param name="SwitchedAt">When it switched.</param>
/// <param name="RollbackUntil">Until then the previous index is kept up to date, and a rollback loses nothing.</param>
/// <param name="Job">The backfill behind it, for GET /api/backfill/{id}.</param>
/// <param name="Reason">Why this instance cannot use the second model, and what to do; null if it can.</param>
internal sealed record MigrationView(
    [property: Choices("none", "filling", "full", "switched")] string Status,
    ModelView InForce,
    ModelView? Other,
    bool SwitchesWhenFull,
    long Done,
    long Queued,
    long Failed,
    long Missing,
    long? SecondsLeft,
    ModelComparisonView? Comparison,
    DateTime? StartedAt,
    DateTime? SwitchedAt,
    DateTime? RollbackUntil,
    string? Job,
    string? Reason
)
{
    public static MigrationView Of(MigrationReport report)
    {
        var (state, fill, comparison, failure) = report;
        var isFilling = state.Status == MigrationStatus.Filling;
        var progress = fill.Progress?.Progress;
        return new(
            state.Status switch
            {
                MigrationStatus.Filling => fill.IsFull ? "full" : "filling",
                MigrationStatus.Switched => "switched",
                _ => "none",
            },
            Of(state.InForce, fill.Documents),
            state.Other is null ? null : Of(state.Other, fill.OtherDocuments),
            state.SwitchesWhenFull,
            progress?.Done ?? 0,
            fill.Progress?.Job.Queued ?? 0,
            progress?.Failed ?? 0,
            isFilling ? fill.Missing : 0,
            progress?.SecondsLeft,
            comparison is null
                ? null
                : new(comparison.Queries, Math.Round(comparison.OverlapAt10, 3), comparison.Judged, comparison.ChangedVerdicts),
            state.StartedAt?.UtcDateTime,
            state.SwitchedAt?.UtcDateTime,
            (state.SwitchedAt + ModelMigration.KeepPrevious)?.UtcDateTime,
            state.JobId,
            failure
        );
    }

    private static ModelView Of(ModelChoice choice, long? documents) => new(choice.Model, choice.Provider, choice.Index, documents);
}

/// <summary>Changes the model without a pause: fill a second index, compare, switch, and back if need be.</summary>
internal static class ModelsEndpoint
{
    private const string Address = "/models/migrate";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(Address, StartAsync)
            .WithName("startModelMigration")
            .WithSummary(
                "Loads a second model beside the one in force and fills an index of its own in the background; searches answer from the "
                    + "old one until the switch."
            )
            .Accepts<MigrationRequest>("application/json")
            .Produces<MigrationView>(202)
            .ProducesProblem(400)
            .ProducesProblem(409);
        routes
            .MapGet(Address, FindAsync)
            .WithName("getModelMigration")
            .WithSummary("Gets the models in use, the progress of a migration, and once it is full, what it would change.")
            .Produces<MigrationView>();
        routes
            .MapDelete(Address, EndAsync)
            .WithName("endModelMigration")
            .WithSummary("Ends a migration: what answers stays, the second index is no longer kept up to date and can be deleted.")
            .Produces<MigrationView>()
            .ProducesProblem(409);
        routes
            .MapPost(Address + "/switch", SwitchAsync)
            .WithName("switchModel")
            .WithSummary("Answers from the second index from now on, in every instance.")
            .Accepts<SwitchRequest>("application/json")
            .Produces<MigrationView>()
            .ProducesProblem(400)
            .ProducesProblem(409);
        routes
            .MapPost(Address + "/rollback", RollBackAsync)
            .WithName("rollBackModel")
            .WithSummary("Takes the switch back, or gives up the fill.")
            .Produces<MigrationView>()
            .ProducesProblem(409);
    }

    private static async Task<IResult> StartAsync(
        HttpRequest request,
        ModelMigration migration,
        MigrationReports reports,
        CancellationToken cancellation
    )
    {
        var wanted = await RequestBody.JsonAsync<MigrationRequest>(request, cancellation);
        if (string.IsNullOrWhiteSpace(wanted.Model))
        {
            throw ProblemException.Invalid("'model' must be the name of a model of the catalogue, or its folder.");
        }

        if (!EmbeddingOptions.Providers.Contains(wanted.Provider))
        {
            throw ProblemException.Invalid($"'provider' must be one of {string.Join(", ", EmbeddingOptions.Providers)}.");
        }

        var state = await DoAsync(() => migration.StartAsync(wanted.Provider, wanted.Model, cancellation));
        return Results.Accepted($"/api{Address}", MigrationView.Of(await reports.OfAsync(state, cancellation)));
    }

    private static async Task<MigrationView> FindAsync(MigrationReports reports, CancellationToken cancellation) =>
        MigrationView.Of(
            await reports.FindAsync(cancellation)
                ?? throw ProblemException.Conflict("The app has not noted its model yet: try again in a few seconds.")
        );

    private static async Task<MigrationView> SwitchAsync(
        HttpRequest request,
        ModelMigration migration,
        MigrationReports reports,
        CancellationToken cancellation
    )
    {
        var how =
            request.ContentLength is > 0 || request.ContentType is not null
                ? await RequestBody.JsonAsync<SwitchRequest>(request, cancellation)
                : new SwitchRequest();
        return MigrationView.Of(await reports.OfAsync(await DoAsync(() => migration.SwitchAsync(how.Force, cancellation)), cancellation));
    }

    private static async Task<MigrationView> RollBackAsync(
        ModelMigration migration,
        MigrationReports reports,
        CancellationToken cancellation
    ) => MigrationView.Of(await reports.OfAsync(await DoAsync(() => migration.RollBackAsync(cancellation)), cancellation));

    private static async Task<MigrationView> EndAsync(ModelMigration migration, MigrationReports reports, CancellationToken cancellation) =>
        MigrationView.Of(await reports.OfAsync(await DoAsync(() => migration.EndAsync(cancellation)), cancellation));

    private static async Task<ModelState> DoAsync(Func<Task<ModelState>> act)
    {
        try
        {
            return await act();
        }
        catch (MigrationRefusedException refusal)
        {
            throw ProblemException.Conflict(refusal.Message);
        }
    }
}
