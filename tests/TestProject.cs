namespace Tests;

/// <summary>A test project; once built, it is a program that runs its own tests.</summary>
internal sealed record TestProject(string File)
{
    public string Name => Path.GetFileNameWithoutExtension(File);

    public string Assembly => Path.Combine(Path.GetDirectoryName(File)!, "bin", Repository.Configuration, "net10.0", Name + ".dll");

    /// <summary>A measure of how long it takes: the longest begin first.</summary>
    private int Files => Directory.EnumerateFiles(Path.GetDirectoryName(File)!, "*Tests.cs", SearchOption.AllDirectories).Count();

    public static IEnumerable<TestProject> FindAll() =>
        Directory
            .EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "*.Tests")
            .Select(folder => Path.Combine(folder, Path.GetFileName(folder) + ".csproj"))
            .Where(System.IO.File.Exists)
            .Select(file => new TestProject(file))
            .OrderByDescending(project => project.Files)
            .ThenBy(project => project.Name, StringComparer.Ordinal);

    public bool IsNamedBy(IReadOnlyCollection<string> names) =>
        names.Count == 0 || names.Any(name => Name.Contains(name, StringComparison.OrdinalIgnoreCase));
}
