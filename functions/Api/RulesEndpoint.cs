using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Duplicates;
using Serverless.Jobs;
using Serverless.Rules;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Decides many duplicates at once by a rule: previewed, applied as a job, undone.</summary>
internal sealed class RulesEndpoint(
    JobRun run,
    JobTable jobs,
    RuleScan scan,
    CallerRole callers,
    IOptions<DuplicateOptions> duplicates,
    IOptions<StorageOptions> storage
)
{
    private const int MostPairs = 500;
    private const int MostShown = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(
                "/rules/preview",
                (HttpRequest request, RulesEndpoint endpoint, CancellationToken cancellation) =>
                    endpoint.PreviewAsync(request, cancellation)
            )
            .Needs(Role.Search)
            .WithName("previewRule")
            .WithSummary("Tells what a rule would do with each pair of duplicates that it applies to. Nothing is changed.")
            .WithDescription(
                "A page holds whole groups until they have 'top' pairs, and may have fewer, even none, while there is a continuation. "
                    + "The counts are the page's: add them up."
            )
            .Accepts<RuleRequest>("application/json")
            .Produces<RulePreview>()
            .ProducesProblem(400)
            .WithQuery(
                QueryParameter.Whole("top", "Number of pairs.", 1, MostPairs, 100),
                ("continuation", JsonSchemaType.String, "From the previous page, with the same rule.")
            );
        routes
            .MapPost(
                "/rules",
                (HttpContext context, RulesEndpoint endpoint, CancellationToken cancellation) => endpoint.StartAsync(context, cancellation)
            )
            .WithName("applyRule")
            .WithSummary("Applies a rule to all duplicates, through the same steps as single decisions.")
            .WithDescription(
                "Every pair is decided first, and checked again when it is carried out. The action 'trash' requires the role 'delete'. "
                    + "Only one rule runs at a time."
            )
            .Accepts<RuleRequest>("application/json")
            .Produces<RuleRunView>(202)
            .ProducesProblem(400)
            .ProducesProblem(409);
        routes
            .MapGet("/rules", (RulesEndpoint endpoint, CancellationToken cancellation) => endpoint.ListAsync(cancellation))
            .WithName("listRuleRuns")
            .WithSummary("Lists the newest hundred runs of rules.")
            .Produces<RuleRunList>();
        routes
            .MapGet(
                "/rules/{id}",
                (string id, HttpRequest request, RulesEndpoint endpoint, CancellationToken cancellation) =>
                    endpoint.FindAsync(id, request, cancellation)
            )
            .WithName("getRuleRun")
            .WithSummary("Gets the progress of a rule, and what it did.")
            .Produces<RuleRunView>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .WithQuery(("continuation", JsonSchemaType.String, "From the previous page."));
        routes
            .MapDelete(
                "/rules/{id}",
                (string id, RulesEndpoint endpoint, CancellationToken cancellation) => endpoint.CancelAsync(id, cancellation)
            )
            .WithName("cancelRuleRun")
            .WithSummary("Stops a rule after the current step. What was done stays done, and can be undone.")
            .Produces<RuleRunView>()
            .ProducesProblem(404);
        routes
            .MapPost(
                "/rules/{id}/undo",
                (string id, RulesEndpoint endpoint, CancellationToken cancellation) => endpoint.UndoAsync(id, cancellation)
            )
            .WithName("undoRule")
            .WithSummary("Undoes all that a rule did: takes it out of the trash, swaps back, takes back tags and texts.")
            .WithDescription("What was deleted for good meanwhile, or changed by somebody, is left and listed with its reason.")
            .Produces<RuleRunView>(202)
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    private async Task<RulePreview> PreviewAsync(HttpRequest request, CancellationToken cancellation)
    {
        var rule = await ReadAsync(request, cancellation);
        var top = QueryValue.Between(QueryValue.Integer(request.Query, "top") ?? 100, 1, MostPairs, "top");
        var after = request.Query["continuation"] is [{ Length: > 0 } text] ? DuplicatesEndpoint.Decode(text) : null;
        var page = await scan.PageAsync(rule, after, top, cancellation);
        return new RulePreview(
            page.Groups.Aggregate(new RuleCounts(), (counts, group) => counts.Plus(group.Pairs)),
            [.. page.Groups.SelectMany(group => group.Pairs.Select(pair => View(group, pair)))],
            page.Next is null ? null : DuplicatesEndpoint.Encode(page.Next)
        );
    }

    private async Task<IResult> StartAsync(HttpContext context, CancellationToken cancellation)
    {
        var rule = await ReadAsync(context.Request, cancellation);
        if (rule.Action == RuleAction.Trash)
        {
            callers.Demand(Role.Delete, context);
        }

        return await StartAsync(new RuleState { Rule = rule }, cancellation);
    }

    private async Task<IResult> UndoAsync(string id, CancellationToken cancellation)
    {
        var job = await KnownAsync(id, cancellation);
        var state = RuleSteps.StateOf(job);
        if (job.Status == JobStatus.Running || state.UndoOf is not null)
        {
            throw ProblemException.Conflict(
                state.UndoOf is null
                    ? "It is still running: stop it first, with DELETE."
                    : "This was an undo: apply the rule again instead."
            );
        }

        var undo = new RuleState
        {
            Rule = state.Rule,
            UndoOf = job.Id,
            IsPlanned = true,
            Total = job.Items,
        };
        return await StartAsync(undo, cancellation);
    }

    private async Task<IResult> StartAsync(RuleState state, CancellationToken cancellation)
    {
        var text = state.Text();
        var job = await run.StartAsync(RuleSteps.Name, text, cancellation);
        return job.State == text
            ? Results.Accepted($"/api/rules/{job.Id}", View(job, [], null))
            : throw ProblemException.Conflict($"A rule is being applied: wait for it, or stop it with DELETE /api/rules/{job.Id}.");
    }

    private async Task<RuleRunList> ListAsync(CancellationToken cancellation) =>
        new(await jobs.ListAsync(RuleSteps.Name, cancellation).Select(job => View(job, null, null)).ToListAsync(cancellation));

    private async Task<RuleRunView> FindAsync(string id, HttpRequest request, CancellationToken cancellation)
    {
        var from = QueryValue.Between(QueryValue.Integer(request.Query, "continuation") ?? 0, 0, int.MaxValue - MostShown, "continuation");
        var job = await KnownAsync(id, cancellation);
        var to = Math.Min(from + MostShown, job.Items);
        var changes = from < to ? await jobs.ItemsAsync(job.Id, from, to, cancellation).ToListAsync(cancellation) : [];
        return View(
            job,
            [.. changes.Select(RuleSteps.PairOf).Select(RuleChangeView.Of)],
            to < job.Items ? to.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    private async Task<RuleRunView> CancelAsync(string id, CancellationToken cancellation) =>
        View((ImagePath.IsId(id) ? await run.CancelAsync(RuleSteps.Name, id, cancellation) : null) ?? throw Unknown(), [], null);

    private RuleRunView View(Job job, IReadOnlyList<RuleChangeView>? changes, string? continuation)
    {
        var state = RuleSteps.StateOf(job);
        var mayUndo = state.UndoOf is null && job.FinishedAt is not null && state.Done + state.Left > 0;
        return new RuleRunView(
            job.Id,
            job.Status,
            state.UndoOf,
            state.UndoOf is not null ? "undoing"
                : state.IsPlanned ? "applying"
                : "deciding",
            state.Counts,
            state.Total,
            state.Done,
            state.Left,
            state.IsCapped,
            job.StartedAt.UtcDateTime,
            job.FinishedAt?.UtcDateTime,
            mayUndo ? (job.FinishedAt + duplicates.Value.TrashRetention)?.UtcDateTime : null,
            job.Reason,
            changes,
            continuation
        );
    }

    private static RulePairView View(RuledGroup group, RuledPair pair) =>
        new(
            RuledImageView.Of(group.Kept),
            RuledImageView.Of(group.Members[pair.Id]),
            group.Members[pair.Id].Similarity,
            pair.WinnerId,
            pair.By,
            pair.Moves,
            pair.Obstacle,
            pair.Merged?.Tags ?? [],
            pair.BytesFreed
        );

    private async Task<Rule> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        (await RequestBody.JsonAsync<RuleRequest>(request, cancellation)).Checked(storage.Value.Images);

    private async Task<Job> KnownAsync(string id, CancellationToken cancellation) =>
        (ImagePath.IsId(id) ? await jobs.FindAsync(RuleSteps.Name, id, cancellation) : null) ?? throw Unknown();

    private static ProblemException Unknown() => ProblemException.NotFound("There is no such run. GET /api/rules lists them.");
}
