using Shared;

namespace Functions.Tests;

/// <summary>What docs/architecture.md says of the folders of the app.</summary>
public sealed class FloorsTests
{
    /// <summary>From the ground up. Folders on one floor do not know each other.</summary>
    private static readonly string[][] Floors =
    [
        ["Telemetry"],
        ["Storage", "Imaging"],
        ["Embeddings", "Access"],
        ["Images"],
        ["Ledger", "Search", "Jobs"],
        ["Startup", "Duplicates"],
        ["Pipeline"],
        ["Backfill"],
        ["Reconcile", "Review", "Calibration"],
        ["Api", "Ui"],
        ["Mcp"],
        ["Hosting"],
        ["Functions"],
    ];
}
