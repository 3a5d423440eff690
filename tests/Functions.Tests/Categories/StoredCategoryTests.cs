using Azure.Data.Tables;
using Serverless.Categories;

namespace Functions.Tests.Categories;

public sealed class StoredCategoryTests
{
    private static readonly Category Stairs = new()
    {
        Name = "Stairs",
        Prompts = ["a staircase", "“steps”, seen\u00a0from below"],
        Examples = [new string('a', 32), new string('b', 32)],
        Fits = new Dictionary<string, CategoryFit>
        {
            ["0123456789ab"] = new(new float[] { 0.6f, 0.8f }, 0.27),
            ["ba9876543210"] = new(new float[] { 0, 0, 1 }, 0.61),
        },
    };

    [Fact]
    public void A_category_is_read_back_as_it_was_written()
    {
        var read = StoredCategory.FromEntity(StoredCategory.ToEntity(Stairs))!;
        Assert.Equal(Stairs.Name, read.Name);
        Assert.True(read.MeansTheSameAs(Stairs));
        Assert.Equal(Stairs.Fits.Keys.Order(), read.Fits.Keys.Order());
        Assert.All(
            Stairs.Fits,
            fit =>
            {
                Assert.Equal(fit.Value.Threshold, read.Fits[fit.Key].Threshold);
                Assert.Equal(fit.Value.Vector.ToArray(), read.Fits[fit.Key].Vector.ToArray());
            }
        );
    }

    public static TheoryData<string, object> Damages =>
        new()
        {
            { "Name", "Ladders" },
            { "Name", 7 },
            { "Prompts", "no JSON" },
            { "Prompts", "\ud800" },
            { "Vector0123456789ab", new byte[] { 1, 2, 3 } },
            { "Threshold0123456789ab", double.NaN },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_row_that_the_app_did_not_write_is_no_category(string column, object value) =>
        Assert.Null(StoredCategory.FromEntity(new TableEntity(StoredCategory.ToEntity(Stairs)) { [column] = value }));
}
