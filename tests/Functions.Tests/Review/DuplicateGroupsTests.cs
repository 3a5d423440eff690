using Serverless.Images;
using Serverless.Ledger;
using Serverless.Review;

namespace Functions.Tests.Review;

public sealed class DuplicateGroupsTests : IAsyncLifetime
{
    private ListedImages images = null!;

    public async ValueTask InitializeAsync() => images = await ListedImages.StartAsync();

    public ValueTask DisposeAsync() => images.DisposeAsync();

    [Fact]
    public async Task A_group_stands_where_its_first_member_stands_in_each_order()
    {
        await images.AddAsync(ListedImages.Kept("cat.jpg"));
        await images.AddAsync(ListedImages.Kept("dog.jpg"));
        await images.AddAsync(ListedImages.Member("cat-1.jpg", "cat.jpg", 0.96, bytes: 900, At(3)));
        await images.AddAsync(ListedImages.Member("cat-2.jpg", "cat.jpg", 0.99, bytes: 100, At(1)));
        await images.AddAsync(ListedImages.Member("dog-1.jpg", "dog.jpg", 0.97, bytes: 800, At(4)));
        Assert.Equal(["cat.jpg: cat-2.jpg cat-1.jpg", "dog.jpg: dog-1.jpg"], await PageAsync(DuplicateSort.Confidence));
        Assert.Equal(["cat.jpg: cat-1.jpg cat-2.jpg", "dog.jpg: dog-1.jpg"], await PageAsync(DuplicateSort.Size));
        Assert.Equal(["dog.jpg: dog-1.jpg", "cat.jpg: cat-1.jpg cat-2.jpg"], await PageAsync(DuplicateSort.Date));
    }

    [Fact]
    public async Task Paging_shows_every_group_once_whatever_the_size_of_a_page()
    {
        var random = new Random(7);
        var members = Enumerable
            .Range(0, 60)
            .Select(index =>
                ListedImages.Member(
                    $"m{index}.jpg",
                    $"k{random.Next(23)}.jpg",
                    0.9 + (random.NextDouble() / 10),
                    random.Next(100, 200),
                    At(random.Next(5))
                )
            )
            .ToList();
        await Task.WhenAll(members.Select(images.AddAsync));
        var kept = members.Select(member => member.DuplicateOf!.Id).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var sort in Enum.GetValues<DuplicateSort>())
        {
            foreach (var top in new[] { 1, 4, 100 })
            {
                var seen = new List<DuplicateGroup>();
                string? next = null;
                do
                {
                    var page = await images.Groups.PageAsync(sort, null, next, top, default);
                    Assert.True(page.Groups.Count <= top);
                    seen.AddRange(page.Groups);
                    next = page.Next;
                } while (next is not null);
                Assert.Equal(kept, seen.Select(group => group.KeptId).Order(StringComparer.Ordinal));
                Assert.Equal(members.Count, seen.Sum(group => group.Members.Count));
            }
        }
    }

    [Fact]
    public async Task A_status_shows_only_its_own_members()
    {
        await images.AddAsync(ListedImages.Kept("cat.jpg"));
        await images.AddAsync(ListedImages.Member("moved.jpg", "cat.jpg", 0.96));
        await images.AddAsync(ListedImages.Member("stays.jpg", "cat.jpg", 0.97, state: ImageState.Indexed));
        await images.AddAsync(ListedImages.Member("burst.jpg", "cat.jpg", 0.99, state: ImageState.Indexed, verdict: Verdict.LookAlike));
        await images.AddAsync(ListedImages.Near("near.jpg", "cat.jpg", 0.9, PixelVerdict.Differ));
        Assert.Equal(["cat.jpg: moved.jpg stays.jpg burst.jpg"], await PageAsync(DuplicateSort.Confidence));
        Assert.Equal(["cat.jpg: moved.jpg"], await PageAsync(DuplicateSort.Confidence, DuplicateKind.Quarantined));
        Assert.Equal(["cat.jpg: stays.jpg"], await PageAsync(DuplicateSort.Size, DuplicateKind.Copy));
        Assert.Equal(["cat.jpg: burst.jpg"], await PageAsync(DuplicateSort.Date, DuplicateKind.LookAlike));
    }

    [Fact]
    public async Task The_record_is_right_where_a_row_says_something_else_and_the_row_is_forgotten()
    {
        var member = await images.AddAsync(ListedImages.Member("cat-1.jpg", "cat.jpg", 0.96));
        await images.Ledger.TryWriteAsync(member with { State = ImageState.Indexed, DuplicateOf = null, Verdict = Verdict.New }, default);
        Assert.Empty(await PageAsync(DuplicateSort.Confidence));
        Assert.Equal(0, (await images.WhatIf().AskAsync(0.9, 10, default)).Scored);
    }

    [Fact]
    public async Task A_group_whose_kept_image_is_gone_is_still_shown()
    {
        await images.AddAsync(ListedImages.Member("cat-1.jpg", "cat.jpg", 0.96));
        var group = Assert.Single((await images.Groups.PageAsync(DuplicateSort.Confidence, null, null, 10, default)).Groups);
        Assert.Null(group.Kept);
        Assert.Single(group.Members);
    }

    [Fact]
    public async Task A_large_group_is_shown_in_parts()
    {
        await images.AddAsync(ListedImages.Kept("cat.jpg"));
        for (var part = 0; part < 5; part++)
        {
            await Task.WhenAll(
                Enumerable
                    .Range(part * 9, 9)
                    .Select(index => images.AddAsync(ListedImages.Member($"c{index}.jpg", "cat.jpg", 0.99 - (index * 0.0001))))
            );
        }

        var group = Assert.Single((await images.Groups.PageAsync(DuplicateSort.Confidence, null, null, 10, default)).Groups);
        Assert.Equal(DuplicateGroups.MembersShown, group.Members.Count);
        var names = group.Members.Select(member => member.Path.Name).ToList();
        for (var next = group.Next; next is not null; )
        {
            var more = await images.Groups.GroupAsync(group.KeptId, DuplicateSort.Confidence, null, next, 10, default);
            names.AddRange(more.Members.Select(member => member.Path.Name));
            next = more.Next;
        }

        Assert.Equal(Enumerable.Range(0, 45).Select(index => $"c{index}.jpg"), names);
    }

    private static DateTimeOffset At(int day) => new(2026, 1, 1 + day, 0, 0, 0, TimeSpan.Zero);

    private async Task<IEnumerable<string>> PageAsync(DuplicateSort sort, DuplicateKind? kind = null) =>
        (await images.Groups.PageAsync(sort, kind, null, 100, default)).Groups.Select(group =>
            $"{group.Kept?.Path.Name}: {string.Join(' ', group.Members.Select(member => member.Path.Name))}"
        );
}
