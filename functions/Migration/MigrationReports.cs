using Serverless.Ledger;
using Serverless.Models;

namespace Serverless.Migration;

/// <summary>A migration as it stands.</summary>
/// <param name="Failure">Why this instance cannot use the second model; null if it can.</param>
internal sealed record MigrationReport(ModelState State, FillReport Fill, ComparedModels? Comparison, string? Failure);

/// <summary>Reports on migrations.</summary>
internal sealed class MigrationReports(ModelTable table, ModelSides sides, Fullness fullness, ModelComparison comparison)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null before the app has noted its model.</summary>
    public async Task<MigrationReport?> FindAsync(CancellationToken cancellation) =>
        (await table.FindAsync(cancellation)).State is { } state ? await OfAsync(state, cancellation) : null;

    public async Task<MigrationReport> OfAsync(ModelState state, CancellationToken cancellation)
    {
        var fill = await fullness.OfAsync(state, cancellation);
        var isComparable = state.Status == MigrationStatus.Filling && fill.IsFull;
        return new MigrationReport(state, fill, isComparable ? await comparison.OfAsync(state, Patience) : null, sides.OtherFailure);
    }
}
