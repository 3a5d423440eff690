using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Review;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>The groups of duplicates, and what another threshold would have done.</summary>
internal static class DuplicatesEndpoint
{
    private const int MaxTop = 100;

    private static readonly QueryParameter[] ListQuery =
    [
        QueryParameter.Whole("top", "Wanted at once.", 1, MaxTop, 20),
        QueryParameter.Choice<DuplicateSort>(
            "sort",
            "confidence (the most alike first; the default), size (the largest file first) or date (the latest decision first)."
        ),
        QueryParameter.Choice(
            "status",
            "Only those in quarantine, copies (duplicates left in place), or look-alikes. Absent: all, in this order.",
            "quarantined",
            "copy",
            "lookAlike"
        ),
        ("continuation", JsonSchemaType.String, "From the page before, with the same sort and status."),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/duplicates", PageAsync)
            .WithName("listDuplicates")
            .WithSummary(
                "Groups: a kept image and what it displaced (quarantined, copy) or resembles (lookAlike). A group stands where its "
                    + "first member stands."
            )
            .Produces<DuplicatesReply>()
            .ProducesProblem(400)
            .WithQuery(ListQuery);
        routes
            .MapGet("/duplicates/{id}", GroupAsync)
            .WithName("getDuplicates")
            .WithSummary("The members of one group, by the id of the kept image.")
            .Produces<DuplicateGroupView>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .WithQuery(ListQuery);
        routes
            .MapGet("/duplicates/what-if", WhatIfAsync)
            .WithName("askWhatIf")
            .WithSummary("What another threshold would have done to the images that are known, by their stored scores.")
            .Produces<WhatIfReply>()
            .ProducesProblem(400)
            .WithQuery(
                QueryParameter.Cosine("threshold", "The cosine asked about; the one in force where absent."),
                QueryParameter.Whole("top", "Examples wanted of each sort.", 0, MaxTop, 20)
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
            ? throw Refusal.NotFound("No image with that id is known. Ids have 32 hexadecimal digits.")
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
            QueryValue.Choice(query, "status", DuplicateKind.Quarantined, DuplicateKind.Copy, DuplicateKind.LookAlike),
            QueryValue.Between(QueryValue.Integer(query, "top") ?? 20, 1, MaxTop, "top"),
            query["continuation"] is [{ Length: > 0 } text] ? Decode(text) : null
        );

    private static string Encode(string key) => WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(key));

    /// <summary>A key of the list: kind, value and id. What is not one is refused: it comes from outside and goes into a query.</summary>
    private static string Decode(string continuation)
    {
        try
        {
            var key = continuation.Length <= 128 ? Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(continuation)) : "";
            if (
                key.Split('|') is [var kind, var value, var id]
                && int.TryParse(kind, out _)
                && value.All(char.IsAsciiDigit)
                && ImagePath.IsId(id)
            )
            {
                return key;
            }
        }
        catch (FormatException)
        {
            // Not base64 either.
        }

        throw Refusal.Invalid("'continuation' is none that this route gave: leave it out to begin at the start.");
    }
}
