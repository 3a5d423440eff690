using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What a client of the product does: uploads with a storage client, asks over HTTP.</summary>
internal sealed class ImageApi(LocalStack stack)
{
    public HttpClient Http => stack.Http;

    public Task UploadAsync(string name, byte[] bytes) =>
        stack.Images.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);

    public async Task<JsonElement> UploadAndWaitAsync(string name, byte[] bytes)
    {
        await UploadAsync(name, bytes);
        return await RecordOfAsync(name, bytes);
    }

    /// <summary>The record of an upload, once it tells of these bytes.</summary>
    public Task<JsonElement> RecordOfAsync(string name, byte[] bytes)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return UntilAsync(
            () => FindAsync(name),
            record =>
                record is { } found
                && found.GetProperty("bytes").GetInt64() == bytes.Length
                && (found.GetProperty("sha256").GetString() ?? sha256) == sha256,
            $"a record of '{name}'"
        );
    }

    public async Task<JsonElement?> FindAsync(string name)
    {
        using var response = await Http.GetAsync($"/api/images?path={Uri.EscapeDataString($"images/{name}")}");
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response);
    }

    public Task GoneAsync(string name) => UntilAsync(() => FindAsync(name), record => record is null, $"'{name}' to be forgotten");

    public async Task<IReadOnlyList<JsonElement>> SearchAsync(string text, int top = 10) =>
        Results(await ReadAsync(await Http.GetAsync($"/api/search?text={Uri.EscapeDataString(text)}&top={top}")));

    public async Task<IReadOnlyList<JsonElement>> SearchAsync(byte[] image, string mediaType = "image/jpeg", int top = 10)
    {
        using var body = new ByteArrayContent(image) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        return Results(await ReadAsync(await Http.PostAsync($"/api/search?top={top}", body)));
    }

    public async Task<IReadOnlyList<JsonElement>> SearchAsync(object request) =>
        Results(await ReadAsync(await Http.PostAsJsonAsync("/api/search", request)));

    public async Task<JsonElement> RestoreAsync(JsonElement record) =>
        await ReadAsync(await Http.PostAsync($"/api/quarantine/{Id(record)}/restore", null));

    /// <summary>Reconciles, and waits for what it found and did.</summary>
    public async Task<JsonElement> ReconcileAsync(bool dryRun = false, CancellationToken cancellation = default)
    {
        var job = await ReadAsync(await Http.PostAsync($"/api/reconcile?dryRun={(dryRun ? "true" : "false")}", null, cancellation));
        return await Patience.UntilAsync(
            async () => await ReadAsync(await Http.GetAsync($"/api/reconcile/{Id(job)}", cancellation)),
            reconciliation => reconciliation.GetProperty("status").GetString() != "running"
        );
    }

    public static string Id(JsonElement record) => record.GetProperty("id").GetString()!;

    public static string Path(JsonElement record) => record.GetProperty("path").GetString()!;

    public static (string Status, string? Verdict) Outcome(JsonElement record) =>
        (record.GetProperty("status").GetString()!, record.GetProperty("verdict").GetString());

    /// <summary>How many blobs of both containers have these bytes.</summary>
    public async Task<(int Images, int Quarantine)> CountAsync(byte[] bytes) =>
        (await CountAsync(stack.Images, bytes), await CountAsync(stack.Quarantine, bytes));

    public async Task<IReadOnlyList<BlobItem>> QuarantinedAsync()
    {
        var blobs = new List<BlobItem>();
        await foreach (var blob in stack.Quarantine.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }))
        {
            blobs.Add(blob);
        }

        return blobs;
    }

    private static async Task<JsonElement> UntilAsync(Func<Task<JsonElement?>> ask, Func<JsonElement?, bool> isRight, string what) =>
        (await Patience.UntilAsync(ask, isRight, what)).GetValueOrDefault();

    private static IReadOnlyList<JsonElement> Results(JsonElement reply) => [.. reply.GetProperty("results").EnumerateArray()];

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    private static async Task<int> CountAsync(BlobContainerClient container, byte[] bytes)
    {
        var count = 0;
        await foreach (var blob in container.GetBlobsAsync())
        {
            if (blob.Properties.ContentLength == bytes.Length)
            {
                count += await HoldsAsync(container.GetBlobClient(blob.Name), bytes) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>False where it is gone since it was listed: other tests move and delete blobs of their own.</summary>
    private static async Task<bool> HoldsAsync(BlobClient blob, byte[] bytes)
    {
        try
        {
            return (await blob.DownloadContentAsync()).Value.Content.ToMemory().Span.SequenceEqual(bytes);
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
