using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Review;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>The groups of duplicates, and the effect of another threshold.</summary>
internal static class DuplicatesEndpoint
{
    private const int MaxTop = 100;

    private static readonly QueryParameter[] ListQuery =
    [
        QueryParameter.Whole("top", "Number of groups or members.", 1, MaxTop, 20),
        QueryParameter.Choice<DuplicateSort>(
            "sort",
            "confidence (the most alike first; the default), size (the largest file first) or date (the latest decision first)."
        ),
        QueryParameter.Choice(
            "status",
            "Only images in quarantine, copies (duplicates left in place), or look-alikes; by default all of these, in this order. "
                + "Or only what is in the trash, or what a person set aside.",
            "quarantined",
            "copy",
            "lookAlike",
            "trashed",
            "setAside"
        ),
        ("continuation", JsonSchemaType.String, "From the previous page, with the same sort and status."),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/duplicates", PageAsync)
            .WithName("listDuplicates")
            .WithSummary(
                "Lists groups: a kept image and the images it displaced (quarantined, copy) or resembles (lookAlike). Groups are ordered "
                    + "by their first member."
            )
            .Produces<DuplicatesReply>()
            .ProducesProblem(400)
            .WithQuery(ListQuery);
        routes
            .MapGet("/duplicates/{id}", GroupAsync)
            .WithName("getDuplicates")
            .WithSummary("Gets the members of one group, by the kept image's id.")
            .Produces<DuplicateGroupView>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .WithQuery(ListQuery);
        routes
            .MapGet("/duplicates/what-if", WhatIfAsync)
            .WithName("askWhatIf")
            .WithSummary("Computes the effect of another threshold on known images, from their stored scores.")
            .Produces<WhatIfReply>()
            .ProducesProblem(400)
            .WithQuery(
                QueryParameter.Cosine("threshold", "The threshold to evaluate; by default the one in use."),
                QueryParameter.Whole("top", "Number of examples of each kind.", 0, MaxTop, 20)
            );
    }

    private static Task<DuplicatesReply> PageAsync(HttpRequest request, DuplicateGroups groups, CancellationToken cancellation) =>
        ListAsync(request.Query, groups, cancellation);

    public static async Task<DuplicatesReply> ListAsync(IQueryCollection query, DuplicateGroups groups, CancellationToken cancellation)
    {
        var (sort, kind, top, after) = Read(query);
        var page = await groups.PageAsync(sort, kind, after, top, cancellation);
        return new DuplicatesReply(
            [.. page.Groups.Select(group => DuplicateGroupView.Of(group, Encode))],
            page.Next is null ? null : Encode(page.Next)
        );
    }

    private static async Task<DuplicateGroupView> GroupAsync(
        string id,
        HttpRequest request,
        DuplicateGroups groups,
        CancellationToken cancellation
    )
    {
        var (sort, kind, top, after) = Read(request.Query);
        var group = ImagePath.IsId(id) ? await groups.GroupAsync(id, sort, kind, after, top, cancellation) : null;
        return group is null or { Kept: null, Members.Count: 0 }
            ? throw ProblemException.NotFound("No image with that id is known. Ids have 32 hexadecimal digits.")
            : DuplicateGroupView.Of(group, Encode);
    }

    private static async Task<WhatIfReply> WhatIfAsync(
        HttpRequest request,
        WhatIf whatIf,
        DuplicatePolicy policy,
        ImageLedger ledger,
        CancellationToken cancellation
    )
    {
        var threshold = QueryValue.Between(QueryValue.Number(request.Query, "threshold") ?? policy.Threshold, -1, 1, "threshold");
        var top = QueryValue.Between(QueryValue.Integer(request.Query, "top") ?? 20, 0, MaxTop, "top");
        var result = await whatIf.AskAsync(threshold, top, cancellation);
        return new WhatIfReply(
            threshold,
            policy.Threshold,
            result.Scored,
            result.AtLeast,
            result.Quarantined,
            result.ConfirmedByPixels,
            result.Today,
            result.Added,
            result.Released,
            await ViewsAsync(result.AddedExamples),
            await ViewsAsync(result.ReleasedExamples),
            result.Histogram
        );

        async Task<IReadOnlyList<ImageView>> ViewsAsync(IReadOnlyList<string> ids)
        {
            var records = await Task.WhenAll(ids.Select(id => ledger.FindAsync(id, cancellation)));
            return [.. records.OfType<ImageRecord>().Select(ImageView.Of).OfType<ImageView>()];
        }
    }

    private static (DuplicateSort Sort, DuplicateKind? Kind, int Top, string? After) Read(IQueryCollection query) =>
        (
            QueryValue.Choice(query, "sort", DuplicateSort.Confidence, DuplicateSort.Size, DuplicateSort.Date) ?? DuplicateSort.Confidence,
            QueryValue.Choice(
                query,
                "status",
                DuplicateKind.Quarantined,
                DuplicateKind.Copy,
                DuplicateKind.LookAlike,
                DuplicateKind.Trashed,
                DuplicateKind.SetAside
            ),
            QueryValue.Between(QueryValue.Integer(query, "top") ?? 20, 1, MaxTop, "top"),
            query["continuation"] is [{ Length: > 0 } text] ? Decode(text) : null
        );

    public static string Encode(string key) => Continuation.Encode(key);

    /// <summary>A key of the list: kind, value and id.</summary>
    public static string Decode(string continuation) =>
        Continuation.Decode(
            continuation,
            128,
            key =>
                key.Split('|') is [var kind, var value, var id]
                && int.TryParse(kind, out _)
                && value.All(char.IsAsciiDigit)
                && ImagePath.IsId(id)
        );
}
