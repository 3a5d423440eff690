using System.Security.Cryptography;
using System.Text.Json;

namespace Serverless.Embeddings.Catalogue;

/// <summary>The result of a pull: the commit, and each file's SHA-256. Every load is verified against it.</summary>
internal sealed record ModelLock(string Repository, string Revision, string Commit, IReadOnlyDictionary<string, LockedFile> Files)
{
    /// <summary>The commits of all repositories, if it takes more than one or its layout is not the usual one.</summary>
    public IReadOnlyDictionary<string, string>? Also { get; init; }

    /// <summary>Bytes of all files.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Size => Files.Values.Sum(file => file.Size);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static ModelLock? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ModelLock>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException exception)
        {
            throw new ModelException(path, $"not a lock file: {exception.Message}", exception);
        }
    }

    public void Write(string path)
    {
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n']);
        File.Move(temporary, path, overwrite: true);
    }

    public void Verify(string folder)
    {
        foreach (var (name, locked) in Files)
        {
            var path = ModelFile.Existing(Path.Combine(folder, name));
            using var stream = File.OpenRead(path);
            if (stream.Length != locked.Size || Convert.ToHexStringLower(SHA256.HashData(stream)) != locked.Sha256)
            {
                throw new ModelException(
                    path,
                    "the file has changed since it was pulled (its SHA-256 differs from the lock file's). Pull the model again."
                );
            }
        }
    }
}

internal sealed record LockedFile(string Sha256, long Size);
