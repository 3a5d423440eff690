using Serverless.Storage;

namespace Functions.Tests.Storage;

public sealed class BlobNamesTests
{
    [Theory]
    [InlineData("cat.jpg"), InlineData("a/b//c.jpg"), InlineData("%2Fx"), InlineData("..."), InlineData("a/.b")]
    public void A_plain_name_is_sent_as_it_is(string name) => Assert.Same(name, BlobNames.Marked(name));

    [Theory]
    [InlineData("/x", "%2Fx"), InlineData("x/", "x%2F"), InlineData("a/../b", "a%2F..%2Fb"), InlineData("./x", ".%2Fx")]
    [InlineData("\uFDD0s", "%EF%B7%90s"), InlineData("/\uFDD0s\uFDD0/", "%2F%EF%B7%90s%EF%B7%90%2F"), InlineData("\uFDD0", "%EF%B7%90")]
    public void Every_other_name_is_sent_as_it_is_meant(string name, string sent) =>
        Assert.Equal($"/account/images/{sent}", BlobNames.Unmarked($"/account/images/{Uri.EscapeDataString(BlobNames.Marked(name))}"));

    [Theory]
    [
        InlineData("a\\b", "a/b"),
        InlineData("\\", "/"),
        InlineData("a/.", "a/."),
        InlineData("..", null),
        InlineData(".", null),
        InlineData("", null),
        InlineData(null, null)
    ]
    public void A_backslash_is_a_slash_and_a_name_of_one_step_is_none(string? name, string? normal) =>
        Assert.Equal(normal, BlobNames.Normalized(name));
}
