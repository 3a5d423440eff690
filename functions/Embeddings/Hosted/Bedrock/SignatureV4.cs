using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Serverless.Embeddings.Hosted.Bedrock;

/// <summary>What a signature is valid for.</summary>
/// <param name="Time">When the request is signed.</param>
internal readonly record struct SignatureScope(DateTimeOffset Time, string Region, string Service);

/// <summary>
/// Signs a request as in "Create a signed AWS API request" (AWS Identity and Access Management User Guide), in header form. AWSSDK.Core has
/// a signer, but only inside its own request pipeline.
/// </summary>
internal static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds X-Amz-Date, X-Amz-Security-Token (if there is one) and Authorization. All headers set before are signed.</summary>
    public static void Sign(HttpRequestMessage request, byte[] body, ImmutableCredentials credentials, SignatureScope signedFor)
    {
        var time = signedFor.Time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        if (credentials.UseToken)
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", credentials.Token);
        }

        var headers = HeadersOf(request);
        var names = string.Join(';', headers.Keys);
        var canonical = string.Join(
            '\n',
            [
                request.Method.Method,
                PathOf(request.RequestUri!),
                QueryOf(request.RequestUri!),
                .. headers.Select(header => $"{header.Key}:{header.Value}"),
                string.Empty,
                names,
                Convert.ToHexStringLower(SHA256.HashData(body)),
            ]
        );
        var scope = $"{time[..8]}/{signedFor.Region}/{signedFor.Service}/aws4_request";
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes($"AWS4{credentials.SecretKey}");
        foreach (var part in scope.Split('/'))
        {
            key = Hmac(key, part);
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, "
                + $"Signature={Convert.ToHexStringLower(Hmac(key, toSign))}"
        );
    }

    private static SortedDictionary<string, string> HeadersOf(HttpRequestMessage request)
    {
        var uri = request.RequestUri!;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = uri.IsDefaultPort ? uri.Host : uri.Authority,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            headers[name.ToLowerInvariant()] = string.Join(',', values.Select(Fold));
        }

        if (request.Content?.Headers.ContentType is { } type)
        {
            headers["content-type"] = type.ToString();
        }

        return headers;
    }

    /// <summary>Trims a value, and collapses inner spaces to one.</summary>
    private static string Fold(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Each segment is encoded once more than in the URL; all services except S3 expect that.</summary>
    private static string PathOf(Uri uri) => string.Join('/', uri.AbsolutePath.Split('/').Select(Uri.EscapeDataString));

    private static string QueryOf(Uri uri) =>
        string.Join(
            '&',
            uri.Query.TrimStart('?')
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair => (Name: Encode(pair[0]), Value: Encode(pair.Length > 1 ? pair[1] : string.Empty)))
                .OrderBy(pair => pair.Name, StringComparer.Ordinal)
                .ThenBy(pair => pair.Value, StringComparer.Ordinal)
                .Select(pair => $"{pair.Name}={pair.Value}")
        );

    private static string Encode(string encoded) => Uri.EscapeDataString(Uri.UnescapeDataString(encoded));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
