using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Functions.Tests.Hostile;

namespace Ingest;

/// <summary>Clients that upload bombs, and search with them, one after the other until they are stopped.</summary>
internal sealed class BombLoad(UploadClient client, HttpClient http)
{
    private readonly (string Name, byte[] Bytes)[] bombs =
    [
        ("100 megapixels in 99 scans.jpg", HeavyFiles.Scans(99)),
        ("100 megapixels in 20,000 scans.jpg", HeavyFiles.Scans(20_000)),
        ("100 megapixels in one strip.tif", HeavyFiles.Strip()),
        ("200 texts of 50 MB.png", HeavyFiles.Texts(200, 50)),
    ];

    private readonly int[] sent = new int[4];
    private readonly List<double> answers = [];
    private TaskCompletionSource begun = new();
    private int number;

    /// <summary>Until the first bombs of this run are on their way.</summary>
    public Task Begun => begun.Task;

    public async Task RunAsync(int bombers, CancellationToken stop)
    {
        begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAll(
            Enumerable
                .Range(0, bombers)
                .Select(async bomber =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await SendAsync(Interlocked.Increment(ref number) - 1, isSearch: bomber % 2 == 0);
                    }
                })
        );
    }

    public void Print()
    {
        foreach (var ((name, bytes), count) in bombs.Zip(sent))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count, 5} of {name} ({bytes.Length / 1024:0} KiB)"));
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"a bomb was judged or answered after {Percentiles.Of(answers, 50):0.0} s (median), {answers.Max():0.0} s (longest)"
            )
        );
    }

    public static async Task<HttpResponseMessage> SearchAsync(HttpClient http, byte[] bytes)
    {
        using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        return await http.PostAsync("/api/search", body);
    }

    private async Task SendAsync(int turn, bool isSearch)
    {
        var kind = turn % bombs.Length;
        var (name, bytes) = bombs[kind];
        var started = Stopwatch.GetTimestamp();
        begun.TrySetResult();
        if (isSearch)
        {
            using var answer = await SearchAsync(http, bytes);
        }
        else
        {
            await client.UploadAndWaitAsync($"bombs/{turn}{Path.GetExtension(name)}", bytes, TimeSpan.FromMilliseconds(100));
        }

        lock (answers)
        {
            sent[kind]++;
            answers.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }
}
