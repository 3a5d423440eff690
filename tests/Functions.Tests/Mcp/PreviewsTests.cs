using Serverless.Mcp;

namespace Functions.Tests.Mcp;

public sealed class PreviewsTests
{
    [Theory]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("svg", "image/svg+xml")]
    [InlineData("pdf", "application/pdf")]
    [InlineData("ico", "image/vnd.microsoft.icon")]
    [InlineData("cr2", "image/x-canon-cr2")]
    [InlineData("", null)]
    public void A_link_says_the_media_type_of_the_original(string format, string? type)
    {
        var image = new FoundImage(
            "id",
            "images/a",
            "a",
            "a",
            "a",
            "http://127.0.0.1/ui?image=id",
            "http://127.0.0.1/content",
            "http://127.0.0.1/content?size=256",
            Width: 2,
            Height: 2,
            format,
            Bytes: 3,
            UploadedAt: null,
            TakenAt: null,
            Tags: [],
            Keywords: [],
            Similarity: null,
            Matched: null
        );

        Assert.Equal(type, Previews.LinkTo(image).MimeType);
    }
}
