namespace Shared;

internal static class SourceFolder
{
    private static readonly string[] Built = ["bin", "obj"];

    /// <summary>The C# files that a project has under version control.</summary>
    /// <param name="project">A folder of the repository, as "local/StorageProxy".</param>
    public static IReadOnlyList<SourceFile> Read(string project)
    {
        var root = Path.Combine(RepositoryFolder.Path, project);
        return
        [
            .. Paths(project).Select(path => new SourceFile(Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path))),
        ];
    }

    /// <summary>Where they are.</summary>
    public static IReadOnlyList<string> Paths(string project)
    {
        var root = Path.Combine(RepositoryFolder.Path, project);
        var paths = Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Built.Contains(Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar)[0]))
            .ToList();
        return paths.Count > 0 ? paths : throw new InvalidOperationException($"No C# files in {root}.");
    }
}
