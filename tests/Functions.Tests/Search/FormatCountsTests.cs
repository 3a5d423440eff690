using Serverless.Search;

namespace Functions.Tests.Search;

public sealed class FormatCountsTests
{
    [Fact]
    public void Formats_of_earlier_documents_count_under_their_name_of_today() =>
        Assert.Equal(
            [new FacetCount("webp", 7), new FacetCount("jpeg", 5)],
            ImageIndex.Merged("format", [new("jpeg", 5), new("webP", 4), new("webp", 3)])
        );

    [Fact]
    public void Values_of_other_fields_stay_as_they_are() =>
        Assert.Equal([new FacetCount("webP", 4), new FacetCount("webp", 3)], ImageIndex.Merged("tags", [new("webP", 4), new("webp", 3)]));
}
