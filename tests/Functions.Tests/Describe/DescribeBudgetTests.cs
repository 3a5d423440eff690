using Functions.Tests.Ledger;
using Microsoft.Extensions.Options;
using Serverless.Describe;
using Serverless.Storage;

namespace Functions.Tests.Describe;

/// <summary>Each test has a month of its own in the one table.</summary>
public sealed class DescribeBudgetTests(StorageFixture storage)
{
    [Fact]
    public async Task So_many_pictures_are_asked_about_in_a_month_however_many_instances_there_are()
    {
        var options = new DescribeOptions { Provider = "chat", MonthlyImages = 7 };
        var instances = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => OpenAsync(options, "2031-01-31")));
        var taken = await Task.WhenAll(
            Enumerable.Range(0, 15).Select(turn => instances[turn % 3].TakeAsync(TestContext.Current.CancellationToken))
        );

        Assert.Equal(7, taken.Count(turn => turn.Place is not null));
        Assert.All(
            taken.Where(turn => turn.Place is null),
            turn =>
            {
                Assert.Contains("The 7 pictures of 2031-01 are used up (Describe:MonthlyImages)", turn.Cap, StringComparison.Ordinal);
                Assert.InRange(turn.NextMonth.TotalHours, 0, 24);
            }
        );

        // A new process knows, and the next month is a new one.
        Assert.Null((await (await OpenAsync(options, "2031-01-31")).TakeAsync(TestContext.Current.CancellationToken)).Place);
        Assert.NotNull((await (await OpenAsync(options, "2031-02-01")).TakeAsync(TestContext.Current.CancellationToken)).Place);
    }

    [Fact]
    public async Task What_was_not_charged_is_given_back_and_what_was_is_counted_by_its_tokens()
    {
        var options = new DescribeOptions
        {
            Provider = "chat",
            InputPrice = 2,
            OutputPrice = 8,
        };
        var budget = await OpenAsync(options, "2031-03-05");
        var (free, paid) = (await TakenAsync(budget), await TakenAsync(budget));
        await budget.SettleAsync(free, null);
        await budget.SettleAsync(paid, new TokensUsed(1000, 100));

        var usage = await budget.UsageAsync(TestContext.Current.CancellationToken);
        Assert.Equal(new DescribeUsage("2031-03", 1, 1000, 100, 2800, 2800), usage);
        Assert.Equal(0.0028m, usage.Usd);
    }

    [Fact]
    public async Task So_much_is_spent_in_a_month_with_what_is_under_way()
    {
        var options = new DescribeOptions
        {
            Provider = "chat",
            InputPrice = 1000,
            MonthlyUsd = 5,
            MonthlyImages = 0,
        };
        var budget = await OpenAsync(options, "2031-04-05");
        await budget.SettleAsync(await TakenAsync(budget), new TokensUsed(1000, 0));

        // Four more of a dollar each are under way.
        for (var turn = 0; turn < 4; turn++)
        {
            await TakenAsync(budget);
        }

        var (place, cap, _) = await budget.TakeAsync(TestContext.Current.CancellationToken);
        Assert.Null(place);
        Assert.Contains("The 5 US dollars of 2031-04 are used up (Describe:MonthlyUsd)", cap, StringComparison.Ordinal);
    }

    private static async Task<BudgetPlace> TakenAsync(DescribeBudget budget) =>
        (await budget.TakeAsync(TestContext.Current.CancellationToken)).Place!;

    private async Task<DescribeBudget> OpenAsync(DescribeOptions options, string day)
    {
        var time = DateTimeOffset.Parse($"{day}T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var budget = new DescribeBudget(
            storage.Tables(),
            Options.Create(options),
            new StorageClock(TimeProvider.System, _ => Task.FromResult(time))
        );
        await budget.EnsureAsync(TestContext.Current.CancellationToken);
        return budget;
    }
}
