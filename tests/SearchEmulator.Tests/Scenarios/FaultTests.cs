using System.Diagnostics;
using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using SearchEmulator.Tests.Running;
using Shared;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

/// <summary>Faults belong to a whole emulator, so these tests have one of their own.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly string _folder = EmulatorProcess.NewFolder();
    private EmulatorProcess _emulator = null!;
    private RawClient _client = null!;
    private string _index = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await EmulatorProcess.StartAsync(
            _folder,
            "--fault",
            "status=418,operation=statistics",
            "--request-log",
            Path.Combine(_folder, "requests.jsonl"),
            "--strict"
        );
        _client = new RawClient(_emulator);
        _index = await _client.CreateIndexAsync("""{"name":"n","type":"Edm.Int32"}""");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_fault_of_the_command_line_strikes_its_operation_only()
    {
        Assert.Equal(418, (await _client.GetAsync("/servicestats")).Status);
        Assert.Equal(200, (await _client.SearchAsync(_index, "{}")).Status);
    }

    [Fact]
    public async Task Every_third_request_fails_and_says_when_to_come_back()
    {
        await SetAsync("""[{"status":503,"operation":"search","every":3,"retryAfterSeconds":7}]""");
        var answers = new List<RawAnswer>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await _client.SearchAsync(_index, "{}"));
        }

        Assert.Equal([200, 200, 503, 200, 200, 503], answers.Select(answer => answer.Status));
        Assert.Equal("7", answers[2].Header("Retry-After"));
    }

    [Fact]
    public async Task The_SDK_rides_over_throttling_that_ends()
    {
        await SetAsync("""[{"status":429,"operation":"batch","times":2,"retryAfterSeconds":0}]""");
        var options = new SearchClientOptions { Transport = new Azure.Core.Pipeline.HttpClientTransport(Clients.Trusting(_emulator)) };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        var documents = new SearchClient(_emulator.Address, _index, new AzureKeyCredential(EmulatorProcess.AdminKey), options);
        var response = await documents.UploadDocumentsAsync([new SearchDocument { ["id"] = "a" }]);
        Assert.Equal(201, response.Value.Results.Single().Status);
    }

    [Fact]
    public async Task Single_documents_fail_and_are_not_stored()
    {
        await SetAsync("""[{"document":503,"every":2}]""");
        var answer = await _client.UploadAsync(_index, """{"id":"1"}""", """{"id":"2"}""", """{"id":"3"}""");
        Assert.Equal(207, answer.Status);
        Assert.Equal([201, 503, 201], answer.Json!["value"]!.AsArray().Select(each => each!["statusCode"]!.GetValue<int>()));
        Assert.Equal("2", (await _client.GetAsync($"/indexes('{_index}')/docs/$count")).Text.TrimStart('\uFEFF'));
    }

    [Fact]
    public async Task A_delay_delays()
    {
        await SetAsync("""[{"latencyMs":300,"operation":"count"}]""");
        var clock = Stopwatch.StartNew();
        await _client.GetAsync($"/indexes('{_index}')/docs/$count");
        Assert.True(clock.ElapsedMilliseconds >= 290);
    }

    [Theory]
    [InlineData("""[{"status":200}]""", "status must be from 400 to 599")]
    [InlineData("""[{"status":503,"latencyMs":5}]""", "exactly one of status, document and latencyMs")]
    [InlineData("""[{"status":503,"operation":"dance"}]""", "operation must be one of")]
    [InlineData("""[{"sttaus":503}]""", "sttaus")]
    public async Task A_fault_that_makes_no_sense_is_refused(string faults, string message)
    {
        var answer = await _client.PutAsync("/emulator/faults", faults);
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_mode_refuses_unknown_properties_of_a_definition()
    {
        var answer = await _client.PostAsync(
            "/indexes",
            """{"name":"ok","fields":[{"name":"id","type":"Edm.String","key":true}],"fieldz":[]}"""
        );
        Assert.Equal(400, answer.Status);
        Assert.Contains("'fieldz'", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_log_has_a_line_per_request_and_no_key()
    {
        await _client.SearchAsync(_index, """{"search":"needle"}""");
        var path = Path.Combine(_folder, "requests.jsonl");
        var line = await LastLineAsync(path, "needle");
        var entry = System.Text.Json.Nodes.JsonNode.Parse(line)!;
        Assert.Equal(
            ("POST", 200, "needle"),
            (entry["method"]!.GetValue<string>(), entry["status"]!.GetValue<int>(), entry["body"]!["search"]!.GetValue<string>())
        );
        Assert.DoesNotContain(EmulatorProcess.AdminKey, await ReadAsync(path), StringComparison.Ordinal);
    }

    /// <summary>The line is written after the answer has been sent.</summary>
    private static async Task<string> LastLineAsync(string path, string text) =>
        (
            await Patience.UntilAsync(
                async () => (await ReadAsync(path)).Split('\n').LastOrDefault(line => line.Contains(text, StringComparison.Ordinal)),
                line => line is not null,
                $"a line with {text}"
            )
        )!;

    private static async Task<string> ReadAsync(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return await reader.ReadToEndAsync();
    }

    private async Task SetAsync(string faults) => Assert.Equal(204, (await _client.PutAsync("/emulator/faults", faults)).Status);
}
