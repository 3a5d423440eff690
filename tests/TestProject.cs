namespace Tests;

/// <summary>A test project; once built, it is a program that runs its own tests.</summary>
internal sealed record TestProject(string File)
{
    public string Name => Path.GetFileNameWithoutExtension(File);

    public string Assembly => Path.Combine(Path.GetDirectoryName(File)!, "bin", Repository.Configuration, "net10.0", Name + ".dll");

    /// <summary>These take minutes and start first, the longest of them at once; the rest take seconds.</summary>
    private static readonly string[] Long = ["Functions.Tests", "EndToEnd.Tests", "Ui.Tests", "Packaging.Tests"];

    private int Turn => Array.IndexOf(Long, Name) is >= 0 and var turn ? turn : Long.Length;

    public static IEnumerable<TestProject> FindAll() =>
        Directory
            .EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "*.Tests")
            .Select(folder => Path.Combine(folder, Path.GetFileName(folder) + ".csproj"))
            .Where(System.IO.File.Exists)
            .Select(file => new TestProject(file))
            .OrderBy(project => project.Turn)
            .ThenBy(project => project.Name, StringComparer.Ordinal);

    public bool IsNamedBy(IReadOnlyCollection<string> names) =>
        names.Count == 0 || names.Any(name => Name.Contains(name, StringComparison.OrdinalIgnoreCase));
}
