using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Serverless.Embeddings;
using Serverless.Embeddings.Hosted;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>Whose turn it is, and what is counted.</summary>
public sealed class HostedWorkTests
{
    [Fact]
    public async Task Texts_and_the_images_of_queries_go_first_and_uploads_do_not()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        var seen = new Noting(rig.Client);
        var image = Imaging.Pictures.Checked("scene.jpg");

        await new HostedTextEmbeddings(rig.Provider, seen).GenerateAsync(["red"]);
        await new HostedImageEmbeddings(rig.Provider, seen).GenerateAsync([image], EmbeddingPriority.Query);
        await new HostedImageEmbeddings(rig.Provider, seen).GenerateAsync([image]);

        Assert.Equal([true, true, false], seen.IsQuery);
    }

    [Fact]
    public async Task What_was_paid_and_what_was_tried_again_is_counted()
    {
        var measured = new ConcurrentBag<(string Instrument, double Value)>();
        await using var rig = await HostedRig.StartAsync(
            EmbeddingOptions.Vertex,
            options => (options.ImagePrice, options.TextPrice) = (700, 1)
        );
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Serverless.Images")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();

        await rig.EmbedAsync(Imaging.Pictures.Checked("scene.jpg"));
        rig.Server.Fail(500);
        await rig.EmbedAsync("1234567");

        // Other tests may talk to the same provider at this moment, at prices of their own.
        Assert.Contains(("images.cost", 0.7), measured);
        Assert.Contains(("images.cost", 0.007), measured);
        Assert.Contains(("images.retries", 1), measured);
        Assert.Contains(("images.embed.calls", 1), measured);

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length == 1 && tags[0].Value is "vertex")
            {
                measured.Add((instrument.Name, value));
            }
        }
    }

    private sealed class Noting(IHostedEmbedder inner) : IHostedEmbedder
    {
        public List<bool> IsQuery { get; } = [];

        public Task<HostedVector> EmbedAsync(HostedInput input, bool isQuery, CancellationToken cancellation)
        {
            IsQuery.Add(isQuery);
            return inner.EmbedAsync(input, isQuery, cancellation);
        }
    }
}
