using Microsoft.Extensions.Options;
using Serverless.Describe;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>What describing pictures took this month, and may take.</summary>
/// <param name="Provider"><c>none</c> where pictures are not described.</param>
/// <param name="Model">The model that is asked.</param>
/// <param name="Prefixes">What names must begin with; empty where all pictures are described.</param>
/// <param name="Waiting">Pictures that wait to be described, about.</param>
/// <param name="Month">The calendar month (UTC), such as 2026-12.</param>
/// <param name="Images">Pictures that the model was asked about in it, over all instances.</param>
/// <param name="MonthlyImages">Most of them; null for no limit.</param>
/// <param name="InputTokens">Tokens that it read.</param>
/// <param name="OutputTokens">Tokens that it wrote.</param>
/// <param name="Usd">What they cost by the prices in the settings; null where none are set.</param>
/// <param name="MonthlyUsd">Most of that; null for no limit.</param>
/// <param name="Cap">Why no further picture is described this month; null while they are.</param>
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

/// <summary>What descriptions cost.</summary>
internal static class DescriptionsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/descriptions", GetAsync)
            .WithName("getDescriptions")
            .WithSummary("Whether pictures are described, what that took this month, and how much may follow.")
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
