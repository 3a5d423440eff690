using System.Net;
using System.Net.Http.Json;
using System.Numerics.Tensors;
using System.Text.Json;
using Azure.Search.Documents.Models;
using Functions.Tests.Embeddings;
using Functions.Tests.Embeddings.Generated;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Backfill;

/// <summary>
/// The model of a filled bucket is changed while the previous one's files are gone: by name, by revision (other files under the same
/// name), with as many dimensions and with others. Whoever does what the refused start says gets an index in which every vector is one of the new model.
/// </summary>
[Long]
public sealed class ModelChangeTests : IDisposable
{
    private static readonly string[] Live = ["first.jpg", "second.jpg", "third.jpg", "judged-apart.jpg"];

    private readonly string root = Directory.CreateTempSubdirectory("models-").FullName;
    private readonly TokenizerFolders tokenizers = new();

    [Fact]
    public async Task A_new_index_and_a_backfill_make_every_vector_one_of_the_new_model_and_move_nothing()
    {
        var shape = DualEncoderShape.TinyClip;
        await using var cluster = await Cluster.StartAsync(
            apps: 1,
            visibilityWindow: TimeSpan.FromSeconds(1),
            settings: new() { ["Embedding__Model"] = Model("one/clip", shape) }
        );
        await FillAsync(cluster);

        await ChangeAsync(cluster, "same-files", Model("one/other-name", shape));
        await ChangeAsync(cluster, "same-name", Model("two/other-name", shape with { Vision = shape.Vision with { Layers = 1 } }));
        await ChangeAsync(cluster, "other-length", Model("three/other-name", shape with { Projection = 48 }), isReconciled: true);

        using var restored = await cluster.RestoreAsync((await cluster.FindAsync("copy.jpg"))!.Value);
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        await cluster.DrainAsync();
        await AssertVectorsAsync(cluster, "other-length", [.. Live, "copy.jpg"]);
        await AssertUnmovedAsync(cluster, [.. Live, "copy.jpg"], []);
    }

    public void Dispose()
    {
        tokenizers.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private static async Task FillAsync(Cluster cluster)
    {
        await cluster.TakeInAsync("first.jpg", Picture.Scene(1).Jpeg());
        await cluster.TakeInAsync("copy.jpg", Picture.Scene(1).Jpeg(80));
        await cluster.TakeInAsync("second.jpg", Picture.Scene(2).Jpeg());
        await cluster.TakeInAsync("third.jpg", Picture.Scene(3).Jpeg());
        await cluster.TakeInAsync("judged-apart.jpg", Picture.Scene(3).Jpeg(80));
        await cluster.TakeInAsync("no-picture.txt", "Not a picture."u8.ToArray());
        using var restored = await cluster.RestoreAsync((await cluster.FindAsync("judged-apart.jpg"))!.Value);
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        await cluster.DrainAsync();
        await AssertUnmovedAsync(cluster, Live, ["copy.jpg"]);
    }

    private static async Task ChangeAsync(Cluster cluster, string index, string model, bool isReconciled = false)
    {
        var before = await RecordsAsync(cluster);
        await cluster.Apps[0].DisposeAsync();
        cluster.Apps.Clear();
        Directory.Delete(cluster.Settings["Embedding__Model"], recursive: true);
        cluster.Settings["Embedding__Model"] = model;
        var said = await AppProcess.RefusalAsync(cluster.Settings);
        Assert.Contains("set Search:Index to a new name, restart and POST /api/backfill", said, StringComparison.Ordinal);
        cluster.Settings["Search__Index"] = index;
        await cluster.AddAppAsync();

        // Until it is judged anew, nothing is compared with it, and it is in no answer.
        using var similar = await cluster.Apps[0].Http.GetAsync($"/api/images/{before["first.jpg"].GetProperty("id").GetString()}/similar");
        Assert.Equal(HttpStatusCode.Conflict, similar.StatusCode);

        if (!isReconciled)
        {
            await cluster.PostAsync("/api/backfill", new { container = "images" });
        }
        else
        {
            await Patience.UntilAsync(async () => (await cluster.ReconcileAsync()).ToString().Split("otherModel").Length > Live.Length);
        }

        await cluster.DrainAsync();
        await AssertVectorsAsync(cluster, index, Live);
        await AssertUnmovedAsync(cluster, Live, ["copy.jpg"]);
        var after = await RecordsAsync(cluster);
        Assert.Equal(before["copy.jpg"].GetRawText(), after["copy.jpg"].GetRawText());
        Assert.Equal("rejected", after["no-picture.txt"].GetProperty("status").GetString());
    }

    private static async Task AssertVectorsAsync(Cluster cluster, string index, string[] names)
    {
        Assert.Equal(names.Length, (await cluster.Index(index).GetDocumentCountAsync()).Value);
        var model = (await cluster.GetAsync("/api/health")).GetProperty("model").GetProperty("name").GetString();
        var revisions = new HashSet<object>();
        foreach (var name in names)
        {
            var record = (await cluster.FindAsync(name))!.Value;
            var document = (await cluster.Index(index).GetDocumentAsync<SearchDocument>(record.GetProperty("id").GetString())).Value;
            var bytes = (await cluster.Images.GetBlobClient(name).DownloadContentAsync()).Value.Content;
            using var content = new ByteArrayContent(bytes.ToArray()) { Headers = { ContentType = new("image/jpeg") } };
            using var answer = await cluster.Apps[0].Http.PostAsync("/api/embed", content);
            var expected = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("vector").Deserialize<float[]>()!;
            var actual = document.GetObjectVector("embedding");
            Assert.Equal(expected.Length, actual.Length);
            Assert.InRange(TensorPrimitives.CosineSimilarity<float>(expected, actual), 0.9999f, 1.0001f);
            Assert.Equal(model, document["model"]);
            Assert.Equal(model, record.GetProperty("model").GetString());
            revisions.Add(document["modelRevision"]);
        }

        Assert.Equal(16, Assert.IsType<string>(Assert.Single(revisions)).Length);
    }

    private static async Task AssertUnmovedAsync(Cluster cluster, string[] live, string[] quarantined)
    {
        foreach (var name in live)
        {
            Assert.Equal("indexed", await cluster.StatusAsync(name));
            Assert.True((await cluster.Images.GetBlobClient(name).ExistsAsync()).Value, name);
        }

        foreach (var name in quarantined)
        {
            var record = (await cluster.FindAsync(name))!.Value;
            Assert.Equal("quarantined", record.GetProperty("status").GetString());
            Assert.Equal("images/first.jpg", record.GetProperty("duplicateOf").GetProperty("path").GetString());
        }
    }

    private static async Task<Dictionary<string, JsonElement>> RecordsAsync(Cluster cluster)
    {
        var records = new Dictionary<string, JsonElement>();
        foreach (var name in new[] { "first.jpg", "copy.jpg", "no-picture.txt" })
        {
            records[name] = (await cluster.FindAsync(name))!.Value;
        }

        return records;
    }

    private string Model(string name, DualEncoderShape shape)
    {
        var folder = Path.Combine(root, name);
        GeneratedModel.Write(folder, shape, tokenizers["clip"]);
        return folder;
    }
}

file static class Vectors
{
    public static float[] GetObjectVector(this SearchDocument document, string field) =>
        [
            .. ((System.Collections.IEnumerable)document[field])
                .Cast<object>()
                .Select(value => Convert.ToSingle(value, System.Globalization.CultureInfo.InvariantCulture)),
        ];
}
