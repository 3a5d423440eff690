using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Serverless.Storage;

namespace Serverless.Describe;

/// <summary>A reservation in the month's budget.</summary>
/// <param name="MicroUsd">The reserved amount.</param>
internal sealed record BudgetPlace(string Month, long MicroUsd);

/// <summary>
/// The monthly budget. An amount is reserved before a request and settled after it, in one row with conditional writes by all instances:
/// neither many instances nor restarts can exceed the cap. A dead worker's reservation stays.
/// </summary>
internal sealed class DescribeBudget(TableServiceClient service, IOptions<DescribeOptions> options, StorageClock storage)
{
    private const string Partition = "month";

    private readonly TableClient table = service.GetTableClient("DescriptionBudget");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>A reservation, or the reason why there is none, and when the next month begins.</summary>
    public async Task<(BudgetPlace? Place, string? Cap, TimeSpan NextMonth)> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var now = await storage.NowAsync(cancellation);
            var (usage, version) = await ReadAsync(MonthOf(now), cancellation);
            if (usage.CapOf(options.Value) is { } cap)
            {
                return (null, cap, NextMonth(now) - now);
            }

            var aside = usage.NextMicroUsd(options.Value);
            var taken = usage with { Images = usage.Images + 1, MicroUsd = usage.MicroUsd + aside };
            if (await table.TryWriteAsync(RowOf(taken), version, cancellation) is not null)
            {
                return (new BudgetPlace(usage.Month, aside), null, default);
            }
        }
    }

    /// <summary>Settles a request's real cost; null if it was not charged. Not cancellable, because spending must be recorded.</summary>
    public async Task SettleAsync(BudgetPlace place, TokensUsed? used)
    {
        while (true)
        {
            var (usage, version) = await ReadAsync(place.Month, CancellationToken.None);
            var cost = used is { } tokens ? DescribeUsage.CostOf(tokens, options.Value) : 0;
            var settled = usage with
            {
                Images = Math.Max(0, usage.Images - (used is null ? 1 : 0)),
                InputTokens = usage.InputTokens + (used?.Input ?? 0),
                OutputTokens = usage.OutputTokens + (used?.Output ?? 0),
                MicroUsd = Math.Max(0, usage.MicroUsd - place.MicroUsd + cost),
                DearestMicroUsd = Math.Max(usage.DearestMicroUsd, cost),
            };
            if (await table.TryWriteAsync(RowOf(settled), version, CancellationToken.None) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Of the month that it is.</summary>
    public async Task<DescribeUsage> UsageAsync(CancellationToken cancellation) =>
        (await ReadAsync(MonthOf(await storage.NowAsync(cancellation)), cancellation)).Usage;

    private async Task<(DescribeUsage Usage, ETag Version)> ReadAsync(string month, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, month, cancellationToken: cancellation);
        if (!row.HasValue)
        {
            return (new DescribeUsage(month, 0, 0, 0, 0, 0), default);
        }

        var columns = new Columns(row.Value!);
        var usage = new DescribeUsage(
            month,
            columns.Count("Images"),
            columns.Count("InputTokens"),
            columns.Count("OutputTokens"),
            columns.Count("MicroUsd"),
            columns.Count("DearestMicroUsd")
        );
        return columns.Fault is { } fault
            ? throw new InvalidDataException($"The row '{month}' of the table DescriptionBudget cannot be read. {fault}")
            : (usage, row.Value!.ETag);
    }

    private static TableEntity RowOf(DescribeUsage usage) =>
        new(Partition, usage.Month)
        {
            ["Images"] = usage.Images,
            ["InputTokens"] = usage.InputTokens,
            ["OutputTokens"] = usage.OutputTokens,
            ["MicroUsd"] = usage.MicroUsd,
            ["DearestMicroUsd"] = usage.DearestMicroUsd,
        };

    private static string MonthOf(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static DateTimeOffset NextMonth(DateTimeOffset now) =>
        new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
}
