using System.Security.Cryptography;
using System.Text;

namespace Serverless.Embeddings.Catalogue;

/// <summary>
/// One file of a repository, and the hub's hash of it: SHA-256 for large files, the Git blob's SHA-1 for small ones.
/// </summary>
internal sealed record HubFile(string Path, long Size, string? Sha256, string? BlobId)
{
    /// <summary>Its name in the hub's blob cache.</summary>
    public string BlobName => Sha256 ?? BlobId!;

    /// <summary>The SHA-256 of the file at <paramref name="path"/> if it matches the hub's hash, otherwise null.</summary>
    public async Task<string?> VerifyAsync(string path, CancellationToken cancellation)
    {
        var (sha256, blobId) = await HashAsync(path, cancellation);
        return (Sha256 is null || Sha256 == sha256) && (Sha256 is not null || BlobId == blobId) ? sha256 : null;
    }

    private static async Task<(string Sha256, string BlobId)> HashAsync(string path, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha1.AppendData(Encoding.ASCII.GetBytes(string.Create(null, $"blob {stream.Length}\0")));
        var buffer = new byte[1 << 20];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            sha256.AppendData(buffer, 0, read);
            sha1.AppendData(buffer, 0, read);
        }

        return (Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(sha1.GetHashAndReset()));
    }
}

/// <summary>A repository at one commit.</summary>
internal sealed record HubRevision(string Commit, IReadOnlyList<HubFile> Files);
