namespace Shared;

internal static class SourceFolder
{
    private static readonly string[] Built = ["bin", "obj"];

    /// <summary>The C# files that a project has under version control.</summary>
    /// <param name="project">A folder of the repository, as "local/StorageProxy".</param>
    public static IReadOnlyList<SourceFile> Read(string project)
    {
        var root = Path.Combine(RepositoryFolder.Path, project);
        var sources = Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => new SourceFile(Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(source => !Built.Contains(source.Folder))
            .ToList();
        return sources.Count > 0 ? sources : throw new InvalidOperationException($"No C# files in {root}.");
    }
}
