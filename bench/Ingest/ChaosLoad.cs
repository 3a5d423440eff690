using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Shared;

namespace Ingest;

/// <summary>What a name should hold in the end (null: nothing), and when storage acknowledged that.</summary>
internal sealed record ChaosPicture(byte[]? Bytes, DateTimeOffset Acknowledged);

/// <summary>Uploads, overwrites and deletes, each repeated until storage acknowledges it, and remembers what should be there.</summary>
internal sealed class ChaosLoad(RunningStack stack) : IDisposable
{
    private const int Workers = 3;

    private readonly BlobContainerClient images = new(stack.File.Storage.ConnectionString, stack.File.Storage.Images, Impatient());
    private readonly ConcurrentDictionary<string, ChaosPicture> pictures = new();
    private int scene;
    private int acknowledged;
    private int overwrites;
    private int deletions;

    public IReadOnlyDictionary<string, ChaosPicture> Pictures => pictures;

    /// <summary>What should be there in the end.</summary>
    public IReadOnlyList<string> Expected => [.. pictures.Where(picture => picture.Value.Bytes is not null).Select(picture => picture.Key)];

    public int Acknowledged => acknowledged;

    public int Overwrites => overwrites;

    public int Deletions => deletions;

    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker, stop), CancellationToken.None)));

    /// <summary>Again as it should be: what storage acknowledged and lost.</summary>
    public Task RepeatAsync(string name) => pictures[name].Bytes is { } bytes ? UploadAsync(name, bytes) : DeleteAsync(name);

    public void Dispose() => pictures.Clear();

    private async Task WorkAsync(int worker, CancellationToken stop)
    {
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            var picture = Picture.Scene(Interlocked.Increment(ref scene) + 50_000, 640, 480);
            var number = $"{worker}-{turn}";
            switch (turn % 4)
            {
                case 0 or 1:
                    foreach (var (copy, bytes) in new[] { picture.Jpeg(88), picture.Jpeg(88), picture.Jpeg(60) }.Index())
                    {
                        await UploadAsync($"group/{number}/{copy}.jpg", bytes);
                        await PauseAsync(stop);
                    }

                    break;
                case 2:
                    await UploadAsync($"overwritten/{number}.jpg", picture.Jpeg(88));
                    await PauseAsync(stop);
                    await UploadAsync(
                        $"overwritten/{number}.jpg",
                        Picture.Scene(Interlocked.Increment(ref scene) + 50_000, 640, 480).Jpeg(88)
                    );
                    Interlocked.Increment(ref overwrites);
                    break;
                default:
                    await UploadAsync($"deleted/{number}.jpg", picture.Jpeg(88));
                    await PauseAsync(stop);
                    await DeleteAsync($"deleted/{number}.jpg");
                    Interlocked.Increment(ref deletions);
                    break;
            }

            await PauseAsync(stop);
        }
    }

    private async Task UploadAsync(string name, byte[] bytes)
    {
        await UntilAcknowledgedAsync(() => images.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true));
        pictures[name] = new ChaosPicture(bytes, DateTimeOffset.UtcNow);
        Interlocked.Increment(ref acknowledged);
    }

    private async Task DeleteAsync(string name)
    {
        await UntilAcknowledgedAsync(() => images.DeleteBlobIfExistsAsync(name));
        pictures[name] = new ChaosPicture(null, DateTimeOffset.UtcNow);
    }

    private static async Task UntilAcknowledgedAsync(Func<Task> request)
    {
        while (true)
        {
            try
            {
                await request();
                return;
            }
            catch (Exception exception)
                when (exception is RequestFailedException or AggregateException or IOException or OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250));
            }
        }
    }

    private static Task PauseAsync(CancellationToken stop) =>
        Task.Delay(TimeSpan.FromMilliseconds(400 + Random.Shared.Next(1600)), stop).ContinueWith(_ => { }, TaskScheduler.Default);

    private static BlobClientOptions Impatient()
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        return options;
    }
}
