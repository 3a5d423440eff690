using Shared;
using Xunit;

namespace StorageProxy.Tests;

public sealed class FoldersTests
{
    private static readonly FolderGraph Folders = FolderGraph.Read("local/StorageProxy", "StorageProxy");

    [Fact]
    public void Folders_point_one_way() => Assert.Equal("", string.Join('\n', Folders.Cycles()));

    [Fact]
    public void No_folder_uses_the_root() => Assert.Equal("", string.Join('\n', Folders.UsesOfRoot()));
}
