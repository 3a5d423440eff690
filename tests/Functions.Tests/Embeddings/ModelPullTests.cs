using Functions.Tests.Imaging;
using Local;
using Local.Commands;
using Local.Models;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;
using Spectre.Console;
using Xunit;

namespace Functions.Tests.Embeddings;

public sealed class ModelPullTests : IAsyncLifetime
{
    private readonly string cache = Directory.CreateTempSubdirectory("hub-").FullName;
    private readonly InstantTime time = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private LocalHub hub = null!;
    private bool offline;
    private TimeSpan downloadTimeout = TimeSpan.FromSeconds(30);
    private string? token;

    public async ValueTask InitializeAsync()
    {
        hub = await LocalHub.StartAsync();
        var model = Path.Combine(AppContext.BaseDirectory, "models", "default");
        foreach (var path in Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories))
        {
            hub.Files[Path.GetRelativePath(model, path).Replace('\\', '/')] = await File.ReadAllBytesAsync(path);
        }

        hub.Files["README.md"] = "not wanted"u8.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await output.DisposeAsync();
        await errors.DisposeAsync();
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public async Task A_pulled_model_is_locked_verified_and_loads()
    {
        Assert.Equal(0, await PullAsync());

        var snapshot = ModelFolder.Resolve(LocalHub.Repository, Environment());
        Assert.Equal(hub.Files["onnx/vision_model.onnx"], await File.ReadAllBytesAsync(Path.Combine(snapshot, "onnx/vision_model.onnx")));
        Assert.False(File.Exists(Path.Combine(snapshot, "README.md")));
        Assert.Equal(LocalHub.Commit, ModelLock.Read(LockFile)!.Commit);
        Assert.DoesNotContain(AllFiles(), path => path.EndsWith(".incomplete", StringComparison.Ordinal));
        using var model = new OnnxModel(snapshot, new EmbeddingOptions { Model = LocalHub.Repository });
        Assert.Equal(model.Vision.Embed([Pictures.Checked("scene.jpg")])[0].Vector.Length, model.Description.Dimensions);
        Assert.Matches(@"onnx/vision_model\.onnx +[0-9]+\.[0-9] MB\n", errors.ToString());
    }

    [Fact]
    public async Task A_model_without_thresholds_is_calibrated_on_the_sample_pictures()
    {
        hub.Files.Remove(ModelThresholds.FileName, out _);

        Assert.Equal(0, await PullAsync());

        var snapshot = ModelFolder.Resolve(LocalHub.Repository, Environment());
        Assert.Contains("calibrated on the sample pictures", errors.ToString(), StringComparison.Ordinal);
        using var model = new OnnxModel(snapshot, new EmbeddingOptions { Model = snapshot });
        Assert.True(model.Description.Thresholds.IsCalibrated);
        Assert.InRange(model.Description.Thresholds.Duplicate, 0.3, 0.98);
        Assert.True(model.Description.Thresholds.CandidateSearch <= model.Description.Thresholds.Duplicate);
    }

    [Fact]
    public async Task A_download_that_stalls_is_taken_up_where_it_stood()
    {
        hub.Stalls["onnx/vision_model.onnx"] = 1;
        downloadTimeout = TimeSpan.FromSeconds(0.5);

        Assert.Equal(0, await PullAsync());

        Assert.Contains(
            hub.Requests,
            request =>
                request.Path.EndsWith("vision_model.onnx", StringComparison.Ordinal)
                && request.Range?.StartsWith("bytes=", StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task A_cut_connection_is_taken_up_where_it_broke_off()
    {
        hub.Cuts["onnx/vision_model.onnx"] = 2;

        Assert.Equal(0, await PullAsync());

        var ranges = hub
            .Requests.Where(request => request.Path == "/cdn/onnx/vision_model.onnx")
            .Select(request => request.Range)
            .ToArray();
        Assert.Equal(3, ranges.Length);
        Assert.Null(ranges[0]);
        Assert.All(ranges[1..], range => Assert.Matches("^bytes=[1-9][0-9]*-$", range));
        ModelFolder.Resolve(LocalHub.Repository, Environment());
    }

    [Fact]
    public async Task What_was_received_before_giving_up_is_used_by_the_next_pull()
    {
        hub.Cuts["onnx/vision_model.onnx"] = 100;
        Assert.Equal(1, await PullAsync());
        Assert.Contains("gave up after 6 attempts", errors.ToString(), StringComparison.Ordinal);
        Assert.Throws<ModelException>(() => ModelFolder.Resolve(LocalHub.Repository, Environment()));
        hub.Cuts.Clear();
        hub.Requests.Clear();

        Assert.Equal(0, await PullAsync());

        Assert.NotNull(hub.Requests.Single(request => request.Path == "/cdn/onnx/vision_model.onnx").Range);
    }

    [Theory]
    [InlineData("onnx/text_model.onnx")]
    [InlineData("tokenizer.json")]
    public async Task Bytes_with_another_hash_than_the_hub_states_are_thrown_away(string forged)
    {
        hub.Forged.Add(forged);

        Assert.Equal(1, await PullAsync());

        Assert.Contains($"{forged}: the download does not have the hash that the hub states", errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(LockFile));
        Assert.DoesNotContain(AllFiles(), path => path.EndsWith(".incomplete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_waits_as_long_as_a_busy_hub_asks_for()
    {
        hub.Busy = 2;

        Assert.Equal(0, await PullAsync());

        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)], time.Waits);
    }

    [Fact]
    public async Task A_private_repository_needs_the_token_which_no_other_host_gets_to_see()
    {
        hub.Private = true;
        Assert.Equal(1, await PullAsync());
        Assert.Contains("HF_TOKEN", errors.ToString(), StringComparison.Ordinal);
        hub.Requests.Clear();
        token = LocalHub.Token;

        Assert.Equal(0, await PullAsync());

        Assert.All(
            hub.Requests,
            request =>
                Assert.Equal(
                    request.Path.StartsWith("/cdn", StringComparison.Ordinal) ? "" : "Bearer " + LocalHub.Token,
                    request.Authorization
                )
        );
        Assert.DoesNotContain(LocalHub.Token, output.ToString() + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_pulled_is_refused()
    {
        await PullAsync();
        var path = Path.Combine(ModelFolder.Resolve(LocalHub.Repository, Environment()), "config.json");
        await File.AppendAllTextAsync(path, " ");

        var exception = Assert.Throws<ModelException>(() => ModelFolder.Resolve(LocalHub.Repository, Environment()));

        Assert.Contains("has changed since it was pulled", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_pull_fetches_nothing_twice()
    {
        await PullAsync();
        hub.Requests.Clear();

        Assert.Equal(0, await PullAsync());

        Assert.Single(hub.Requests);
    }

    [Fact]
    public async Task Offline_it_says_so()
    {
        offline = true;

        Assert.Equal(1, await PullAsync());

        Assert.Contains("HF_HUB_OFFLINE", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(hub.Requests);
    }

    [Theory]
    [InlineData("pull", "no-such-model")]
    [InlineData("pull", "../../etc/passwd")]
    [InlineData("pull", "someone/other")]
    public async Task An_unknown_model_is_one_clear_sentence(params string[] arguments)
    {
        Assert.Equal(1, await RunAsync(arguments));

        Assert.Matches("^The model cannot be used[^\n]*\n$", errors.ToString());
    }

    [Fact]
    public async Task The_list_shows_names_dimensions_licences_and_what_is_here()
    {
        Assert.Equal(0, await RunAsync("list"));

        Assert.Matches(@"(?m)^default +\d+ MB +192 +in use +English +MIT ", output.ToString());
        Assert.Matches(@"(?m)^pe-core-l-14 +~2520 MB +1024 +English +Apache-2\.0 ", output.ToString());
        Assert.Matches(@"(?m)^mobileclip2-s0 .*, research only ", output.ToString());
        Assert.DoesNotContain("pulled", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_the_list_is_a_table_and_a_pull_shows_how_far_it_is()
    {
        using var drawn = new StringWriter();
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(drawn),
            }
        );
        terminal.Profile.Width = 200;
        var screen = new Screen(output, terminal);
        var hub = new ModelHub(Environment, () => new HttpClient(), time);

        ModelList.Show(hub.List("clip-vit-b-32"), screen);
        Assert.Matches("│ clip-vit-b-32 +│ +~604 MB │ +512 │ +│ in use +│ English", drawn.ToString());
        await hub.PullAsync(new PullRequest(LocalHub.Repository), screen, default);

        Assert.Matches(@"vision_model\.onnx[^\n]*━", drawn.ToString());
        Assert.Matches("[0-9.]+ ?([KM]?i?B|bytes)", drawn.ToString());
        Assert.Matches(@"^someone/tiny-clip has \d+ MB [^\n]*\n$", output.ToString());
    }

    [Fact]
    public async Task Without_a_verb_it_explains_itself() => Assert.Equal(2, await RunAsync());

    private string LockFile => Path.Combine(cache, "models--someone--tiny-clip", "serverless.lock.json");

    private Task<int> PullAsync() => RunAsync("pull", LocalHub.Repository);

    private async Task<int> RunAsync(params string[] arguments)
    {
        var command = new ModelsCommand(new ModelHub(Environment, () => new HttpClient(), time), new Screen(output), new Screen(errors));
        return await CommandLine.RunAsync(command.Parse(arguments), output, errors);
    }

    private HubEnvironment Environment() => new(hub.Endpoint, token, cache, offline, downloadTimeout);

    private string[] AllFiles() => Directory.GetFiles(cache, "*", SearchOption.AllDirectories);

    /// <summary>Time in which every wait is over at once.</summary>
    private sealed class InstantTime : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
