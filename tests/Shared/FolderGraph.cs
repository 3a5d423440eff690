namespace Shared;

/// <summary>Which first-level folder of a project uses which, by its source: using lines, qualified names, and types of the root.</summary>
internal sealed class FolderGraph
{
    private const string Root = SourceFile.Root;

    private readonly ILookup<(string From, string To), string> files;
    private readonly ILookup<string, string> uses;

    /// <param name="prefix">The namespace of the root.</param>
    public FolderGraph(IReadOnlyList<SourceFile> sources, string prefix)
    {
        Folders = [.. sources.Select(source => source.Folder).Where(folder => folder != Root).Distinct().Order(StringComparer.Ordinal)];
        var reader = new FolderUses(sources, prefix);
        var all = sources.SelectMany(source => reader.Of(source).Select(to => (source.Folder, To: to, source.Path))).ToList();
        files = all.ToLookup(use => (use.Folder, use.To), use => use.Path);
        uses = all.Select(use => (use.Folder, use.To)).Distinct().ToLookup(use => use.Folder, use => use.To);
    }

    public IReadOnlyList<string> Folders { get; }

    /// <param name="project">A folder of the repository, as "local/StorageProxy".</param>
    /// <param name="prefix">The namespace of its root.</param>
    public static FolderGraph Read(string project, string prefix) => new(SourceFolder.Read(project), prefix);

    /// <summary>Each use that something leads back from, with the shortest way back.</summary>
    public IEnumerable<string> Cycles() =>
        from use in Edges()
        let back = Path(use.To, use.From)
        where back is not null
        select $"{Describe(use)}, which leads back: {string.Join(" > ", back)}";

    /// <summary>The root may use all folders; no folder uses it.</summary>
    public IEnumerable<string> UsesOfRoot() =>
        Folders.Where(folder => files.Contains((folder, Root))).Select(folder => Describe((folder, Root)));

    /// <summary>Each use that does not point to a lower floor, and each folder that has no floor.</summary>
    /// <param name="floors">Lowest first. The folders on one floor do not use each other.</param>
    public IEnumerable<string> Upward(IReadOnlyList<string[]> floors)
    {
        var floorOf = floors
            .SelectMany((folders, floor) => folders.Select(folder => (Folder: folder, Floor: floor)))
            .ToDictionary(place => place.Folder, place => place.Floor);
        return
        [
            .. Folders.Except(floorOf.Keys).Select(folder => $"{folder} is on no floor"),
            .. floorOf.Keys.Except(Folders).Select(folder => $"{folder} is on a floor, but there is no such folder"),
            .. Edges()
                .Where(use => floorOf.TryGetValue(use.From, out var from) && floorOf.TryGetValue(use.To, out var to) && to >= from)
                .Select(Describe),
        ];
    }

    private IEnumerable<(string From, string To)> Edges() =>
        Folders.SelectMany(from => uses[from].Where(to => to != Root).Order(StringComparer.Ordinal).Select(to => (from, to)));

    private string Describe((string From, string To) use) =>
        $"{use.From} uses {(use.To == Root ? "the root" : use.To)} ({string.Join(", ", files[use].Order(StringComparer.Ordinal))})";

    private IReadOnlyList<string>? Path(string from, string to)
    {
        var paths = new Dictionary<string, string[]> { [from] = [from] };
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out var folder))
        {
            if (folder == to)
            {
                return paths[folder];
            }

            foreach (var next in uses[folder].Where(next => next != Root && paths.TryAdd(next, [.. paths[folder], next])))
            {
                queue.Enqueue(next);
            }
        }

        return null;
    }
}
