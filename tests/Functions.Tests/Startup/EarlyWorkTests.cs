using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Time.Testing;
using Serverless.Hosting;
using Serverless.Startup;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Startup;

public sealed class EarlyWorkTests : IAsyncLifetime
{
    private readonly Readiness readiness = new();
    private readonly FakeTimeProvider time = new();
    private AzuriteProcess azurite = null!;
    private QueueServiceClient queues = null!;
    private EarlyWork early = null!;
    private int runs;

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync();
        queues = new QueueServiceClient(azurite.ConnectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        early = new EarlyWork(readiness, new RecheckQueue(queues), time);
    }

    public ValueTask DisposeAsync() => azurite.DisposeAsync();

    [Fact]
    public async Task Work_that_is_early_runs_once_when_the_app_is_ready()
    {
        var work = early.RunAsync(new ImagePath("images", "a.jpg"), CountAsync, default);
        Assert.Equal((false, 0), (work.IsCompleted, runs));
        readiness.Complete();
        await work;
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Before_the_function_times_out_word_is_left_to_look_at_the_path_and_no_attempt_is_used()
    {
        var work = early.RunAsync(new ImagePath("images", "a.jpg"), CountAsync, default);
        time.Advance(EarlyWork.MaxWait);
        await work;
        Assert.Equal(0, runs);
        Assert.Equal(1, await CountAsync(RecheckQueue.Name));
    }

    [Fact]
    public async Task An_app_that_can_never_be_ready_gives_back_what_waits()
    {
        var page = early.RunAsync(new BackfillQueue(queues), new BackfillMessage("job"), CountAsync, default);
        var look = early.RunAsync(
            new RecheckQueue(queues),
            new RecheckMessage(new ImagePath("images", "a.jpg").Id, 7),
            CountAsync,
            default
        );
        readiness.Fail(new InvalidOperationException("no model"));
        await Task.WhenAll(page, look);
        Assert.Equal(0, runs);
        Assert.Equal((1, 1), (await CountAsync(BackfillQueue.Name), await CountAsync(RecheckQueue.Name)));
    }

    [Fact]
    public async Task What_the_host_cancels_is_no_work_done()
    {
        using var stop = new CancellationTokenSource();
        var work = early.RunAsync(new ImagePath("images", "a.jpg"), CountAsync, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    private async Task<int> CountAsync(string queue)
    {
        QueueProperties properties = await queues.GetQueueClient(queue).GetPropertiesAsync();
        return properties.ApproximateMessagesCount;
    }

    private Task CountAsync()
    {
        runs++;
        return Task.CompletedTask;
    }
}
