using Shared;
using Xunit;

namespace Local.Tests;

public sealed class FoldersTests
{
    /// <summary>Each has a test of its own.</summary>
    private static readonly string[] ProgramsOfTheirOwn = ["FunctionsHost", "SearchEmulator", "StorageProxy"];

    private static readonly FolderGraph Folders = new(
        [.. SourceFolder.Read("local").Where(source => !ProgramsOfTheirOwn.Contains(source.Folder))],
        "Local"
    );

    private const int MaxColumns = 140;

    [Fact]
    public void No_line_of_the_local_programs_is_wider_than_140_columns() =>
        Assert.Empty(
            from path in SourceFolder.Paths("local")
            where !path.Contains("/obj/", StringComparison.Ordinal)
            from line in File.ReadLines(path).Index()
            where line.Item.Length > MaxColumns
            select $"{Path.GetRelativePath(RepositoryFolder.Path, path)}:{line.Index + 1} has {line.Item.Length} columns"
        );

    [Fact]
    public void Folders_point_one_way() => Assert.Equal("", string.Join('\n', Folders.Cycles()));
}
