using FunctionsHost.Triggers.Blob;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class BlobPathPatternTests
{
    [Theory]
    [InlineData("images/{name}", "a/b.jpg", "name=a/b.jpg")]
    [InlineData("images/{name}", "line\nbreak", "name=line\nbreak")]
    [InlineData("images/{name}.{ext}", "a.tar.gz", "name=a.tar,ext=gz")]
    [InlineData("images/{name}.{ext}", "noext", null)]
    [InlineData("images/in/{name}.jpg", "in/a.jpg", "name=a")]
    [InlineData("images/in/{name}.jpg", "in/a.jpg.bak", null)]
    [InlineData("images/in/{name}.jpg", "out/in/a.jpg", null)]
    [InlineData("images/{{x}}-{name}", "{x}-1", "name=1")]
    [InlineData("images/fixed.txt", "fixed.txt", "")]
    [InlineData("images/fixed.txt", "fixedXtxt", null)]
    public void Matches_whole_names_and_names_their_parts(string path, string blob, string? tokens)
    {
        var match = BlobPathPattern.Parse(path, "F").Match(blob);
        Assert.Equal(tokens, match is null ? null : string.Join(',', match.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("images/{name}", "")]
    [InlineData("images/in/{name}", "in/")]
    [InlineData("images/{{x}}/{name}", "{x}/")]
    [InlineData("images/fixed.txt", "fixed.txt")]
    public void Lists_only_what_starts_like_the_pattern(string path, string prefix) =>
        Assert.Equal(prefix, BlobPathPattern.Parse(path, "F").Prefix);

    [Fact]
    public void A_long_hostile_name_takes_no_time() =>
        Assert.Null(BlobPathPattern.Parse("images/{a}x{b}x{c}x{d}y", "F").Match(new string('x', 1024)));
}
