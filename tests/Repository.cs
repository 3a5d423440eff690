namespace Tests;

internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration that this program was built with, and so the one to test: bin/Debug/net10.0.</summary>
    public static string Configuration { get; } = Directory.GetParent(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!.Name;

    public static string Solution { get; } = Path.Combine(Root, "Serverless.sln");

    /// <summary>Every folder whose npm packages a test needs.</summary>
    public static IEnumerable<string> NodeFolders =>
        [
            Path.Combine(Root, "local", "azurite"),
            .. Directory
                .EnumerateDirectories(Path.Combine(Root, "tests"))
                .SelectMany(Directory.EnumerateDirectories)
                .Where(folder => File.Exists(Path.Combine(folder, "package-lock.json")))
                .Order(StringComparer.Ordinal),
        ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Serverless.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException($"No Serverless.sln above {AppContext.BaseDirectory}.");
    }
}
