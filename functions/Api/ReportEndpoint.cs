using System.Text;
using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Images;
using Serverless.Review;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Reports the duplicates of the whole collection.</summary>
internal static class ReportEndpoint
{
    private const int MaxTop = 1000;
    private const int LinesPerFlush = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/duplicates/report", ReportAsync)
            .WithName("reportDuplicates")
            .WithSummary(
                "Reports every group of duplicates with the bytes that deleting the copies would free, in pages or as one CSV file."
            )
            .Produces<ReportReply>(StatusCodes.Status200OK, "application/json", "text/csv")
            .ProducesProblem(400)
            .WithQuery(
                QueryParameter.Choice("format", "json (a page; the default) or csv (everything).", "json", "csv"),
                QueryParameter.Whole("top", "Number of copies and look-alikes on a page of JSON.", 1, MaxTop, 200),
                ("continuation", JsonSchemaType.String, "From the previous page.")
            )
            .DisableRequestTimeout();
        routes
            .MapGet("/duplicates/totals", (DuplicateReport report, CancellationToken cancellation) => report.CountAsync(cancellation))
            .WithName("countDuplicates")
            .WithSummary("Counts groups, copies and look-alikes, and the bytes that deleting the copies would free.")
            .WithDescription($"It counts at most {DuplicateReport.MostCounted:N0} images, and says so if there are more.")
            .Produces<DuplicateTotals>()
            .DisableRequestTimeout();
    }

    private static async Task<IResult> ReportAsync(HttpContext context, DuplicateReport report, CancellationToken cancellation)
    {
        var query = context.Request.Query;
        var format = query["format"] is [{ Length: > 0 } asked] ? asked : "json";
        var top = QueryValue.Between(QueryValue.Integer(query, "top") ?? 200, 1, MaxTop, "top");
        (string, string)? after = query["continuation"] is [{ Length: > 0 } text] ? Decode(text) : null;
        return format switch
        {
            "json" => Results.Ok(await PageAsync(report, after, top, cancellation)),
            "csv" => await CsvAsync(context.Response, report, after, cancellation),
            _ => throw ProblemException.Invalid("'format' must be json or csv."),
        };
    }

    private static async Task<ReportReply> PageAsync(
        DuplicateReport report,
        (string, string)? after,
        int top,
        CancellationToken cancellation
    )
    {
        var members = await report.MembersAsync(after, cancellation).Take(top + 1).ToListAsync(cancellation);
        var page = members.Take(top).ToList();
        var groups = page.GroupBy(member => member.Row.KeptId)
            .Select(group => new ReportGroupView(
                group.Key,
                group.First().KeptPath?.ToString(),
                group.Sum(member => member.Row.FreedBytes),
                [.. group.Select(ReportMemberView.Of)]
            ));
        return new ReportReply([.. groups], members.Count > top ? Encode(page[^1]) : null);
    }

    private static async Task<IResult> CsvAsync(
        HttpResponse response,
        DuplicateReport report,
        (string, string)? after,
        CancellationToken cancellation
    )
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=duplicates.csv";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await writer.WriteAsync(
            CsvLine.Of([
                "group",
                "kept",
                "id",
                "path",
                "status",
                "bytes",
                "freedBytes",
                "similarity",
                "finding",
                "isBurst",
                "takenAt",
                "decidedAt",
            ])
        );
        var lines = 0;
        await foreach (var member in report.MembersAsync(after, cancellation))
        {
            await writer.WriteAsync(LineOf(member));
            if (++lines % LinesPerFlush == 0)
            {
                await writer.FlushAsync(cancellation);
            }
        }

        return Results.Empty;
    }

    private static string LineOf(ReportedMember member) =>
        CsvLine.Of([
            member.Row.KeptId,
            member.KeptPath?.ToString(),
            member.Row.Id,
            member.Path.ToString(),
            Names.Of(member.Row.Kind),
            member.Row.Bytes,
            member.Row.FreedBytes,
            member.Similarity,
            Names.Of(member.Finding),
            member.IsBurst ? "true" : "false",
            member.TakenAt?.ToString("O"),
            member.DecidedAt.ToString("O"),
        ]);

    private static string Encode(ReportedMember last) => Continuation.Encode($"{last.Row.KeptId}/{last.Row.Key}");

    private static (string, string) Decode(string continuation)
    {
        var key = Continuation.Decode(
            continuation,
            256,
            key =>
                key.Split('/') is [var keptId, var row]
                && ImagePath.IsId(keptId)
                && row.Split('|') is [_, _, _, var id]
                && ImagePath.IsId(id)
        );
        return key.Split('/') is [var kept, var rest] ? (kept, rest) : default;
    }
}
