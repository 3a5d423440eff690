using System.Numerics.Tensors;
using Serverless.Embeddings;
using Serverless.Embeddings.Hosted;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>What every provider must do, against servers that refuse whatever the vendor's documentation does not allow.</summary>
public sealed class ProviderContractTests
{
    private const string Nova = "bedrock/amazon.nova-2-multimodal-embeddings-v1:0";
    private const string Gemini = "vertex/gemini-embedding-2";

    public static TheoryData<string> Providers { get; } = ["azure-foundry", "azure-vision", "bedrock", Nova, "vertex", Gemini];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Images_and_texts_become_unit_vectors_of_one_space_with_what_they_cost(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider);

        var red = await rig.EmbedAsync(Imaging.Pictures.Accepted(Flat.Png(220, 20, 20)));
        var blue = await rig.EmbedAsync(Imaging.Pictures.Accepted(Flat.Png(20, 20, 220)));
        var text = await rig.EmbedAsync("something red");

        Assert.Equal(rig.Provider.Dimensions, red.Vector.Length);
        Assert.All([red.Vector, blue.Vector, text.Vector], vector => Assert.Equal(1, TensorPrimitives.Norm<float>(vector.Span), 1e-4));
        Assert.True(
            TensorPrimitives.Dot<float>(red.Vector.Span, text.Vector.Span) > TensorPrimitives.Dot<float>(blue.Vector.Span, text.Vector.Span)
        );
        Assert.Equal(rig.Provider.ImagePrice, EmbeddingReport.Of(red)!.Usd);
        Assert.Equal((1, true), (EmbeddingReport.Of(text)!.Calls, EmbeddingReport.Of(text)!.Usd > 0));
        Assert.Equal(3, rig.Server.Requests.Count);
    }

    [Theory]
    [InlineData("azure-foundry", 1568)]
    [InlineData("azure-vision", 2048)]
    [InlineData("bedrock", 2048)]
    [InlineData(Nova, 2048)]
    [InlineData("vertex", 512)]
    [InlineData(Gemini, 2048)]
    public async Task A_large_image_arrives_downscaled_and_a_small_one_in_its_own_size(string provider, int longSide)
    {
        await using var rig = await HostedRig.StartAsync(provider);

        await rig.EmbedAsync(Imaging.Pictures.Accepted(Flat.Png(200, 120, 40, 3000, 2000)));
        var large = rig.LastImage();
        await rig.EmbedAsync(Imaging.Pictures.Checked("scene.png"));
        var small = rig.LastImage();

        Assert.Equal((longSide, (int)Math.Round(longSide / 1.5)), (large.LongSide, large.ShortSide));
        Assert.Equal((Imaging.Pictures.Width, Imaging.Pictures.Height), (small.Checked.Width, small.Checked.Height));
        Assert.True(Imaging.Pictures.Difference(small.Checked, Imaging.Pictures.Checked("scene.png")) < 2);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Every_format_arrives_upright_as_a_jpeg_without_metadata(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider);
        var scene = Imaging.Pictures.Checked("scene.png");
        foreach (
            var name in new[]
            {
                "exif-6.jpg",
                "exif-3.jpg",
                "scene.heic",
                "scene.tif",
                "scene.bmp",
                "scene.avif",
                "cmyk.jpg",
                "alpha.png",
                "sixteen-bit.png",
                "animated.gif",
            }
        )
        {
            await rig.EmbedAsync(Imaging.Pictures.Checked(name));
            var sent = rig.LastImage();

            Assert.Equal(Serverless.Imaging.ImageFormat.Jpeg, sent.Checked.Format);
            Assert.Empty(sent.Metadata());
            Assert.True(sent.Checked.Width > sent.Checked.Height, name);
            if (name.StartsWith("exif", StringComparison.Ordinal))
            {
                Assert.True(Imaging.Pictures.Difference(sent.Checked, scene) < 4, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_thin_strip_and_noise_are_within_the_limits_too(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider);

        await rig.EmbedAsync(Imaging.Pictures.Accepted(Flat.Png(10, 200, 30, 3000, 4)));
        Assert.True(rig.LastImage().ShortSide >= rig.Provider.Facts.Image.ShortSide);
        Assert.True(rig.LastImage().LongSide <= rig.Provider.Facts.Image.LongSide);

        await rig.EmbedAsync(Imaging.Pictures.Accepted(Flat.Noise(2048, 2048)));
        Assert.True(rig.LastImage().Bytes.Length < 20_000_000);
    }

    [Theory]
    [InlineData("azure-foundry", 512, "The text was cut to its first 512 tokens: Cohere in Microsoft Foundry reads no more.")]
    [InlineData("azure-vision", 70, "The text was cut to its first 70 words: Azure AI Vision reads no more.")]
    [InlineData("bedrock", 256, "The text was cut to its first 256 tokens: Amazon Bedrock reads no more.")]
    [InlineData("vertex", 32, "The text was cut to its first 32 words: Google Vertex AI reads no more.")]
    public async Task A_long_text_is_cut_as_the_provider_does_and_the_report_says_so(string provider, int most, string notice)
    {
        await using var rig = await HostedRig.StartAsync(provider);

        var fits = await rig.EmbedAsync(string.Join(' ', Enumerable.Repeat("red", most)));
        var cut = await rig.EmbedAsync(string.Join(' ', Enumerable.Repeat("red", most + 1)));

        Assert.Null(EmbeddingReport.Of(fits)!.Notice);
        Assert.Equal(notice, EmbeddingReport.Of(cut)!.Notice);
        Assert.Equal(most, rig.LastText().Split(' ').Length);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_outage_that_passes_is_not_noticed(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider, options => options.RetryTimeout = TimeSpan.FromMinutes(2));
        rig.Server.Fail(503);
        rig.Server.Fail(500);
        rig.Server.Faults.Enqueue(response =>
        {
            response.HttpContext.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal(rig.Provider.Dimensions, (await rig.EmbedAsync("red")).Vector.Length);
        Assert.Equal(4, rig.Server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_outage_that_lasts_ends_in_a_sentence_within_the_patience(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider);
        await rig.EmbedAsync("green");
        rig.Provider.Options.RetryTimeout = TimeSpan.FromSeconds(2);
        rig.Server.IsDown = true;

        var outage = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("red"));

        Assert.True(outage.MayPass);
        Assert.Contains("is not available at the moment (503)", outage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_server_that_is_not_there_ends_in_a_sentence(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider);
        await rig.EmbedAsync("red");
        rig.Provider.Options.RetryTimeout = TimeSpan.FromSeconds(1);
        await rig.Server.DisposeAsync();

        var outage = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("green"));

        Assert.Equal(
            (
                true,
                $"{rig.Provider.Facts.Title} at {rig.Provider.Address} does not answer. Check Embedding:Endpoint and the "
                    + "network; the request is retried automatically."
            ),
            (outage.MayPass, outage.Message)
        );
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_malformed_answer_is_paid_once_and_never_becomes_a_vector(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider);
        await rig.EmbedAsync("red");
        object[] malformed =
        [
            "no object",
            new { },
            new
            {
                vector = new[] { 1.0, 2.0 },
                modelVersion = "2023-04-15",
                embedding = new[] { 1.0 },
            },
            new
            {
                vector = Enumerable.Repeat("x", 1024),
                modelVersion = "2023-04-15",
                embedding = Enumerable.Repeat("x", 1024),
                predictions = new[] { new { textEmbedding = Enumerable.Repeat("x", 1408) } },
            },
            new
            {
                vector = new float[1024],
                modelVersion = "2023-04-15",
                embedding = new float[1024],
                predictions = new[] { new { textEmbedding = new float[1408] } },
            },
            new
            {
                vector = Enumerable.Repeat(1.0, 1024),
                modelVersion = "2022-04-11",
                predictions = Array.Empty<int>(),
            },
        ];
        foreach (var body in malformed)
        {
            rig.Server.Fail(200, body);
            var outage = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("green"));
            Assert.False(outage.MayPass);
            Assert.Contains("did not return a vector", outage.Message, StringComparison.Ordinal);
        }

        rig.Server.Faults.Enqueue(response => response.Body.WriteAsync("<html>"u8.ToArray()).AsTask());
        await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("green"));
        Assert.Equal(1 + malformed.Length + 1, rig.Server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_answer_without_end_is_cut_off(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider);
        await rig.EmbedAsync("red");
        rig.Provider.Options.RetryTimeout = TimeSpan.FromSeconds(1);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            rig.Server.Faults.Enqueue(response => response.Body.WriteAsync(new byte[2 * HostedClient.MaxAnswerBytes]).AsTask());
        }

        await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("green"));
    }
}
