using System.Text.Json;
using Functions.Tests.Imaging;
using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Embeddings;

public class DefaultModelTests(DefaultModel model, TransformersPeer peer) : IClassFixture<DefaultModel>, IClassFixture<TransformersPeer>
{
    [Fact]
    public void It_says_what_it_is()
    {
        var description = model.Get<EmbeddingModel>();

        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "models", "default", "config.json")));
        Assert.Equal(("default", "onnx"), (description.Name, description.Provider));
        Assert.Equal(config.RootElement.GetProperty("projection_dim").GetInt32(), description.Dimensions);
        Assert.NotNull(description.CopyDescriptorDimensions);
        Assert.Matches("^[0-9a-f]{16}$", description.Revision);
        Assert.InRange(description.Thresholds.Duplicate, 0.8, 0.99);
        Assert.InRange(description.Thresholds.CandidateSearch, 0.5, description.Thresholds.Duplicate);
    }

    [Theory]
    [InlineData("scene.jpg")]
    [InlineData("alpha.png")]
    [InlineData("exif-6.jpg")]
    [InlineData("large-1201x803.jpg")]
    public async Task Image_vectors_equal_those_of_the_reference_runtime_on_the_same_pixels(string name)
    {
        var image = model.Get<ImageReader>().Check(Pictures.Bytes(name)).Image!;
        var vision = model.Get<OnnxModel>().Vision;
        var pixels = new float[vision.Preprocessor.Length];
        vision.Preprocessor.Fill(image, pixels);
        int[] shape = [1, 3, vision.Preprocessor.Height, vision.Preprocessor.Width];

        var ours = await model.EmbedAsync(image);

        Assert.InRange(
            Cosine.Of(ours.Vector, await peer.RunAsync(vision.Path, "image_embeds", ("pixel_values", pixels, shape))),
            0.99999,
            1.00001
        );
        Assert.InRange(
            Cosine.Of(ours.CopyDescriptor!.Value, await peer.RunAsync(vision.Path, "instance_embeds", ("pixel_values", pixels, shape))),
            0.99999,
            1.00001
        );
    }

    [Theory]
    [InlineData("a red car")]
    [InlineData("Two dogs, one bone; 42% happy!")]
    [InlineData("")]
    [InlineData("crème brûlée 東京 🦓")]
    public async Task Text_vectors_equal_those_of_the_reference_runtime_and_tokenizer(string text)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "models", "default");
        var ids = (await peer.TokenizeAsync(folder, [text]))[0].Select(id => (long)id).DefaultIfEmpty(0).ToArray();
        var mask = Array.ConvertAll(ids, _ => text.Length == 0 ? 0L : 1L);

        var reference = await peer.RunAsync(
            model.Get<OnnxModel>().Text.Path,
            "text_embeds",
            ("input_ids", ids, [1, ids.Length]),
            ("attention_mask", mask, [1, ids.Length])
        );

        Assert.InRange(Cosine.Of(await model.EmbedAsync(text), reference), 0.99999, 1.00001);
    }

    [Fact]
    public async Task Vectors_have_length_one()
    {
        var image = await model.EmbedAsync(Pictures.Checked("scene.jpg"));

        Assert.All(
            [image.Vector.ToArray(), image.CopyDescriptor!.Value.ToArray(), await model.EmbedAsync("a boat")],
            vector => Assert.InRange(vector.Sum(value => (double)value * value), 0.99999, 1.00001)
        );
    }

    [Fact]
    public async Task A_copy_in_another_format_is_above_the_threshold_and_another_picture_is_not()
    {
        var original = await model.EmbedAsync(Pictures.Checked("scene.png"));
        var copy = await model.EmbedAsync(Pictures.Checked("scene.webp"));
        var other = await model.EmbedAsync(
            Pictures.Accepted(NetVips.Image.Gaussnoise(200, 150, sigma: 40, mean: 128).Cast(NetVips.Enums.BandFormat.Uchar).PngsaveBuffer())
        );
        var threshold = model.Get<EmbeddingModel>().Thresholds.Duplicate;

        Assert.InRange(Cosine.Of(original.CopyDescriptor!.Value, copy.CopyDescriptor!.Value), threshold, 1.00001);
        Assert.InRange(Cosine.Of(original.CopyDescriptor!.Value, other.CopyDescriptor!.Value), -1, threshold);
    }

    [Fact]
    public async Task A_text_and_its_picture_are_nearer_than_a_text_and_another_picture()
    {
        var red = await model.EmbedAsync(Plain(220, 20, 20));
        var blue = await model.EmbedAsync(Plain(20, 40, 220));
        var text = await model.EmbedAsync("red");

        Assert.True(Cosine.Of(text, red.Vector) > Cosine.Of(text, blue.Vector));
    }

    [Fact]
    public async Task An_outline_is_nearest_to_the_coloured_drawing_of_the_same_thing()
    {
        foreach (var (name, outline) in Shapes.Outlines)
        {
            var query = (await model.EmbedAsync(outline)).Vector;
            var cosines = new Dictionary<string, double>();
            foreach (var (other, drawing) in Shapes.Coloured)
            {
                cosines[other] = Cosine.Of(query, (await model.EmbedAsync(drawing)).Vector);
            }

            Assert.Equal(name, cosines.MaxBy(found => found.Value).Key);
        }
    }

    [Theory]
    [InlineData("Hund", "dog")]
    [InlineData("rotes Herz", "red heart")]
    [InlineData("Regenschirm", "umbrella")]
    [InlineData("chien", "dog")]
    [InlineData("parapluie", "umbrella")]
    [InlineData("perro", "dog")]
    [InlineData("avión", "airplane")]
    [InlineData("cuore rosso", "red heart")]
    [InlineData("aereo", "airplane")]
    [InlineData("cachorro", "dog")]
    [InlineData("avião", "airplane")]
    [InlineData("犬", "dog")]
    [InlineData("傘", "umbrella")]
    [InlineData("雪だるま", "snowman")]
    [InlineData("自行车", "bicycle")]
    [InlineData("雨伞", "umbrella")]
    public async Task A_name_in_another_language_is_nearest_to_its_English_one(string name, string english)
    {
        string[] names = ["dog", "red heart", "green apple", "blue heart", "guitar", "bicycle", "airplane", "umbrella", "house", "snowman"];
        var vector = await model.EmbedAsync(name);
        var cosines = await Task.WhenAll(names.Select(async other => Cosine.Of(vector, await model.EmbedAsync(other))));

        Assert.Equal(english, names[Array.IndexOf(cosines, cosines.Max())]);
    }

    [Fact]
    public async Task Many_threads_share_it_and_get_what_one_gets()
    {
        var images = new[] { "scene.jpg", "alpha.png", "grey.jpg" }.Select(Pictures.Checked).ToArray();
        var alone = new List<ImageEmbedding>();
        foreach (var image in images)
        {
            alone.Add(await model.EmbedAsync(image));
        }

        using var collecting = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!collecting.IsCancellationRequested)
            {
                GC.Collect(); // what native code still uses must not be collectable
                GC.WaitForPendingFinalizers();
            }
        });
        var together = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => Task.Run(() => model.EmbedAsync(images[i % 3]))));
        await collecting.CancelAsync();
        await collector;

        Assert.All(together.Index(), item => Assert.InRange(Cosine.Of(item.Item.Vector, alone[item.Index % 3].Vector), 0.99999, 1.00001));
    }

    private static CheckedImage Plain(double red, double green, double blue) =>
        Pictures.Accepted(
            (NetVips.Image.Black(64, 64, bands: 3) + [red, green, blue]).Cast(NetVips.Enums.BandFormat.Uchar).PngsaveBuffer()
        );
}
