using System.Text;
using System.Text.Json.Nodes;

namespace SearchEmulator.Tests.Running;

public sealed record RawAnswer(int Status, JsonNode? Json, string Text, HttpResponseMessage Response)
{
    public string Message => Json!["error"]!["message"]!.GetValue<string>();

    public string Code => Json!["error"]!["code"]!.GetValue<string>();

    public string? Detail => Json!["error"]!["details"]?[0]!["code"]!.GetValue<string>();

    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(",", values)
            : null;
}

/// <summary>Requests as they are on the wire, for what the SDKs hide.</summary>
public sealed class RawClient(EmulatorProcess emulator, string? key = EmulatorProcess.AdminKey, bool plain = false) : IDisposable
{
    private readonly HttpClient _http = Clients.Raw(emulator, key, plain);

    public string Version { get; init; } = "2024-07-01";

    public void Dispose() => _http.Dispose();

    public Task<RawAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<RawAnswer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<RawAnswer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public Task<RawAnswer> SearchAsync(string index, string json) => PostAsync($"/indexes('{index}')/docs/search.post.search", json);

    public Task<RawAnswer> UploadAsync(string index, params string[] documents) =>
        PostAsync($"/indexes('{index}')/docs/search.index", $$"""{"value":[{{string.Join(',', documents)}}]}""");

    public async Task<RawAnswer> SendAsync(
        HttpMethod method,
        string path,
        string? json = null,
        params (string Name, string Value)[] headers
    )
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var request = new HttpRequestMessage(method, Version.Length == 0 ? path : $"{path}{separator}api-version={Version}");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0;
        return new RawAnswer((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, response);
    }

    public async Task<string> CreateIndexAsync(string fields, string rest = "")
    {
        var name = TestIndex.NewName();
        var answer = await PostAsync(
            "/indexes",
            $$"""{"name":"{{name}}","fields":[{"name":"id","type":"Edm.String","key":true,"searchable":false},{{fields}}]{{rest}}}"""
        );
        return answer.Status == 201 ? name : throw new InvalidOperationException(answer.Text);
    }
}
