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

    [Fact]
    public void Folders_point_one_way() => Assert.Equal("", string.Join('\n', Folders.Cycles()));
}
