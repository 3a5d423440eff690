using System.Text.Json;
using Xunit;

namespace Local.Tests;

public sealed class ImageRecordsTests
{
    [Theory]
    [InlineData("""{"status":"indexed","verdict":"new","duplicateOf":null,"similarity":null}""", "new, indexed")]
    [InlineData("""{"status":"indexed","verdict":"new","duplicateOf":null,"similarity":0.25}""", "new, indexed")]
    [InlineData(
        """{"status":"indexed","verdict":"lookAlike","duplicateOf":{"id":"x","path":"images/a.jpg"},"similarity":0.9912}""",
        "looks like images/a.jpg (similarity 0.991), indexed"
    )]
    [InlineData(
        """{"status":"quarantined","verdict":"copy","duplicateOf":{"id":"x","path":"images/a.jpg"},"similarity":0.9989}""",
        "copy of images/a.jpg (similarity 0.999), moved to quarantine"
    )]
    [InlineData(
        """{"status":"indexed","verdict":"exact","duplicateOf":{"id":"x","path":"images/a.jpg"},"similarity":1}""",
        "exact copy of images/a.jpg, indexed"
    )]
    [InlineData("""{"status":"rejected","verdict":null,"reason":"This is not an image."}""", "rejected: This is not an image.")]
    public void A_record_becomes_one_line(string record, string line) =>
        Assert.Equal(line, ImageRecords.Describe(JsonElement.Parse(record)));
}
