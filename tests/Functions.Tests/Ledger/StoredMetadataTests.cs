using System.Text.Json;
using Functions.Tests.Imaging.Metadata;
using Serverless.Imaging.Metadata;
using Serverless.Ledger;

namespace Functions.Tests.Ledger;

public sealed class StoredMetadataTests
{
    [Theory]
    [InlineData("all.jpg")]
    [InlineData("exif.jpg")]
    [InlineData("iptc.jpg")]
    public void What_is_kept_reads_back_the_same(string file)
    {
        var metadata = MetadataFiles.Read(file);
        Assert.Equal(metadata, StoredMetadata.Parse(StoredMetadata.ToText(metadata)!));
    }

    [Fact]
    public void Rows_keep_the_form_that_they_have_in_storage()
    {
        const string Row =
            """{"title":"Gulls","keywords":["harbour"],"taken":"2019-05-21T14:03:59+02:00","isMoment":true,"latitude":54.5,"longitude":10.25}""";
        var metadata = StoredMetadata.Parse(Row)!;
        Assert.Equal(new TakenTime(new DateTimeOffset(2019, 5, 21, 14, 3, 59, TimeSpan.FromHours(2)), HasOffset: true), metadata.Taken);
        Assert.Equal(GeoPosition.Of(54.5, 10.25), metadata.Position);
        Assert.Equal(Row, StoredMetadata.ToText(metadata));
    }

    [Fact]
    public void Absent_keywords_and_null_among_them_are_none() =>
        Assert.Equal(["a"], StoredMetadata.Parse("""{"title":"x","keywords":[null,"a"]}""")!.Keywords);

    [Fact]
    public void Nothing_is_kept_of_nothing()
    {
        Assert.Null(StoredMetadata.ToText(null));
        Assert.Null(StoredMetadata.ToText(EmbeddedMetadata.None));
        Assert.Null(StoredMetadata.Parse("{}"));
    }

    [Fact]
    public void More_than_a_column_holds_loses_its_last_keywords()
    {
        string[] keywords =
        [
            .. Enumerable
                .Range(0, MetadataText.MaxKeywords)
                .Select(number => $"{number:000}" + new string('写', MetadataText.MaxKeywordLength - 3)),
        ];
        var metadata = new EmbeddedMetadata { Description = new string('写', MetadataText.MaxLength), Keywords = keywords };
        var text = StoredMetadata.ToText(metadata)!;
        Assert.InRange(text.Length, 1, 32_768);
        var kept = StoredMetadata.Parse(text)!;
        Assert.Equal(metadata.Description, kept.Description);
        Assert.NotEmpty(kept.Keywords);
        Assert.Equal(keywords.Take(kept.Keywords.Count), kept.Keywords);
    }

    [Fact]
    public void Texts_that_fill_a_column_on_their_own_are_cut()
    {
        var text = new string('"', MetadataText.MaxLength);
        var stored = StoredMetadata.ToText(
            new EmbeddedMetadata
            {
                Title = text,
                Description = text,
                Headline = text,
                Creator = text,
                Copyright = text,
                Keywords = [text],
            }
        )!;
        Assert.InRange(stored.Length, 1, 32_768);
        Assert.NotEmpty(StoredMetadata.Parse(stored)!.Description!);
    }

    [Fact]
    public void Text_that_is_no_metadata_is_told() => Assert.Throws<JsonException>(() => StoredMetadata.Parse("7"));
}
