using System.Net;
using Microsoft.Extensions.Options;
using Serverless.Api;
using Serverless.Imaging;

namespace Serverless.Mcp;

/// <summary>
/// Pictures in tool arguments: base64, a <c>data:</c> URL, or an <c>https</c> URL at an allowed host. Redirects are not followed, so an
/// allowed host cannot send the app elsewhere.
/// </summary>
internal sealed class QueryPictures(RequestBody body, IHttpClientFactory clients, IOptions<McpOptions> options)
{
    public const string Client = "query-pictures";

    /// <exception cref="ProblemException">It is no picture, or must not be fetched.</exception>
    public async Task<CheckedImage?> ReadAsync(string field, string? picture, CancellationToken cancellation) =>
        picture is null ? null
        : picture.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? await body.ImageAsync(field, DataOf(field, picture), cancellation)
        : Uri.TryCreate(picture, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? await FetchAsync(field, new Uri(picture), cancellation)
        : await body.ImageAsync(field, picture, cancellation);

    private static string DataOf(string field, string address)
    {
        var comma = address.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && address[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            ? address[(comma + 1)..]
            : throw ProblemException.Invalid($"'{field}' is a data: URL without base64: it must start like data:image/jpeg;base64,.");
    }

    private async Task<CheckedImage?> FetchAsync(string field, Uri address, CancellationToken cancellation)
    {
        if (
            address.Scheme != "https"
            || !address.IsDefaultPort
            || !options.Value.AllowedHosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase)
        )
        {
            throw ProblemException.Invalid(
                $"'{field}' is a URL that must not be fetched: only https URLs at {Allowed()} are allowed (Mcp:AllowedHosts). "
                    + "Send the picture as base64 or as a data: URL."
            );
        }

        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw ProblemException.Invalid($"'{field}' cannot be fetched: {address.IdnHost} answered {(int)answer.StatusCode}.");
            }

            await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
            return await body.ImageAsync(field, stream, answer.Content.Headers.ContentLength, cancellation);
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw ProblemException.Invalid($"'{field}' cannot be fetched: {address.IdnHost} does not answer.");
        }
    }

    private string Allowed() => options.Value.AllowedHosts.Count > 0 ? string.Join(", ", options.Value.AllowedHosts) : "no host";
}
