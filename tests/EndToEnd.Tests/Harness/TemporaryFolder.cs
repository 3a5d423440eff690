namespace EndToEnd.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("end-to-end-").FullName;

    public static implicit operator string(TemporaryFolder folder) => folder.Path;

    public override string ToString() => Path;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
