using Functions.Tests.Embeddings;
using Shared;
using Xunit;

namespace EndToEnd.Tests.LocalRun;

public sealed class ModelTests
{
    [Fact]
    public async Task A_model_named_at_the_start_is_fetched_and_takes_over_what_is_there()
    {
        await using var hub = await HubAsync();
        using var folder = new TemporaryFolder();
        using var cache = new TemporaryFolder();
        await using (var before = await LocalStack.StartAsync(new LocalStackOptions { DataFolder = folder }))
        {
            await new ImageApi(before).UploadAndWaitAsync("there.jpg", Picture.Scene(9801).Jpeg());
            await before.StopAsync();
        }

        var environment = new Dictionary<string, string>
        {
            ["HF_ENDPOINT"] = hub.Endpoint.ToString(),
            ["HF_HOME"] = cache,
            ["HF_TOKEN"] = LocalHub.Token,
        };
        await using var after = await LocalStack.StartAsync(
            new LocalStackOptions
            {
                DataFolder = folder,
                Arguments = ["--model", LocalHub.Repository],
                Environment = environment,
            }
        );
        await Patience.UntilAsync(
            () => Task.FromResult(after.Output.Contains("someone/tiny-clip answers from now on", StringComparison.Ordinal)),
            "the image to be carried over"
        );
        Assert.Contains("images are in the index of someone/tiny-clip", after.Output, StringComparison.Ordinal);
        Assert.Matches(@"someone/tiny-clip has \d+ MB", after.Output);
        var api = new ImageApi(after);
        var found = await ImageApi.ReadAsync(await api.Http.GetAsync("/api/search?text=a+circle&mode=vector&top=1"));
        Assert.Equal("images/there.jpg", ImageApi.Path(found.GetProperty("results")[0]));
        var health = await ImageApi.ReadAsync(await api.Http.GetAsync("/api/health"));
        Assert.Contains("tiny-clip", health.ToString(), StringComparison.Ordinal);
        await after.StopAsync();
    }

    [Fact]
    public async Task A_model_that_is_nowhere_is_one_sentence_before_anything_starts()
    {
        using var folder = new TemporaryFolder();
        var (exit, output, errors) = await LocalProgram.RunAsync(["--data", folder, "--model", "no-such-model"]);
        Assert.Equal(1, exit);
        Assert.Contains("clip-vit-b-32", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.DoesNotContain("Azurite  ", output, StringComparison.Ordinal);
    }

    private static async Task<LocalHub> HubAsync()
    {
        var hub = await LocalHub.StartAsync();
        var model = Path.Combine(RepositoryFolder.Path, "models", "default");
        foreach (var path in Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories))
        {
            hub.Files[Path.GetRelativePath(model, path).Replace('\\', '/')] = await File.ReadAllBytesAsync(path);
        }

        return hub;
    }
}
