using Azure.Data.Tables;
using Serverless.Backfill;

namespace Functions.Tests.Backfill;

public sealed class SlicingTests
{
    [Fact]
    public void Every_image_is_in_one_slice_in_order_and_the_slices_are_numbered_on()
    {
        var items = Enumerable.Range(0, 60).Select(number => new SliceItem($"{number}.jpg", "\"0x1\"")).ToList();
        var slices = Slicing.Cut("job", 7, items);
        Assert.Equal([7, 8, 9], slices.Select(slice => slice.Number));
        Assert.Equal([25, 25, 10], slices.Select(slice => slice.Count));
        Assert.Equal(items, slices.SelectMany(slice => slice.Items));
        Assert.Empty(Slicing.Cut("job", 0, []));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('雪')]
    [InlineData('"')]
    [InlineData('\u0001')]
    public void The_longest_names_fit_into_a_row_and_come_back(char letter)
    {
        var items = Enumerable.Range(0, 200).Select(number => new SliceItem(new string(letter, 1020) + number, "\"0x8DC0\"")).ToList();
        var slices = Slicing.Cut("job", 0, items);
        Assert.InRange(slices.Count, 8, 50);
        foreach (var slice in slices)
        {
            var row = slice.ToEntity();
            Assert.InRange(row.GetString("Items").Length, 1, 32_768);
            Assert.Equal(slice.Items, BackfillSlice.FromEntity(row)!.Items);
        }

        Assert.Equal(200, slices.Sum(slice => slice.Count));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData(null)]
    public void A_damaged_list_of_images_reads_as_none(string? text)
    {
        var row = Slicing.Cut("job", 0, [new SliceItem("a.jpg", "1")])[0].ToEntity();
        row["Items"] = text;
        Assert.Empty(BackfillSlice.FromEntity(row)!.Items);
    }

    [Fact]
    public void A_row_without_a_backfill_is_no_slice() => Assert.Null(BackfillSlice.FromEntity(new TableEntity("backfill", "~x")));
}
