using Functions.Tests.Imaging.Metadata;

namespace Functions.Tests.Pipeline;

/// <summary>What a file says about its picture is in its record.</summary>
public sealed class EmbeddedMetadataTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_record_of_an_image_has_what_its_file_says_and_its_place_only_where_that_is_kept(bool keeps)
    {
        await using var cluster = await Cluster.StartAsync(
            apps: 1,
            settings: new() { ["Imaging__KeepPositions"] = keeps ? "true" : "false" }
        );
        await cluster.TakeInAsync("all.jpg", MetadataFiles.Bytes("all.jpg"));
        var metadata = (await cluster.FindAsync("all.jpg"))!.Value.GetProperty("metadata");
        Assert.Equal(
            ("Gulls", "Two gulls over the harbour of Årsund", "2019-05-21T14:03:59+02:00", "Fujifilm X-T3", 4),
            (
                metadata.GetProperty("title").GetString(),
                metadata.GetProperty("description").GetString(),
                metadata.GetProperty("takenAt").GetString(),
                metadata.GetProperty("camera").GetString(),
                metadata.GetProperty("rating").GetInt32()
            )
        );
        Assert.Equal(
            ["gull", "golden retriever", "写真"],
            metadata.GetProperty("keywords").EnumerateArray().Select(word => word.GetString())
        );
        var place = metadata.GetProperty("position");
        Assert.Equal(keeps, place.ValueKind == System.Text.Json.JsonValueKind.Object);
        Assert.Equal(keeps ? 48.85837 : 0, keeps ? place.GetProperty("latitude").GetDouble() : 0, 4);
    }
}
