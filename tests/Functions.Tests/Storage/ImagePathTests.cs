using Serverless.Storage;

namespace Functions.Tests.Storage;

public sealed class ImagePathTests
{
    [Theory]
    [InlineData("images/cat.jpg", "images", "cat.jpg")]
    [InlineData("images/a/b c/ä.jpg", "images", "a/b c/ä.jpg")]
    [InlineData("images//cat.jpg", "images", "/cat.jpg")]
    public void A_path_is_container_and_name(string text, string container, string name) =>
        Assert.Equal(new ImagePath(container, name), ImagePath.TryParse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("images")]
    [InlineData("images/")]
    [InlineData("/cat.jpg")]
    public void Anything_else_is_none(string? text) => Assert.Null(ImagePath.TryParse(text));

    [Fact]
    public void The_longest_name_is_taken_and_a_longer_one_is_not()
    {
        Assert.NotNull(ImagePath.TryParse("images/" + new string('x', 1024)));
        Assert.Null(ImagePath.TryParse("images/" + new string('x', 1025)));
    }

    [Fact]
    public void Ids_are_url_safe_stable_and_differ_by_path()
    {
        var id = new ImagePath("images", "cat.jpg").Id;
        Assert.True(ImagePath.IsId(id));
        Assert.Equal(id, new ImagePath("images", "cat.jpg").Id);
        Assert.NotEqual(id, new ImagePath("images", "Cat.jpg").Id);
        Assert.NotEqual(new ImagePath("ab", "c/d").Id, new ImagePath("abc", "d").Id);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("abcdef0123456789abcdef012345678")]
    public void What_is_no_id_is_told(string text) => Assert.False(ImagePath.IsId(text));
}
