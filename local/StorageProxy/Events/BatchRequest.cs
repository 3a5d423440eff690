using StorageProxy.Storage;

namespace StorageProxy.Events;

/// <summary>A batch of deletions: a multipart body of HTTP requests, answered by one of HTTP responses.</summary>
/// <param name="Changes">What each part changes if it succeeds, by its Content-ID.</param>
internal sealed record BatchRequest(IReadOnlyDictionary<string, BlobChange> Changes)
{
    private const string Line = "\r\n";

    /// <param name="contentType">The request's Content-Type, with the boundary.</param>
    public static BatchRequest Parse(string? contentType, string body)
    {
        var changes = new Dictionary<string, BlobChange>();
        foreach (var part in PartsOf(contentType, body))
        {
            if (
                part.First.Split(' ') is [var method, var target, ..]
                && BlobChange.Of(StorageRequest.Of(method, target.StartsWith('/') ? target : "/" + target, part.Headers.GetValueOrDefault))
                    is { } change
            )
            {
                changes[part.Id] = change;
            }
        }

        return new BatchRequest(changes);
    }

    /// <summary>The changes whose part of the answer reports success.</summary>
    public IEnumerable<BlobChange> Made(string? contentType, string body) =>
        PartsOf(contentType, body)
            .Where(part => part.First.Split(' ') is [_, ['2', _, _], ..])
            .Select(part => Changes.GetValueOrDefault(part.Id))
            .OfType<BlobChange>();

    private static IEnumerable<Part> PartsOf(string? contentType, string body)
    {
        const string prefix = "boundary=";
        if (
            contentType
                ?.Split(';', StringSplitOptions.TrimEntries)
                .FirstOrDefault(item => item.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            is not { } parameter
        )
        {
            return [];
        }

        var boundary = parameter[prefix.Length..].Trim();
        return body.Split($"--{boundary}--")[0].Split($"--{boundary}{Line}").Skip(1).Select(Part.Parse).OfType<Part>();
    }

    /// <summary>The inner message's first line and headers, and the part's Content-ID.</summary>
    private sealed record Part(string Id, string First, Dictionary<string, string> Headers)
    {
        public static Part? Parse(string text)
        {
            var sections = text.Split(Line + Line);
            if (sections.Length < 2 || !HeadersOf(sections[0].Split(Line)).TryGetValue("Content-ID", out var id))
            {
                return null;
            }

            var lines = sections[1].Split(Line);
            return new Part(id, lines[0], HeadersOf(lines.Skip(1)));
        }

        private static Dictionary<string, string> HeadersOf(IEnumerable<string> lines)
        {
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var header in lines.Select(line => line.Split(':', 2)).Where(header => header.Length == 2))
            {
                headers[header[0].Trim()] = header[1].Trim();
            }

            return headers;
        }
    }
}
