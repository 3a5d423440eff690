using System.Diagnostics;
using System.Globalization;
using Ingest;
using Shared;

// dotnet run -c Release --project bench/Ingest [-- --soak MINUTES | --chaos MINUTES | --bombs | --crowded UPLOADS | --search DOCUMENTS
// | --cpu UPLOADS [CHECKOUT]]
// The whole local stack on free ports; what a client sees, from the end of its upload to the record.
const int Idle = 30;
const int Burst = 200;

if (args is ["--soak", var minutes])
{
    await Soak.RunAsync(int.Parse(minutes, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["--chaos", var kills])
{
    return await Chaos.RunAsync(TimeSpan.FromMinutes(double.Parse(kills, CultureInfo.InvariantCulture)));
}

if (args is ["--crowded", var uploads])
{
    await Crowded.RunAsync(int.Parse(uploads, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["--cpu", var measured, .. { Length: <= 1 } checkout])
{
    await ProcessorUse.RunAsync(int.Parse(measured, CultureInfo.InvariantCulture), checkout.FirstOrDefault());
    return 0;
}

if (args is ["--search", var documents])
{
    await SearchLatency.RunAsync(int.Parse(documents, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["--bombs"])
{
    await Bombs.RunAsync();
    return 0;
}

var started = Stopwatch.GetTimestamp();
await using var first = await RunningStack.StartAsync();
var firstStart = Stopwatch.GetElapsedTime(started);
using var client = new UploadClient(first);

var pictures = Enumerable.Range(0, Idle + Burst + 10).Select(seed => Picture.Scene(seed, 1200, 900).Jpeg(88)).ToList();
for (var index = 0; index < 5; index++)
{
    await client.UploadAndWaitAsync($"warm/{index}.jpg", pictures[^(index + 1)]);
}

var single = new List<double>();
for (var index = 0; index < Idle; index++)
{
    single.Add((await client.UploadAndWaitAsync($"single/{index}.jpg", pictures[index])).TotalMilliseconds);
}

var embedding = await client.EmbedPerSecondAsync(pictures.Take(Idle).ToList(), workers: Environment.ProcessorCount);
var burstStarted = Stopwatch.GetTimestamp();
var burst = await client.BurstAsync("burst", pictures.Skip(Idle).Take(Burst).ToList());
var burstSeconds = Stopwatch.GetElapsedTime(burstStarted).TotalSeconds;

var data = first.Folder;
await first.StopAsync();
started = Stopwatch.GetTimestamp();
await using var second = await RunningStack.StartAsync(data);
var secondStart = Stopwatch.GetElapsedTime(started);

Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {RunningStack.Machine}
        pictures                         1200 x 900 JPEG, {pictures.Average(picture => picture.Length) / 1024:0} KiB on average
        start, empty folder              {firstStart.TotalSeconds:0.0} s
        start, second                    {secondStart.TotalSeconds:0.0} s
        upload to record, idle           p50 {Percentiles.Of(single, 50):0} ms, p95 {Percentiles.Of(
            single,
            95
        ):0} ms  ({Idle} uploads, one at a time)
        upload to verdict, burst of {Burst}  p50 {Percentiles.Of(
            burst.Select(time => time.TotalMilliseconds),
            50
        ):0} ms, p95 {Percentiles.Of(burst.Select(time => time.TotalMilliseconds), 95):0} ms
        images per second, burst         {Burst / burstSeconds:0.0}
        decode + embed only, per second  {embedding:0.0}  (the same by POST /api/embed, {Environment.ProcessorCount} at a time)
        ratio of the two                 {Burst / burstSeconds / embedding:0.00}
        """
    )
);
await second.StopAsync();
return 0;
