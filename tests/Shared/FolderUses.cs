namespace Shared;

/// <summary>Finds which folders of its project a file uses.</summary>
/// <param name="prefix">The namespace of the project's root.</param>
internal sealed class FolderUses(IReadOnlyList<SourceFile> sources, string prefix)
{
    private readonly HashSet<string> folders = [.. sources.Select(source => source.Folder)];

    private readonly ILookup<string, string> types = sources
        .SelectMany(source => source.Types.Select(type => (source.Folder, type)))
        .Distinct()
        .ToLookup(pair => pair.Folder, pair => pair.type);

    private readonly List<string> rootExtensions =
    [
        .. sources.Where(source => source.Folder == SourceFile.Root).SelectMany(source => source.Extensions),
    ];

    /// <summary>Its own folder is not among them; the root may be.</summary>
    public IEnumerable<string> Of(SourceFile source)
    {
        var qualified = source.MembersOf(prefix).ToHashSet();
        var used = folders
            .Where(folder => folder != SourceFile.Root && folder != source.Folder)
            .Where(folder => qualified.Contains(folder) || source.MembersOf(folder).Intersect(types[folder]).Any());
        return source.Folder != SourceFile.Root && UsesRoot(source, qualified) ? used.Append(SourceFile.Root) : used;
    }

    // Types of the root are in scope below it without a using line, except where the folder has one of that name.
    private bool UsesRoot(SourceFile source, HashSet<string> qualified) =>
        types[SourceFile.Root].Any(type => qualified.Contains(type) || (!types[source.Folder].Contains(type) && source.MentionsType(type)))
        || rootExtensions.Any(source.CallsExtension);
}
