using Functions.Tests.Ledger;
using Microsoft.Extensions.Options;
using Serverless.Describe;
using Serverless.Images;

namespace Functions.Tests.Describe;

public sealed class KnownDescriptionsTests(StorageFixture storage)
{
    private static readonly DescribedText Text = new("A dog.", null, "DOG");

    [Fact]
    public async Task One_of_many_workers_asks_about_the_same_bytes_and_all_know_the_answer()
    {
        var sha256 = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()).PadLeft(64, '0');
        var workers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => OpenAsync("one")));
        var found = await Task.WhenAll(workers.Select(worker => worker.FindOrClaimAsync(sha256, TestContext.Current.CancellationToken)));
        Assert.Single(found, result => result.Claim is not null);
        Assert.All(found, result => Assert.Null(result.Text));

        await workers[0].KeepAsync(sha256, Text);
        Assert.All(workers, worker => Assert.Equal(Text, FoundAsync(worker, sha256).Result));
        Assert.Null(await FoundAsync(await OpenAsync("another model"), sha256));
    }

    [Fact]
    public async Task A_claim_that_was_given_back_is_free()
    {
        var sha256 = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()).PadLeft(64, '0');
        var known = await OpenAsync("one");
        var (_, claim) = await known.FindOrClaimAsync(sha256, TestContext.Current.CancellationToken);
        await known.ReleaseAsync(sha256, claim!.Value);
        Assert.NotNull((await known.FindOrClaimAsync(sha256, TestContext.Current.CancellationToken)).Claim);
    }

    private static async Task<DescribedText?> FoundAsync(KnownDescriptions known, string sha256) =>
        (await known.FindOrClaimAsync(sha256, TestContext.Current.CancellationToken)).Text;

    private async Task<KnownDescriptions> OpenAsync(string model)
    {
        var options = new DescribeOptions { Provider = "chat", Model = model };
        var known = new KnownDescriptions(storage.Tables(), Options.Create(options), StorageFixture.Clock);
        await known.EnsureAsync(TestContext.Current.CancellationToken);
        return known;
    }
}
