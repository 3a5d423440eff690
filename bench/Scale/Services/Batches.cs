using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Bench.Scale.Services;

/// <summary>A change of a row.</summary>
/// <param name="Version">The version that it must have; null for any, or none.</param>
internal sealed record Change(string Method, string Partition, string Key, string? Version, byte[] Json);

/// <summary>Transactions as they are written: several requests in one, and their answers.</summary>
internal static partial class Batches
{
    public static Answer Of(List<string> parts) =>
        new(
            HttpStatusCode.Accepted,
            Encoding.UTF8.GetBytes(
                "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
                    + string.Concat(parts.Select(part => $"--changesetresponse_1\r\n{part}"))
                    + "--changesetresponse_1--\r\n--batchresponse_1--\r\n"
            ),
            "multipart/mixed; boundary=batchresponse_1"
        );

    public static string Part(HttpStatusCode status, string? etag, string? json) =>
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + $"HTTP/1.1 {(int)status} {status}\r\n"
        + (etag is null ? "" : $"ETag: {etag}\r\n")
        + (json is null ? "" : "Content-Type: application/json\r\n")
        + $"\r\n{json}\r\n";

    public static (string Table, string Partition) PlaceOf(Call call)
    {
        var first = BatchedEntity().Match(Encoding.UTF8.GetString(call.Body));
        var change = ChangesOf(call).First();
        return (first.Groups["table"].Value, change.Partition);
    }

    public static IEnumerable<Change> ChangesOf(Call call)
    {
        string[] lines = Encoding.UTF8.GetString(call.Body).Split("\r\n");
        for (var at = 0; at < lines.Length; at++)
        {
            if (BatchedEntity().Match(lines[at]) is not { Success: true } begin)
            {
                continue;
            }

            string? version = null;
            for (at++; lines[at].Length > 0; at++)
            {
                version = lines[at].StartsWith("If-Match:", StringComparison.OrdinalIgnoreCase) ? lines[at][9..].Trim() : version;
            }

            var json = Encoding.UTF8.GetBytes(lines[at + 1]);
            var path = Uri.UnescapeDataString(begin.Groups["path"].Value);
            var (_, partition, key) = Rows.AddressOf(path) ?? ("", Rows.KeysOf(json).Partition, Rows.KeysOf(json).Key);
            yield return new Change(begin.Groups["method"].Value, partition, key, version, json);
        }
    }

    [GeneratedRegex(@"(?<method>POST|PUT|PATCH|MERGE|DELETE) https?://[^/]+(?<path>/(?<table>\w+)[^?\s]*)\S* HTTP")]
    private static partial Regex BatchedEntity();
}
