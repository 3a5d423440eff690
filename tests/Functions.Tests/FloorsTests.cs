using Shared;

namespace Functions.Tests;

/// <summary>What docs/architecture.md says of the folders of the app: each uses only those on floors below its own.</summary>
public sealed class FloorsTests
{
    /// <summary>From the ground up. Folders on one floor do not use each other.</summary>
    private static readonly string[][] Floors =
    [
        ["Telemetry", "Settings"],
        ["Storage", "Imaging"],
        ["Embeddings", "Features", "Access", "Drawings"],
        ["Images", "Labels"],
        ["Ledger", "Search", "Jobs", "Describe", "Sheets"],
        ["Startup", "Duplicates", "Categories", "Models"],
        ["Pipeline"],
        ["Backfill"],
        ["Reconcile", "Review", "Rules", "Migration"],
        ["Api", "Ui"],
        ["Mcp"],
        ["Hosting"],
        ["Functions"],
    ];

    private static readonly FolderGraph App = FolderGraph.Read("functions", "Serverless");

    [Fact]
    public void Folders_use_only_floors_below_their_own() => Assert.Empty(App.Upward(Floors));

    [Fact]
    public void No_folder_uses_the_root() => Assert.Empty(App.UsesOfRoot());
}
