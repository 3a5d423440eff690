using Serverless.Images;
using Serverless.Imaging.Metadata;
using Serverless.Ledger;
using Serverless.Review;

namespace Functions.Tests.Review;

public sealed class DuplicateReportTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private ListedImages images = null!;

    public async ValueTask InitializeAsync() => images = await ListedImages.StartAsync();

    public ValueTask DisposeAsync() => images.DisposeAsync();

    [Fact]
    public async Task Every_member_is_reported_once_with_its_group_wherever_the_reading_continues()
    {
        var random = new Random(5);
        var added = Enumerable
            .Range(0, 130)
            .Select(number => ListedImages.Member($"m{number}.jpg", $"k{random.Next(40)}.jpg", 0.97, bytes: 100 + number))
            .ToList();
        await Task.WhenAll(added.Select(images.AddAsync));
        foreach (var size in new[] { 1, 7, 1000 })
        {
            var read = new List<ReportedMember>();
            (string, string)? after = null;
            while (await images.Report.MembersAsync(after, default).Take(size).ToListAsync() is { Count: > 0 } page)
            {
                read.AddRange(page);
                after = (page[^1].Row.KeptId, page[^1].Row.Key);
            }

            Assert.Equal(added.Select(record => record.Id).Order(), read.Select(member => member.Row.Id).Order());
            Assert.Equal(added.Sum(record => record.Bytes), read.Sum(member => member.Row.FreedBytes));

            // Each group in one piece, from the largest file down.
            var groups = read.GroupBy(member => member.Row.KeptId).ToList();
            Assert.Equal(read, groups.SelectMany(group => group));
            Assert.All(groups, group => Assert.Equal(group.OrderByDescending(member => member.Row.Bytes), group));
        }
    }

    [Fact]
    public async Task What_is_a_look_alike_frees_nothing_and_is_a_burst_if_it_was_taken_seconds_apart()
    {
        await images.AddAsync(ListedImages.Kept("first.jpg") with { Metadata = Taken(0) });
        await images.AddAsync(LookAlike("burst.jpg") with { Metadata = Taken(3) });
        await images.AddAsync(LookAlike("later.jpg") with { Metadata = Taken(3600) });
        await images.AddAsync(LookAlike("undated.jpg"));
        await images.AddAsync(ListedImages.Member("copy.jpg", "first.jpg", 1) with { Metadata = Taken(0) });
        var members = await images.Report.MembersAsync(null, default).ToListAsync();
        Assert.Equal(["burst.jpg"], members.Where(member => member.IsBurst).Select(member => member.Path.Name));
        Assert.Equal(["copy.jpg"], members.Where(member => member.Row.FreedBytes > 0).Select(member => member.Path.Name));
        Assert.All(members, member => Assert.Equal("images/first.jpg", member.KeptPath?.ToString()));
    }

    [Fact]
    public async Task Totals_count_groups_copies_and_bytes_by_where_the_copies_are_and_leave_the_trash_out()
    {
        await images.AddAsync(ListedImages.Member("a1.jpg", "a.jpg", 1, bytes: 10));
        await images.AddAsync(ListedImages.Member("a2.jpg", "a.jpg", 1, bytes: 20, state: ImageState.Indexed));
        await images.AddAsync(LookAlike("b1.jpg"));
        await images.AddAsync(ListedImages.Member("gone.jpg", "c.jpg", 1, bytes: 40) with { TrashedAt = Noon });
        await images.AddAsync(ListedImages.Near("near.jpg", "d.jpg", 0.9, PixelVerdict.Differ));
        Assert.Equal(new DuplicateTotals(2, 1, 10, 1, 20, 1, IsComplete: true), await images.Report.CountAsync(default));
    }

    [Fact]
    public async Task A_row_that_disagrees_with_its_record_is_not_reported()
    {
        var record = await images.AddAsync(ListedImages.Member("m.jpg", "k.jpg", 1));
        await images.Ledger.TryWriteAsync(record with { DuplicateOf = null, ListedAs = null }, default);
        Assert.Empty(await images.Report.MembersAsync(null, default).ToListAsync());
    }

    private static ImageRecord LookAlike(string name) =>
        ListedImages.Member(name, "first.jpg", 0.98, state: ImageState.Indexed, verdict: Verdict.LookAlike, pixels: PixelVerdict.Differ);

    private static EmbeddedMetadata Taken(int seconds) =>
        EmbeddedMetadata.None with
        {
            Taken = new TakenTime(Noon.AddSeconds(seconds), true),
        };
}
