using Functions.Tests.Embeddings;
using Microsoft.Extensions.AI;
using NetVips;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Labels;
using Shared;

namespace Functions.Tests.Labels;

/// <summary>What the bundled model says of pictures: the styles it was measured to know, and nothing where it is not sure.</summary>
public sealed class LabellerTests(DefaultModel model) : IClassFixture<DefaultModel>
{
    [Fact]
    public async Task Photographs_are_told_from_drawings()
    {
        using var labeller = Labeller();
        var photos = new List<string?>();
        foreach (var name in Picture.Photos)
        {
            photos.Add((await OfAsync(labeller, Picture.Photo(name).Jpeg())).Style?.Name);
        }

        Assert.All(photos, style => Assert.True(style is null or "photo", $"A photograph is taken for {style}."));
        Assert.InRange(photos.Count(style => style == "photo"), 4, photos.Count);
        Assert.NotEqual("photo", (await OfAsync(labeller, Outline())).Style?.Name);
    }

    [Fact]
    public async Task Certainties_are_shares_and_only_labels_that_are_offered_are_given()
    {
        using var labeller = Labeller();
        var offered = Enum.GetValues<LabelKind>().SelectMany(labeller.Offered).ToHashSet();
        Assert.Contains("photo", offered);
        foreach (var name in Picture.Photos)
        {
            var labels = await OfAsync(labeller, Picture.Photo(name).Jpeg());
            Assert.All(
                labels.Objects.Concat(labels.Style is { } style ? [style] : []),
                label =>
                {
                    Assert.Contains(label.Name, offered);
                    Assert.InRange(label.Certainty, 0.1, 1.0001);
                }
            );
        }
    }

    [Fact]
    public async Task A_vector_of_another_model_is_not_labelled()
    {
        using var labeller = Labeller();
        var known = model.Get<EmbeddingModel>();
        var vector = await model.EmbedAsync("heart");
        Assert.NotEmpty((await labeller.OfAsync(known.Name, known.Revision, vector, null, default)).Objects);
        Assert.Same(PictureLabels.None, await labeller.OfAsync("another", known.Revision, vector, null, default));
    }

    [Fact]
    public async Task A_model_that_was_not_measured_gives_no_label()
    {
        var known = model.Get<EmbeddingModel>();
        using var labeller = new Labeller(
            model.Get<IEmbeddingGenerator<string, Embedding<float>>>(),
            known with
            {
                Thresholds = ModelThresholds.Uncalibrated,
            }
        );
        Assert.Equal(Serverless.Labels.Labeller.NoVersion, labeller.Version);
        Assert.Same(PictureLabels.None, await labeller.OfAsync(await model.EmbedAsync("heart"), null, default));
    }

    private Labeller Labeller() => new(model.Get<IEmbeddingGenerator<string, Embedding<float>>>(), model.Get<EmbeddingModel>());

    private async Task<PictureLabels> OfAsync(Labeller labeller, byte[] file) =>
        await labeller.OfAsync((await model.EmbedAsync(model.Get<ImageReader>().Check(file).Image!)).Vector, null, default);

    /// <summary>A house of thin lines.</summary>
    private static byte[] Outline()
    {
        using var plain = (Image.Black(256, 256, bands: 3) + 255)
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        using var drawn = plain.Mutate(image =>
        {
            image.DrawRect([0], 60, 120, 136, 100);
            image.DrawLine([0], 60, 120, 128, 50);
            image.DrawLine([0], 128, 50, 196, 120);
            image.DrawRect([0], 110, 160, 36, 60);
        });
        return drawn.PngsaveBuffer();
    }
}
