using System.Net.Http.Json;
using System.Text.Json;
using EndToEnd.Tests;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>What tests do beside the page: uploads with a storage client, and questions over HTTP.</summary>
internal sealed class StackClient(LocalStack stack)
{
    public HttpClient Http => stack.Http;

    public Task UploadAsync(string name, byte[] bytes) =>
        stack.Images.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);

    /// <summary>The record of an upload, once it has a verdict.</summary>
    public async Task<JsonElement> UploadAndWaitAsync(string name, byte[] bytes)
    {
        await UploadAsync(name, bytes);
        return await UntilAsync(name, status => status is "indexed" or "quarantined" or "rejected");
    }

    /// <summary>What is known of a path, once its status is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string name, Predicate<string> isRight)
    {
        var found = await Patience.UntilAsync(
            async () => (await LookupAsync([name]))[0],
            image => isRight(image.GetProperty("status").GetString()!),
            $"a verdict on '{name}'"
        );
        return found.GetProperty("image");
    }

    /// <summary>Waits until each of at most 100 paths has a verdict.</summary>
    public Task UntilSettledAsync(IReadOnlyList<string> names) =>
        Patience.UntilAsync(
            async () => (await LookupAsync(names)).FirstOrDefault(image => image.GetProperty("image").ValueKind == JsonValueKind.Null),
            open => open.ValueKind == JsonValueKind.Undefined,
            "a verdict on all"
        );

    public async Task<IReadOnlyList<JsonElement>> LookupAsync(IEnumerable<string> names)
    {
        using var response = await Http.PostAsJsonAsync("/api/images/lookup", new { paths = names.Select(name => $"images/{name}") });
        return [.. (await ReadAsync(response)).GetProperty("images").EnumerateArray()];
    }

    /// <summary>The id of what is known at a path.</summary>
    public async Task<string> IdAsync(string name) =>
        (await UntilAsync(name, status => status != "unknown")).GetProperty("id").GetString()!;

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
