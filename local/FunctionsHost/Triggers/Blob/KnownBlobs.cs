namespace FunctionsHost.Triggers.Blob;

/// <summary>
/// The blobs of one container that the host has seen, by name. Where deletions matter they outlive the host, and a blob is
/// forgotten only once its deletion has been accepted.
/// </summary>
internal sealed class KnownBlobs(string prefix, KnownBlobsJournal? journal) : IDisposable
{
    private readonly Dictionary<string, KnownBlob> _present = [];

    public async Task LoadAsync(CancellationToken stopping)
    {
        _present.Clear();
        foreach (var blob in journal is null ? [] : await journal.LoadAsync(stopping))
        {
            if (blob.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                _present[blob.Name] = blob;
            }
        }
    }

    /// <summary>The blob as it is known, if it is known in this version.</summary>
    public KnownBlob? Find(string name, string etag) => _present.TryGetValue(name, out var blob) && blob.ETag == etag ? blob : null;

    public IReadOnlyList<KnownBlob> MissingIn(HashSet<string> listed) => [.. _present.Values.Where(blob => !listed.Contains(blob.Name))];

    /// <summary>Called before the functions hear of them: whatever happens next, their deletion will be noticed.</summary>
    public async Task AddAsync(IReadOnlyList<KnownBlob> blobs, CancellationToken stopping)
    {
        if (journal is not null)
        {
            await journal.AppendAsync(present: true, blobs, stopping);
        }

        foreach (var blob in blobs)
        {
            _present[blob.Name] = blob;
        }
    }

    /// <summary>Gone from the listing; the journal keeps it until <see cref="ForgetAsync"/>.</summary>
    public void MarkDeleted(KnownBlob blob) => _present.Remove(blob.Name);

    public Task ForgetAsync(KnownBlob blob, CancellationToken stopping) =>
        journal?.AppendAsync(present: false, [blob], stopping) ?? Task.CompletedTask;

    public void Dispose() => journal?.Dispose();
}
