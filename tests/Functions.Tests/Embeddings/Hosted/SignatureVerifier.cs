using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>
/// Checks a Signature Version 4 from what arrived on the wire alone, written from the description of the verifying side and
/// sharing nothing with the signer. SignatureTests runs it on the vectors that AWS publishes.
/// </summary>
internal sealed class SignatureVerifier(string accessKey, string secretKey, string region, string service)
{
    /// <summary>What is wrong with the request's signature; null where nothing is.</summary>
    public string? Fault(string method, string rawPath, string rawQuery, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        if (
            !headers.TryGetValue("authorization", out var authorization)
            || !authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal)
        )
        {
            return "MissingAuthenticationToken";
        }

        var parts = authorization["AWS4-HMAC-SHA256 ".Length..]
            .Split(", ")
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part[1]);
        var date = headers["x-amz-date"];
        var scope = string.Create(CultureInfo.InvariantCulture, $"{date[..8]}/{region}/{service}/aws4_request");
        if (parts["Credential"] != $"{accessKey}/{scope}")
        {
            return "The credential or its scope is another.";
        }

        var signed = parts["SignedHeaders"].Split(';');
        if (!signed.Contains("host") || !signed.SequenceEqual(signed.Order(StringComparer.Ordinal)))
        {
            return "The host is not signed, or the signed headers are not in order.";
        }

        var canonical = new StringBuilder()
            .Append(method)
            .Append('\n')
            .Append(EncodeTwice(rawPath))
            .Append('\n')
            .Append(Sorted(rawQuery))
            .Append('\n');
        foreach (var name in signed)
        {
            canonical.Append(name).Append(':').Append(Trim(headers[name])).Append('\n');
        }

        canonical.Append('\n').Append(parts["SignedHeaders"]).Append('\n').Append(Hex(SHA256.HashData(body)));
        var toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        using var dateKey = new HMACSHA256(Encoding.UTF8.GetBytes("AWS4" + secretKey));
        var key = dateKey.ComputeHash(Encoding.ASCII.GetBytes(date[..8]));
        key = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(region));
        key = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(service));
        key = HMACSHA256.HashData(key, "aws4_request"u8);
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))) == parts["Signature"] ? null : "The signature does not match.";
    }

    /// <summary>The path as it was sent, each byte that is not unreserved encoded (again).</summary>
    private static string EncodeTwice(string rawPath)
    {
        var encoded = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(rawPath))
        {
            var letter = (char)octet;
            encoded.Append(
                char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~' or '/' ? letter.ToString() : $"%{octet:X2}"
            );
        }

        return encoded.ToString();
    }

    private static string Sorted(string rawQuery) =>
        string.Join(
            '&',
            rawQuery
                .TrimStart('?')
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=")
                .Order(StringComparer.Ordinal)
        );

    private static string Trim(string value)
    {
        var trimmed = value.Trim();
        while (trimmed.Contains("  ", StringComparison.Ordinal))
        {
            trimmed = trimmed.Replace("  ", " ", StringComparison.Ordinal);
        }

        return trimmed;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
