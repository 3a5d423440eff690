namespace SearchEmulator.Storage;

/// <summary>The data folder, held by one emulator at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot use the data folder {full}: {failure.Message}", failure);
        }

        try
        {
            // The operating system lets go of it when the process ends, however it ends.
            return new DataFolder(
                full,
                new FileStream(System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Cannot use the data folder {full}: another emulator holds it, or it is not writable ({failure.Message})",
                failure
            );
        }
    }

    public void Dispose() => _lock.Dispose();
}
