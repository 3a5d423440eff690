namespace Serverless.Describe;

/// <summary>Requests and spending of a calendar month, over all instances.</summary>
/// <param name="Month">Such as <c>2026-12</c>.</param>
/// <param name="Images">Pictures, including requests in progress.</param>
/// <param name="MicroUsd">Millionths of a US dollar, by the configured prices, including reservations of requests in progress.</param>
/// <param name="DearestMicroUsd">The most expensive request.</param>
internal sealed record DescribeUsage(string Month, long Images, long InputTokens, long OutputTokens, long MicroUsd, long DearestMicroUsd)
{
    /// <summary>The initial estimate per picture: 2,000 input and 500 output tokens.</summary>
    private static long GuessOf(DescribeOptions options) => CostOf(new TokensUsed(2000, 500), options);

    public decimal Usd => MicroUsd / 1_000_000m;

    /// <summary>Prices are per million tokens, so a token costs that many millionths.</summary>
    public static long CostOf(TokensUsed used, DescribeOptions options) =>
        (long)Math.Ceiling((used.Input * options.InputPrice) + (used.Output * options.OutputPrice));

    /// <summary>The amount to reserve for the next request.</summary>
    public long NextMicroUsd(DescribeOptions options) => DearestMicroUsd > 0 ? DearestMicroUsd : GuessOf(options);

    /// <summary>Why no further picture may be described this month, in words; null if one may.</summary>
    public string? CapOf(DescribeOptions options) =>
        options.MonthlyImages > 0 && Images >= options.MonthlyImages
            ? $"The {options.MonthlyImages:N0} pictures of {Month} are used up (Describe:MonthlyImages). It is described next month."
        : options.MonthlyUsd is { } most && MicroUsd + NextMicroUsd(options) > most * 1_000_000
            ? FormattableString.Invariant(
                $"The {most:0.##} US dollars of {Month} are used up (Describe:MonthlyUsd). It is described next month."
            )
        : null;
}
