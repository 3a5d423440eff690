using System.Numerics.Tensors;
using Local.Calibration.Words;

namespace Functions.Tests.Duplicates.Calibration;

public class NoMatchTests
{
    private const int Width = 64;

    [Fact]
    public void Two_of_a_hundred_texts_that_describe_nothing_may_pass_and_a_text_that_describes_a_picture_does()
    {
        var random = new Random(3);
        var pictures = Vectors(random, 300);
        var texts = Vectors(random, NoMatch.Texts.Count);

        var clarity = NoMatch.Of(pictures, texts)!;

        Assert.InRange(texts.Count(text => Best(pictures, text)[0] >= clarity.Similarity), 1, 2);
        Assert.InRange(texts.Count(text => Best(pictures, text) is var best && best[0] - best[9] >= clarity.Lead), 1, 2);
        Assert.True(Best(pictures, pictures[7])[0] >= clarity.Similarity);
    }

    [Fact]
    public void Ninety_nine_pictures_are_too_few_to_tell() =>
        Assert.Null(NoMatch.Of(Vectors(new Random(1), 99), Vectors(new Random(2), NoMatch.Texts.Count)));

    [Fact]
    public void The_texts_are_a_hundred_different_ones() => Assert.Equal(100, NoMatch.Texts.Distinct().Count());

    private static float[] Best(List<ReadOnlyMemory<float>> pictures, ReadOnlyMemory<float> text) =>
        [.. pictures.Select(picture => TensorPrimitives.Dot(picture.Span, text.Span)).OrderDescending().Take(10)];

    private static List<ReadOnlyMemory<float>> Vectors(Random random, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    var vector = Enumerable.Range(0, Width).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
                    TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
                    return (ReadOnlyMemory<float>)vector;
                }),
        ];
}
