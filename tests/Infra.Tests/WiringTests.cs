using System.Text.Json;
using System.Text.RegularExpressions;
using Shared;

namespace Infra.Tests;

/// <summary>What the templates and the program say to each other by name.</summary>
public sealed partial class WiringTests(Templates templates)
{
    private static readonly string Functions = Path.Combine(RepositoryFolder.Path, "functions");

    [Fact]
    public void An_upload_reaches_the_blob_trigger_once()
    {
        var subscription = Subscription("uploaded");
        Assert.Contains("/runtime/webhooks/blobs?functionName=Host.Functions.IngestImage&", Endpoint(subscription), StringComparison.Ordinal);
        Assert.Equal("blobTrigger", Trigger("IngestImage").GetProperty("type").GetString());

        var filter = subscription.GetProperty("filter");
        Assert.Equal(["Microsoft.Storage.BlobCreated"], Texts(filter.GetProperty("includedEventTypes")));
        var advanced = Assert.Single(filter.GetProperty("advancedFilters").EnumerateArray());
        Assert.Equal("data.api", advanced.GetProperty("key").GetString());
        var apis = Texts(advanced.GetProperty("values")).ToList();
        Assert.DoesNotContain("CreateFile", apis);
        Assert.Superset(new HashSet<string> { "PutBlob", "PutBlockList", "CopyBlob", "FlushWithClose" }, apis.ToHashSet());
    }

    [Fact]
    public void A_deletion_reaches_the_function_that_forgets_the_image()
    {
        var subscription = Subscription("deleted");
        Assert.Contains("/runtime/webhooks/EventGrid?functionName=RemoveImage&", Endpoint(subscription), StringComparison.Ordinal);
        Assert.Equal("eventGridTrigger", Trigger("RemoveImage").GetProperty("type").GetString());
        Assert.Equal(["Microsoft.Storage.BlobDeleted"], Texts(subscription.GetProperty("filter").GetProperty("includedEventTypes")));
    }

    [Fact]
    public void Events_that_cannot_be_delivered_are_kept()
    {
        foreach (var name in new[] { "uploaded", "deleted" })
        {
            Assert.Contains("'deadLetters'", Subscription(name).GetProperty("deadLetterWithResourceIdentity").GetRawText().Replace("\"", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Contains("\"blobContainerName\": \"dead-letters\"", templates.Events.GetProperty("variables").GetProperty("deadLetters").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("dead-letters", templates.Single("Microsoft.Storage/storageAccounts/blobServices/containers").GetRawText() + templates.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_container_of_the_trigger_is_the_one_that_events_come_from()
    {
        var container = Trigger("IngestImage").GetProperty("path").GetString()!.Split('/')[0];
        Assert.Equal(container, templates.Events.GetProperty("parameters").GetProperty("images").GetProperty("defaultValue").GetString());
        Assert.Contains($"\"images\": \"{container}\"", templates.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_queue_that_starts_a_function_is_made() => Assert.Equal(
        Directory.EnumerateDirectories(Path.Combine(Functions, "bindings")).Select(folder => Trigger(Path.GetFileName(folder)))
            .Where(trigger => trigger.GetProperty("type").GetString() == "queueTrigger")
            .Select(trigger => trigger.GetProperty("queueName").GetString()!).Order(StringComparer.Ordinal),
        List("queues.json").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_table_of_the_program_is_made() => Assert.Equal(
        Sources().SelectMany(source => TableName().Matches(source).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal),
        List("tables.json").Order(StringComparer.Ordinal));

    [Fact]
    public void Alerts_and_workbook_ask_for_what_the_program_reports()
    {
        var instruments = Sources().SelectMany(source => Instrument().Matches(source).Select(match => match.Groups[1].Value)).ToHashSet();
        foreach (var step in Sources().SelectMany(source => StepName().Matches(source).Select(match => match.Groups[1].Value)))
        {
            instruments.Add($"images.{step}.duration");
        }

        var workbook = File.ReadAllText(Path.Combine(Bicep.Folder, "workbook.json"));
        using var parsed = JsonDocument.Parse(workbook);
        var alerts = File.ReadAllText(Path.Combine(Bicep.Folder, "modules", "alerts.bicep"));
        var asked = (workbook + alerts).Split('"', '\\').Where(word => MetricName().IsMatch(word)).ToHashSet();
        Assert.True(asked.Count >= 10, "Few metrics are asked for.");
        Assert.Subset(instruments, asked);
    }

    [Fact]
    public void Settings_are_those_that_the_program_reads()
    {
        var sections = Sources().SelectMany(source => SectionName().Matches(source).Select(match => match.Groups[1].Value)).ToHashSet();
        var ours = SettingName().Matches(File.ReadAllText(Path.Combine(Bicep.Folder, "resources.bicep"))).Select(match => match.Groups[1].Value).Distinct();
        Assert.All(ours, section => Assert.Contains(section, sections));
    }

    private JsonElement Subscription(string name) => templates.OfType("Microsoft.EventGrid/systemTopics/eventSubscriptions")
        .Single(item => item.GetProperty("name").GetString()!.Contains($"'{name}'", StringComparison.Ordinal)).GetProperty("properties");

    private static string Endpoint(JsonElement subscription) =>
        subscription.GetProperty("destination").GetProperty("properties").GetProperty("endpointUrl").GetString()!;

    private static JsonElement Trigger(string function)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Functions, "bindings", function, "function.json")));
        return document.RootElement.GetProperty("bindings").EnumerateArray()
            .Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal)).Clone();
    }

    private static List<string> List(string file) => JsonSerializer.Deserialize<List<string>>(File.ReadAllText(Path.Combine(Bicep.Folder, file)))!;

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!);

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Functions, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText);

    [GeneratedRegex("GetTableClient\\(\"(\\w+)\"\\)")]
    private static partial Regex TableName();

    [GeneratedRegex("\"(images\\.[a-z.]+)\", \"")]
    private static partial Regex Instrument();

    [GeneratedRegex("Step \\w+ = new\\(\"(\\w+)\"")]
    private static partial Regex StepName();

    [GeneratedRegex("^images\\.[a-z]+(\\.[a-z]+)+$")]
    private static partial Regex MetricName();

    [GeneratedRegex("(?:GetSection\\(\"|Section = \")(\\w+)\"")]
    private static partial Regex SectionName();

    [GeneratedRegex("^  ([A-Z][a-z]+)__[A-Z]", RegexOptions.Multiline)]
    private static partial Regex SettingName();
}
