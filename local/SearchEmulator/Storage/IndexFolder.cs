using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Definitions;

namespace SearchEmulator.Storage;

/// <summary>
/// The files of one index: its definition, and one generation of its document log. Compaction writes the next generation whole under a
/// temporary name and renames it, so there is always exactly one that counts: the newest.
/// </summary>
internal sealed class IndexFolder(string path)
{
    private const string DefinitionFile = "index.json";
    private const string LogPattern = "documents-*.log";

    public static IndexFolder Create(string path)
    {
        Directory.CreateDirectory(path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        return new IndexFolder(path);
    }

    /// <summary>Null for a folder whose creation a crash cut short: it was never acknowledged.</summary>
    public (IndexDefinition Definition, string ETag)? ReadDefinition()
    {
        var file = Path.Combine(path, DefinitionFile);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var json = JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();
            return (DefinitionReader.Reload(json["definition"]!.DeepClone().AsObject()), json["etag"]!.GetValue<string>());
        }
        catch (Exception failure) when (failure is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new DamagedFileException($"{file} is not a definition written by this emulator: {failure.Message}");
        }
    }

    public void WriteDefinition(IndexDefinition definition, string etag)
    {
        var json = new JsonObject { ["etag"] = etag, ["definition"] = definition.Json.DeepClone() };
        try
        {
            AtomicFile.Write(Path.Combine(path, DefinitionFile), JsonSerializer.SerializeToUtf8Bytes(json));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"Could not write to {path}: {failure.Message}", failure);
        }
    }

    public DocumentLog OpenLog(Action<ReadOnlyMemory<byte>> replay)
    {
        foreach (var unfinished in Directory.GetFiles(path, "*.new"))
        {
            File.Delete(unfinished);
        }

        var logs = Directory.GetFiles(path, LogPattern).OrderBy(Generation).ToList();
        if (logs.Count == 0)
        {
            return DocumentLog.Create(LogPath(1));
        }

        foreach (var superseded in logs[..^1])
        {
            File.Delete(superseded);
        }

        // A crash right after creation can leave the first log without its opening bytes.
        return new FileInfo(logs[^1]).Length < 8 ? DocumentLog.Create(logs[^1]) : DocumentLog.Open(logs[^1], replay);
    }

    /// <summary>Writes the next generation from the given records and makes it the one that counts.</summary>
    public DocumentLog ReplaceLog(DocumentLog current, IEnumerable<byte[]> records)
    {
        var next = LogPath(Generation(current.Path) + 1);
        var temporary = next + ".new";
        try
        {
            using (var log = DocumentLog.Create(temporary))
            {
                foreach (var record in records)
                {
                    log.Append(record);
                }
            }

            File.Move(temporary, next);
            DirectorySync.Flush(path);
        }
        catch (Exception failure) when (failure is IOException or StorageException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new StorageException($"Could not compact {current.Path}: {failure.Message}", failure);
        }

        var opened = DocumentLog.Open(next, _ => { });
        current.Dispose();
        File.Delete(current.Path);
        return opened;
    }

    public void Delete()
    {
        // Renamed first: a crash half-way through the deletion must not bring back an index with half of its documents.
        var doomed = path + ".deleted";
        if (Directory.Exists(doomed))
        {
            Directory.Delete(doomed, recursive: true);
        }

        Directory.Move(path, doomed);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        Directory.Delete(doomed, recursive: true);
    }

    public static bool IsDeleted(string path) => path.EndsWith(".deleted", StringComparison.Ordinal);

    private string LogPath(int generation) =>
        Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"documents-{generation:D6}.log"));

    private static int Generation(string log) =>
        int.Parse(Path.GetFileNameWithoutExtension(log)["documents-".Length..], NumberStyles.None, CultureInfo.InvariantCulture);
}
