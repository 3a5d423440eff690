using Serverless.Categories;
using Serverless.Labels;

namespace Functions.Tests.Categories;

public sealed class CategoryNameTests
{
    [Theory]
    [InlineData("Staircases", "Staircases")]
    [InlineData("  product shots ", "product shots")]
    [InlineData("Café & Bar (2024)", "Café & Bar (2024)")]
    [InlineData("Cafe\u0301", "Café")]
    [InlineData("樓梯", "樓梯")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("R&D_mark-2 'new'", "R&D_mark-2 'new'")]
    public void Letters_of_any_script_are_a_name(string text, string name) => Assert.Equal(name, CategoryName.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a,b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData("a  b")]
    [InlineData("<script>")]
    [InlineData("a|b")]
    [InlineData("a%2fb")]
    [InlineData("\"x\"")]
    [InlineData("-a")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u200Bb")]
    [InlineData("\ud800")]
    [InlineData("\u0301a")]
    [InlineData("line\n")]
    public void What_could_be_read_as_something_else_is_none(string text) =>
        Assert.Null(text == "line\n" ? CategoryName.Parse("a" + text + "a") : CategoryName.Parse(text));

    [Fact]
    public void A_name_has_at_most_64_letters()
    {
        Assert.NotNull(CategoryName.Parse(new string('a', 64)));
        Assert.Null(CategoryName.Parse(new string('a', 65)));
        Assert.Null(CategoryName.Parse(new string('a', 100_000)));
    }

    [Fact]
    public void Names_that_differ_only_in_case_share_a_row()
    {
        Assert.Equal(CategoryName.KeyOf("Stairs"), CategoryName.KeyOf("sTAIRS"));
        Assert.NotEqual(CategoryName.KeyOf("Stairs"), CategoryName.KeyOf("Stair"));
    }

    [Fact]
    public void Every_label_of_the_vocabulary_can_be_refused_by_its_name() =>
        Assert.All(Vocabulary.OfToday.Labels, label => Assert.Equal(label.Name, CategoryName.Parse(label.Name)));
}
