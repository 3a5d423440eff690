using System.Globalization;
using System.Net;

namespace Bench.Scale.Services;

/// <summary>A blob: a few bytes of its own, which stand for a whole picture.</summary>
internal sealed record Blob(byte[] Bytes, string ETag, DateTimeOffset WrittenAt, IReadOnlyDictionary<string, string> Metadata);

/// <summary>Blobs by their path, <c>/container/name</c>.</summary>
internal sealed class Blobs(VirtualTime time)
{
    private const string MetadataPrefix = "x-ms-meta-";

    private readonly Dictionary<string, Blob> blobs = new(StringComparer.Ordinal);
    private long versions;

    public bool Holds(string path) => blobs.ContainsKey(path);

    public void Write(string path, byte[] bytes) => Put(path, bytes, new Dictionary<string, string>());

    public Answer Serve(Call call)
    {
        var blob = blobs.GetValueOrDefault(call.Path);
        if (call.Method == HttpMethod.Put)
        {
            return call.Header("x-ms-copy-source") is { } source ? Copy(call, source)
                : call.Query("comp") == "metadata" && blob is not null ? Changed(call, blob)
                : throw new NotSupportedException($"{call.Method} {call.Address}");
        }

        if (blob is null)
        {
            return Error(HttpStatusCode.NotFound, "BlobNotFound");
        }

        if (call.Header("If-Match") is { } version && version != "*" && version != blob.ETag)
        {
            return Error(HttpStatusCode.PreconditionFailed, "ConditionNotMet");
        }

        if (call.Method == HttpMethod.Delete)
        {
            blobs.Remove(call.Path);
            return Answer.Empty(HttpStatusCode.Accepted);
        }

        return call.Method == HttpMethod.Head
            ? Described(new Answer(HttpStatusCode.OK, []) { Length = Assumptions.PictureBytes }, blob)
            : Described(new Answer(HttpStatusCode.OK, blob.Bytes, "image/jpeg", Assumptions.PictureBytes), blob);
    }

    private Answer Copy(Call call, string source)
    {
        var path = Uri.UnescapeDataString(new Uri(source).AbsolutePath);
        if (!blobs.TryGetValue(path, out var copied))
        {
            return Error(HttpStatusCode.NotFound, "BlobNotFound");
        }

        if (call.Header("x-ms-source-if-match") is { } version && version != copied.ETag)
        {
            return Error(HttpStatusCode.PreconditionFailed, "SourceConditionNotMet");
        }

        if (call.Header("If-None-Match") == "*" && blobs.ContainsKey(call.Path))
        {
            return Error(HttpStatusCode.Conflict, "BlobAlreadyExists");
        }

        var written = Put(call.Path, copied.Bytes, MetadataOf(call));
        return Described(Answer.Empty(HttpStatusCode.Accepted), written).With("x-ms-copy-id", "1").With("x-ms-copy-status", "success");
    }

    private Answer Changed(Call call, Blob blob) =>
        call.Header("If-Match") is { } version && version != blob.ETag
            ? Error(HttpStatusCode.PreconditionFailed, "ConditionNotMet")
            : Described(Answer.Empty(HttpStatusCode.OK), Put(call.Path, blob.Bytes, MetadataOf(call)));

    private Blob Put(string path, byte[] bytes, IReadOnlyDictionary<string, string> metadata) =>
        blobs[path] = new Blob(bytes, $"\"0x{(++versions).ToString("X", CultureInfo.InvariantCulture)}\"", time.GetUtcNow(), metadata);

    private static Dictionary<string, string> MetadataOf(Call call) =>
        call
            .Headers.Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[MetadataPrefix.Length..], header => header.Value.First());

    private static Answer Described(Answer answer, Blob blob)
    {
        answer
            .With("ETag", blob.ETag)
            .With("Last-Modified", blob.WrittenAt.ToString("R", CultureInfo.InvariantCulture))
            .With("x-ms-creation-time", blob.WrittenAt.ToString("R", CultureInfo.InvariantCulture))
            .With("x-ms-blob-type", "BlockBlob")
            .With("x-ms-access-tier", "Hot");
        foreach (var (name, value) in blob.Metadata)
        {
            answer.With(MetadataPrefix + name, value);
        }

        return answer;
    }

    private static Answer Error(HttpStatusCode status, string code) => Answer.Empty(status).With("x-ms-error-code", code);
}
