using Serverless.Labels;

namespace Functions.Tests.Labels;

public sealed class VocabularyTests
{
    [Fact]
    public void A_label_is_looked_for_by_all_its_words_in_every_template()
    {
        var label = Assert.Single(Vocabulary.Parse(["# a comment", "[objects]", "{}", "a photo of a {}", "", "boat: sailboat; ferry"]));
        Assert.Equal((LabelKind.Objects, "boat"), (label.Kind, label.Name));
        Assert.Equal(["boat", "a photo of a boat", "sailboat", "a photo of a sailboat", "ferry", "a photo of a ferry"], label.Prompts);
    }

    [Fact]
    public void The_name_of_a_style_is_a_key_and_not_looked_for()
    {
        var label = Assert.Single(Vocabulary.Parse(["[style]", "{}", "lineDrawing: line drawing; sketch"]));
        Assert.Equal(["line drawing", "sketch"], label.Prompts);
    }

    [Fact]
    public void The_vocabulary_has_the_usual_styles_and_some_hundreds_of_things_each_once()
    {
        var styles = Vocabulary.OfToday.Names(LabelKind.Style).ToList();
        var objects = Vocabulary.OfToday.Names(LabelKind.Objects).ToList();
        Assert.Equal(
            [
                "photo",
                "illustration",
                "lineDrawing",
                "clipArt",
                "painting",
                "render",
                "screenshot",
                "document",
                "chart",
                "map",
                "blueprint",
            ],
            styles
        );
        Assert.InRange(objects.Count, 300, 400);
        Assert.Empty(
            objects.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key)
        );
        Assert.All(Vocabulary.OfToday.Labels, label => Assert.NotEmpty(label.Prompts));
    }
}
