using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Backfill;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Hosting;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Jobs;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Reconcile;
using Serverless.Search;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>
/// Two workers whose clocks are an hour apart, and jump by an hour either way, on real storage: when something is due is told by
/// the times of storage, so that both do the same, and at the same time.
/// </summary>
public sealed class ClockTests(ClockTests.Shared shared) : IClassFixture<ClockTests.Shared>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, -1)]
    [InlineData(-1, 1)]
    public async Task An_image_leaves_the_log_when_the_window_has_passed_by_the_clock_of_storage(int hoursOfFirst, int hoursOfSecond)
    {
        var (first, second) = (shared.First, shared.Second);
        (first.Clock.Ahead, second.Clock.Ahead) = (hoursOfFirst * Hour, hoursOfSecond * Hour);
        var path = await shared.UploadAsync($"window{hoursOfFirst}{hoursOfSecond}.jpg");
        await first.Get<ImagePipeline>().AdvanceAsync(path, Occasion.Event, default);
        var record = (await first.Get<ImageLedger>().FindAsync(path.Id, default))!;
        Assert.Equal(ImageState.Indexed, record.State);

        // Delivered too early, again and again, while the clocks jump.
        var message = new RecheckMessage(path.Id, record.Sequence);
        do
        {
            await second.Get<SecondLook>().RunAsync(message, default);
            (first.Clock.Ahead, second.Clock.Ahead) = (second.Clock.Ahead, -second.Clock.Ahead);
        } while (
            await first.Get<AnnouncementLog>().FindAsync(record.Sequence, default) is not null
            && DateTimeOffset.UtcNow < record.WrittenAt + (Hour / 4)
        );

        // The storage emulator has the clock of this machine.
        var passed = DateTimeOffset.UtcNow - record.WrittenAt;
        Assert.InRange(passed, Shared.Window, Hour / 4);
        Assert.Null(await first.Get<AnnouncementLog>().FindAsync(record.Sequence, default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0)]
    public async Task A_reconciliation_tells_of_an_upload_once_it_is_old_by_the_clock_of_storage(int hours)
    {
        shared.Second.Clock.Ahead = hours * Hour;
        var path = await shared.UploadAsync($"missed{hours}.jpg");
        var uploadedAt = (await shared.Second.Get<ImageStore>().FactsAsync(path, default))!.UploadedAt;
        while (!await IsToldAsync(path))
        {
            Assert.True(DateTimeOffset.UtcNow < uploadedAt + (Hour / 4), "It is never told.");
        }

        Assert.True(DateTimeOffset.UtcNow > uploadedAt + (2 * Shared.Window), "It was told while its event might still come.");
    }

    [Fact]
    public async Task How_long_an_image_has_waited_for_a_model_is_counted_by_the_clock_of_storage()
    {
        var now = await shared.First.Get<StorageClock>().NowAsync(default);
        shared.First.Clock.Ahead = Hour;
        Assert.InRange(await shared.First.Get<StorageClock>().NowAsync(default) - now, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        shared.First.Clock.Ahead = -Hour;
        Assert.InRange(await shared.First.Get<StorageClock>().NowAsync(default) - now, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(
            DateTimeOffset.UtcNow - await shared.First.Get<StorageClock>().NowAsync(default),
            TimeSpan.Zero,
            TimeSpan.FromMinutes(1)
        );
    }

    private async Task<bool> IsToldAsync(ImagePath path)
    {
        var job = await shared.Second.Get<ReconcileStart>().RunAsync(dryRun: true, full: false, default);
        await shared.Second.Get<JobRun>().RunAsync(new JobMessage(ReconcileSteps.Name, job.Id), default);
        var done = (await shared.Second.Get<JobTable>().FindAsync(ReconcileSteps.Name, job.Id, default))!;
        Assert.Equal(JobStatus.Completed, done.Status);
        return await shared
            .Second.Get<JobTable>()
            .ItemsAsync(job.Id, 0, done.Items, default)
            .Select(item => JsonSerializer.Deserialize(item, ReconcileJson.Default.Finding)!)
            .AnyAsync(finding => finding.Path == path.ToString() && finding.Kind == DifferenceKind.MissedUpload);
    }

    /// <summary>A clock that somebody puts forward and back; how much time passes it tells as any other does.</summary>
    internal sealed class WrongClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    /// <summary>The app's own services, as one process of it has them.</summary>
    internal sealed class Worker(Dictionary<string, string?> settings) : IAsyncDisposable
    {
        private ServiceProvider? services;

        public WrongClock Clock { get; } = new();

        private ServiceProvider Services => services ??= Build();

        public T Get<T>()
            where T : notnull => Services.GetRequiredService<T>();

        public Task EnsureAsync() => Task.WhenAll(PreparationStep.All(Services).Select(step => step.RunAsync(default)));

        public async ValueTask DisposeAsync()
        {
            if (services is not null)
            {
                await services.DisposeAsync();
            }
        }

        private ServiceProvider Build()
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
            return AppFloors
                .Add(new ServiceCollection(), configuration)
                .AddSingleton<IConfiguration>(configuration)
                .AddSingleton<TimeProvider>(Clock)
                .AddReconcile()
                .BuildServiceProvider();
        }
    }

    /// <summary>A storage account, a search service that lags, and two workers.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

        private AzuriteProcess? azurite;
        private SearchEmulatorProcess? search;
        private int number;

        internal Worker First { get; private set; } = null!;

        internal Worker Second { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            azurite = await AzuriteProcess.StartAsync();
            search = await SearchEmulatorProcess.StartAsync(indexingDelayMilliseconds: 500);
            var settings = new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = azurite.ConnectionString,
                ["Search:Endpoint"] = search.Address,
                ["Search:ApiKey"] = "local-search-admin-key",
                ["Search:CertificateFile"] = search.CertificateFile,
                ["Duplicates:VisibilityWindow"] = Window.ToString(),
            };
            (First, Second) = (new Worker(settings), new Worker(settings));
            await First.EnsureAsync();
            await Second.EnsureAsync();
        }

        internal async Task<ImagePath> UploadAsync(string name)
        {
            var bytes = Picture.Scene(9000 + Interlocked.Increment(ref number), 160, 120).Jpeg();
            await new BlobContainerClient(azurite!.ConnectionString, "images")
                .GetBlobClient(name)
                .UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
            return new ImagePath("images", name);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var worker in new[] { First, Second })
            {
                await worker.DisposeAsync();
            }

            await search!.DisposeAsync();
            await azurite!.DisposeAsync();
        }
    }
}
