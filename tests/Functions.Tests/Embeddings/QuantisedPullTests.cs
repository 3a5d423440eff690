using System.Globalization;
using System.Text.RegularExpressions;
using Functions.Tests.Embeddings.Generated;
using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Xunit;

namespace Functions.Tests.Embeddings;

public sealed partial class QuantisedPullTests(GeneratedModels models) : IClassFixture<GeneratedModels>
{
    [Fact]
    public async Task Quantised_graphs_that_agree_are_kept_and_measured()
    {
        await using var rig = await StartAsync();

        Assert.True(await PullAsync(rig) == 0, rig.Errors);

        Assert.Matches(@"int8 agrees with fp32 at a mean cosine of 0\.9\d+", rig.Errors);
        var folder = rig.Folder(LocalHub.Repository);
        using var model = new OnnxModel(folder, new EmbeddingOptions { Model = folder, Precision = "int8" });
        Assert.Contains("int8", await File.ReadAllTextAsync(Path.Combine(folder, "measured.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quantised_graphs_of_other_weights_are_removed_again_with_the_number_and_the_command_for_fp32()
    {
        await using var rig = await StartAsync();
        var other = Path.Combine(models.Copy("clip"), "other.onnx");
        DualEncoderGraphs.Vision(DualEncoderShape.TinyClip with { Vision = new(64, 3, 2, 128) }, int8: true).Onnx.Save(other);
        rig.Hub.Files["onnx/vision_model_int8.onnx"] = await File.ReadAllBytesAsync(other);

        Assert.Equal(1, await PullAsync(rig));

        var said = Said().Match(rig.Errors);
        Assert.True(said.Success, rig.Errors);
        Assert.InRange(double.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture), -1, 0.9799);
        Assert.Contains($"dotnet run --project local -- --model {LocalHub.Repository}", rig.Errors, StringComparison.Ordinal);
        var folder = rig.Folder(LocalHub.Repository); // verified against the lock
        Assert.Empty(Directory.GetFiles(folder, "*_int8.onnx", SearchOption.AllDirectories));
        using var model = new OnnxModel(folder, new EmbeddingOptions { Model = folder });
    }

    private static Task<int> PullAsync(HubRig rig)
    {
        rig.Calibrate(LocalHub.Repository);
        return rig.RunAsync("pull", LocalHub.Repository, "--int8");
    }

    private async Task<HubRig> StartAsync()
    {
        var rig = await HubRig.StartAsync();
        foreach (var path in Directory.EnumerateFiles(models["clip"], "*", SearchOption.AllDirectories))
        {
            rig.Hub.Files[Path.GetRelativePath(models["clip"], path).Replace('\\', '/')] = await File.ReadAllBytesAsync(path);
        }

        return rig;
    }

    [GeneratedRegex(@"its int8 graphs agree with fp32 only at a mean cosine of (-?\d\.\d{4}), and 0\.98 is needed")]
    private static partial Regex Said();
}
