using System.IO.Compression;
using System.Text;
using Azure;
using Serverless.Access;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Several originals to download.</summary>
/// <param name="Ids">Images, at most 1,000.</param>
internal sealed record ZipRequest(IReadOnlyList<string>? Ids);

/// <summary>Sends several originals as one zip file.</summary>
internal static class ZipEndpoint
{
    private const int MostImages = 1000;
    private const string MissingEntry = "missing.txt";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/images/zip", ZipAsync)
            .Needs(Role.Search)
            .WithName("downloadImages")
            .WithSummary("Gets the originals of several images as a zip file, in their folders and under their names.")
            .WithDescription($"What is gone or not available is listed in '{MissingEntry}' at the end of the file.")
            .Accepts<ZipRequest>("application/json")
            .Produces(200, null, "application/zip")
            .ProducesProblem(400)
            .DisableRequestTimeout();

#pragma warning disable CA1849 // Entries are opened synchronously: see below.
    private static async Task<IResult> ZipAsync(
        HttpContext context,
        ImageLedger ledger,
        StoredContent content,
        CancellationToken cancellation
    )
    {
        var ids = (await RequestBody.JsonAsync<ZipRequest>(context.Request, cancellation)).Ids ?? [];
        if (ids.Count is 0 or > MostImages || !ids.All(ImagePath.IsId))
        {
            throw ProblemException.Invalid($"'ids' must have 1 to {MostImages:N0} ids of images, of 32 hexadecimal digits each.");
        }

        context.Response.ContentType = "application/zip";
        context.Response.Headers.ContentDisposition = "attachment; filename=images.zip";

        // Written synchronously into the pipe: written asynchronously to a stream that cannot seek, .NET 10 leaves a broken directory.
        using var archive = new ZipArchive(context.Response.BodyWriter.AsStream(), ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { MissingEntry };
        var missing = new List<string>();
        foreach (var id in ids.Distinct())
        {
            if (await OpenAsync(id, ledger, content, cancellation) is not var (record, bytes))
            {
                missing.Add(id);
                continue;
            }

            await using (bytes)
            {
                // Images are compressed already.
                var entry = archive.CreateEntry(Unique(DownloadName.PathOf(record), names), CompressionLevel.NoCompression);
                entry.LastWriteTime = record.UploadedAt;
                await using var target = entry.Open();
                await bytes.CopyToAsync(target, cancellation);
            }
        }

        if (missing.Count > 0)
        {
            await using var note = archive.CreateEntry(MissingEntry).Open();
            await note.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', missing) + "\n"), cancellation);
        }

        return Results.Empty;
    }
#pragma warning restore CA1849

    private static async Task<(ImageRecord Record, Stream Bytes)?> OpenAsync(
        string id,
        ImageLedger ledger,
        StoredContent content,
        CancellationToken cancellation
    )
    {
        try
        {
            var record = await ledger.FindAsync(id, cancellation);
            return record is { Format: not null }
                ? (record, await content.BlobOf(record).OpenReadAsync(cancellationToken: cancellation))
                : null;
        }
        catch (Exception error) when (error is ProblemException or RequestFailedException { Status: StatusCodes.Status404NotFound })
        {
            return null;
        }
    }

    private static string Unique(string name, HashSet<string> names)
    {
        var unique = name;
        for (var number = 2; !names.Add(unique); number++)
        {
            unique = $"{Path.ChangeExtension(name, null)} ({number}){Path.GetExtension(name)}";
        }

        return unique;
    }
}
