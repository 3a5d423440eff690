namespace Serverless.Describe;

/// <summary>What was asked and spent in a calendar month, over all instances.</summary>
/// <param name="Month">Such as <c>2026-12</c>.</param>
/// <param name="Images">Pictures that a model was asked about, requests under way included.</param>
/// <param name="MicroUsd">Millionths of a US dollar, by the prices in the settings; with what requests under way may cost.</param>
/// <param name="DearestMicroUsd">The dearest request.</param>
internal sealed record DescribeUsage(string Month, long Images, long InputTokens, long OutputTokens, long MicroUsd, long DearestMicroUsd)
{
    /// <summary>What a picture costs where nothing is known yet: 2,000 tokens in and 500 out.</summary>
    private static long GuessOf(DescribeOptions options) => CostOf(new TokensUsed(2000, 500), options);

    public decimal Usd => MicroUsd / 1_000_000m;

    /// <summary>Prices are for a million tokens: a token costs as many millionths.</summary>
    public static long CostOf(TokensUsed used, DescribeOptions options) =>
        (long)Math.Ceiling((used.Input * options.InputPrice) + (used.Output * options.OutputPrice));

    /// <summary>What to set aside for the next request.</summary>
    public long NextMicroUsd(DescribeOptions options) => DearestMicroUsd > 0 ? DearestMicroUsd : GuessOf(options);

    /// <summary>Why no further picture may be asked about this month, in words; null where it may.</summary>
    public string? CapOf(DescribeOptions options) =>
        options.MonthlyImages > 0 && Images >= options.MonthlyImages
            ? $"The {options.MonthlyImages:N0} pictures of {Month} are used up (Describe:MonthlyImages). It is described next month."
        : options.MonthlyUsd is { } most && MicroUsd + NextMicroUsd(options) > most * 1_000_000
            ? FormattableString.Invariant(
                $"The {most:0.##} US dollars of {Month} are used up (Describe:MonthlyUsd). It is described next month."
            )
        : null;
}
