using Microsoft.Extensions.Options;
using Serverless.Describe;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>This month's use and limits of picture descriptions.</summary>
/// <param name="Provider"><c>none</c> if pictures are not described.</param>
/// <param name="Model">The model in use.</param>
/// <param name="Prefixes">Required name prefixes; empty if all pictures are described.</param>
/// <param name="Waiting">Approximate number of pictures waiting for a description.</param>
/// <param name="Month">The calendar month (UTC), such as 2026-12.</param>
/// <param name="Images">Pictures sent to the model, over all instances.</param>
/// <param name="MonthlyImages">The limit; null for none.</param>
/// <param name="InputTokens">Input tokens.</param>
/// <param name="OutputTokens">Output tokens.</param>
/// <param name="Usd">The cost by the configured prices; null without prices.</param>
/// <param name="MonthlyUsd">The limit; null for none.</param>
/// <param name="Cap">Why no more pictures are described this month; null otherwise.</param>
internal sealed record DescriptionsReply(
    string Provider,
    string? Model,
    IReadOnlyList<string> Prefixes,
    long Waiting,
    string Month,
    long Images,
    int? MonthlyImages,
    long InputTokens,
    long OutputTokens,
    decimal? Usd,
    decimal? MonthlyUsd,
    string? Cap
);

/// <summary>Reports the cost of descriptions.</summary>
internal static class DescriptionsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/descriptions", GetAsync)
            .WithName("getDescriptions")
            .WithSummary("Gets whether pictures are described, this month's cost, and the limits.")
            .Produces<DescriptionsReply>();

    private static async Task<DescriptionsReply> GetAsync(
        DescribeBudget budget,
        WorkQueues queues,
        IOptions<DescribeOptions> settings,
        CancellationToken cancellation
    )
    {
        var options = settings.Value;
        var usage = await budget.UsageAsync(cancellation);
        return new DescriptionsReply(
            options.Provider,
            options.IsOn ? options.Model : null,
            options.Prefixes,
            await queues.DescriptionsAsync(cancellation),
            usage.Month,
            usage.Images,
            options.MonthlyImages > 0 ? options.MonthlyImages : null,
            usage.InputTokens,
            usage.OutputTokens,
            options.HasPrices ? usage.Usd : null,
            options.MonthlyUsd,
            options.IsOn ? usage.CapOf(options) : null
        );
    }
}
