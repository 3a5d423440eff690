using System.Net;
using System.Text.Json.Nodes;
using FunctionsHost.Tests.Support;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class EventGridWebhookTests(Azurite azurite)
{
    private const string Webhook = "/runtime/webhooks/EventGrid?functionName=Remove";

    private const string Event = """
        {"id":"1","topic":"/t","subject":"/s","eventType":"Microsoft.Storage.BlobDeleted","eventTime":"2026-01-01T00:00:00Z",
         "dataVersion":"","metadataVersion":"1","data":{"api":"DeleteBlob","url":"http://127.0.0.1/a"}}
        """;

    [Fact]
    public async Task Passes_on_an_array_or_a_single_event_and_answers_202()
    {
        using var app = new TestApp(azurite);
        app.EventGridFunction("Remove");
        await using var host = await app.StartAsync();
        using var array = await PostAsync(host, Webhook, "Notification", $"[{Event},{Event}]");
        using var single = await PostAsync(host, Webhook, "Notification", Event);
        Assert.Equal(HttpStatusCode.Accepted, array.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, single.StatusCode);
        var calls = app.Calls("Remove");
        Assert.Equal(3, calls.Count);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Event), calls[0].Data));
        Assert.Equal("http://127.0.0.1/a", (string?)calls[0].Metadata["data"]!["url"]);
    }

    [Fact]
    public async Task Answers_the_validation_handshake()
    {
        using var app = new TestApp(azurite);
        app.EventGridFunction("Remove");
        await using var host = await app.StartAsync();
        using var response = await PostAsync(host, Webhook, "SubscriptionValidation", """[{"id":"1","data":{"validationCode":"abc"}}]""");
        Assert.Equal("""{"validationResponse":"abc"}""", await response.Content.ReadAsStringAsync());
        Assert.Empty(app.Calls("Remove"));
    }

    [Fact]
    public async Task Tries_three_times_before_it_answers_500()
    {
        using var app = new TestApp(azurite);
        app.EventGridFunction("Remove").Mode("Remove", "fail");
        await using var host = await app.StartAsync();
        using var response = await PostAsync(host, Webhook, "Notification", Event);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(3, app.Calls("Remove").Count);
    }

    [Fact]
    public async Task Refuses_what_is_not_an_event_for_one_of_its_functions()
    {
        (string Url, string Type, string Body, HttpStatusCode Expected)[] requests =
        [
            ("/runtime/webhooks/EventGrid?functionName=Nobody", "Notification", "{}", HttpStatusCode.NotFound),
            (Webhook, "Notification", "[]", HttpStatusCode.BadRequest),
            (Webhook, "Notification", "[1]", HttpStatusCode.BadRequest),
            (Webhook, "Notification", "{", HttpStatusCode.BadRequest),
            (Webhook, "Other", "{}", HttpStatusCode.BadRequest),
        ];
        using var app = new TestApp(azurite);
        app.EventGridFunction("Remove");
        await using var host = await app.StartAsync();
        foreach (var (url, type, body, expected) in requests)
        {
            using var response = await PostAsync(host, url, type, body);
            Assert.Equal(expected, response.StatusCode);
        }

        Assert.Empty(app.Calls("Remove"));
    }

    private static Task<HttpResponseMessage> PostAsync(RunningHost host, string url, string type, string body) =>
        host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "aeg-event-type", type } },
        });
}
