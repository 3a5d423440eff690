using System.Net.Http.Json;
using System.Text.Json;
using EndToEnd.Tests;
using Xunit;

namespace Ui.Tests;

/// <summary>What tests do beside the page: uploads with a storage client, and questions over HTTP.</summary>
internal sealed class StackClient(LocalStack stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(150);

    public HttpClient Http => stack.Http;

    public Task UploadAsync(string name, byte[] bytes) => stack.Images.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);

    /// <summary>The record of an upload, once it has a verdict.</summary>
    public async Task<JsonElement> UploadAndWaitAsync(string name, byte[] bytes)
    {
        await UploadAsync(name, bytes);
        return await UntilAsync(name, status => status is "indexed" or "quarantined" or "rejected");
    }

    /// <summary>What is known of a path, once its status is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string name, Predicate<string> isRight)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var image = (await LookupAsync([name]))[0];
            if (isRight(image.GetProperty("status").GetString()!))
            {
                return image.GetProperty("image");
            }

            Assert.False(limit.IsCancellationRequested, $"Waited {Patience.TotalSeconds:0} s for '{name}'; last: {image}");
            await Task.Delay(Poll);
        }
    }

    /// <summary>Waits until each of at most 100 paths has a verdict.</summary>
    public async Task UntilSettledAsync(IReadOnlyList<string> names)
    {
        using var limit = new CancellationTokenSource(Patience);
        while ((await LookupAsync(names)).FirstOrDefault(image => image.GetProperty("image").ValueKind == JsonValueKind.Null) is { ValueKind: JsonValueKind.Object } open)
        {
            Assert.False(limit.IsCancellationRequested, $"Waited {Patience.TotalSeconds:0} s for verdicts; one that is open: {open}");
            await Task.Delay(Poll);
        }
    }

    public async Task<IReadOnlyList<JsonElement>> LookupAsync(IEnumerable<string> names)
    {
        using var response = await Http.PostAsJsonAsync("/api/images/lookup", new { paths = names.Select(name => $"images/{name}") });
        return [.. (await ReadAsync(response)).GetProperty("images").EnumerateArray()];
    }

    public async Task<JsonElement> GetAsync(string address)
    {
        using var response = await Http.GetAsync(address);
        return await ReadAsync(response);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
