using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Storage.Blobs;

namespace Ingest;

/// <summary>Uploads with the Azure client and asks over HTTP, as a user's program would.</summary>
internal sealed class UploadClient(RunningStack stack) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan BurstPoll = TimeSpan.FromMilliseconds(200);

    private readonly BlobContainerClient images = new(stack.File.Storage.ConnectionString, stack.File.Storage.Images);
    private readonly HttpClient http = new() { BaseAddress = stack.File.Url };

    /// <summary>The time from the end of the upload to the first answer that has the record.</summary>
    public async Task<TimeSpan> UploadAndWaitAsync(string name, byte[] bytes, TimeSpan? poll = null)
    {
        await images.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        var uploaded = Stopwatch.GetTimestamp();
        while (true)
        {
            using var response = await http.GetAsync($"/api/images?path=images/{name}");
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return Stopwatch.GetElapsedTime(uploaded);
            }

            await Task.Delay(poll ?? Poll);
        }
    }

    /// <summary>Deletes what was uploaded, wherever it is by now.</summary>
    public async Task DeleteAsync(string name)
    {
        using var response = await http.GetAsync($"/api/images?path=images/{name}");
        using var record = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        if (record.RootElement.GetProperty("status").GetString() == "quarantined")
        {
            using var deleted = await http.DeleteAsync($"/api/quarantine/{record.RootElement.GetProperty("id").GetString()}");
            deleted.EnsureSuccessStatusCode();
        }
        else
        {
            await images.DeleteBlobIfExistsAsync(name);
        }
    }

    /// <summary>
    /// Uploads all at once, and gives each one's time from the end of its upload to its decision by the app's own clock: two
    /// hundred clients that poll would be measured themselves.
    /// </summary>
    public async Task<IReadOnlyList<TimeSpan>> BurstAsync(string folder, IReadOnlyList<byte[]> pictures)
    {
        var uploaded = new DateTimeOffset[pictures.Count];
        await Parallel.ForAsync(
            0,
            pictures.Count,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (index, cancellation) =>
            {
                await images
                    .GetBlobClient($"{folder}/{index}.jpg")
                    .UploadAsync(BinaryData.FromBytes(pictures[index]), overwrite: true, cancellation);
                uploaded[index] = DateTimeOffset.UtcNow;
            }
        );
        var times = new List<TimeSpan>();
        for (var index = 0; index < pictures.Count; index++)
        {
            times.Add(await DecidedAtAsync($"{folder}/{index}.jpg") - uploaded[index]);
        }

        return times;
    }

    public void Dispose() => http.Dispose();

    private async Task<DateTimeOffset> DecidedAtAsync(string name)
    {
        while (true)
        {
            using var response = await http.GetAsync($"/api/images?path=images/{name}");
            if (response.StatusCode == HttpStatusCode.OK)
            {
                using var record = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                return record.RootElement.GetProperty("decidedAt").GetDateTimeOffset();
            }

            await Task.Delay(BurstPoll);
        }
    }

    public async Task<double> EmbedPerSecondAsync(List<byte[]> pictures, int workers)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            pictures.Concat(pictures).Concat(pictures),
            new ParallelOptions { MaxDegreeOfParallelism = workers },
            async (picture, cancellation) =>
            {
                using var body = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
                using var response = await http.PostAsync("/api/embed", body, cancellation);
                response.EnsureSuccessStatusCode();
            }
        );
        return pictures.Count * 3 / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
