using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.StaticFiles;

namespace FunctionsHost.Http;

/// <summary>
/// Pictures to try the app with, put into the container as any client would: <c>POST /local/samples</c>. Only this host has them; the link
/// in its answers on health tells the page.
/// </summary>
internal sealed class SamplePictures(IConfiguration settings, FunctionKey key)
{
    /// <summary>The folder with the pictures; without it there are none.</summary>
    public const string Variable = "LOCAL_SAMPLES";

    private const string Route = "/local/samples";
    private const int Together = 4;

    private readonly FileExtensionContentTypeProvider types = new() { Mappings = { [".webp"] = "image/webp" } };

    private string? Folder => settings[Variable] is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    public void Map(WebApplication web)
    {
        if (Folder is null)
        {
            return;
        }

        web.MapPost(Route, UploadAsync);
        web.Use(
            (context, next) =>
            {
                if (context.Request.Path == "/api/health")
                {
                    context.Response.Headers.Link = $"<{Route}>; rel=\"samples\"";
                }

                return next(context);
            }
        );
    }

    /// <summary>Uploads what is not there yet.</summary>
    private async Task UploadAsync(HttpContext context)
    {
        if (!key.Admits(context.Request))
        {
            await HostProblem.KeyNeededAsync(context);
            return;
        }

        var container = new BlobContainerClient(settings["AzureWebJobsStorage"], settings["Storage:Images"] ?? "images");
        var files = Directory.EnumerateFiles(Folder!, "*.*", SearchOption.AllDirectories).Where(file => TypeOf(file) is not null).ToList();
        await Parallel.ForEachAsync(
            // Copies are in folders below their originals, and come after them.
            files.OrderBy(DepthOf).ThenBy(file => file, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = context.RequestAborted },
            async (file, cancellation) => await UploadAsync(container, file, cancellation)
        );
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static int DepthOf(string file) => file.Count(letter => letter == Path.DirectorySeparatorChar);

    private async Task UploadAsync(BlobContainerClient container, string file, CancellationToken cancellation)
    {
        var name = "samples/" + Path.GetRelativePath(Folder!, file).Replace(Path.DirectorySeparatorChar, '/');
        var blob = container.GetBlobClient(name);
        if (!await blob.ExistsAsync(cancellation))
        {
            var headers = new BlobHttpHeaders { ContentType = TypeOf(file) };
            await blob.UploadAsync(file, new BlobUploadOptions { HttpHeaders = headers }, cancellation);
        }
    }

    /// <summary>Null for what is no picture, such as the note on the licences.</summary>
    private string? TypeOf(string file) =>
        types.TryGetContentType(file, out var type) && type.StartsWith("image/", StringComparison.Ordinal) ? type : null;
}
