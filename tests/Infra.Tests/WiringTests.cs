using System.Text.Json;
using System.Text.RegularExpressions;
using Shared;

namespace Infra.Tests;

/// <summary>What the templates and the program say to each other by name.</summary>
public sealed partial class WiringTests(Templates templates)
{
    [Fact]
    public void An_upload_reaches_the_blob_trigger_once()
    {
        var subscription = Subscription("uploaded");
        Assert.Contains(
            "/runtime/webhooks/blobs?functionName=Host.Functions.IngestImage&",
            Endpoint(subscription),
            StringComparison.Ordinal
        );
        Assert.Contains("Source = BlobTriggerSource.EventGrid", Declared.Trigger("IngestImage", "BlobTrigger"), StringComparison.Ordinal);

        var filter = subscription.GetProperty("filter");
        Assert.Equal(["Microsoft.Storage.BlobCreated"], Texts(filter.GetProperty("includedEventTypes")));
        var advanced = Assert.Single(filter.GetProperty("advancedFilters").EnumerateArray());
        Assert.Equal("data.api", advanced.GetProperty("key").GetString());
        var apis = Texts(advanced.GetProperty("values")).ToList();
        Assert.DoesNotContain("CreateFile", apis);
        Assert.Superset(new HashSet<string> { "PutBlob", "PutBlockList", "CopyBlob", "FlushWithClose" }, apis.ToHashSet());
    }

    [Fact]
    public void A_deletion_reaches_the_queue_of_the_function_that_forgets_the_image()
    {
        var subscription = Subscription("deleted");
        var delivery = subscription.GetProperty("deliveryWithResourceIdentity");
        Assert.Equal("SystemAssigned", delivery.GetProperty("identity").GetProperty("type").GetString());
        Assert.Equal("StorageQueue", delivery.GetProperty("destination").GetProperty("endpointType").GetString());

        var queue = delivery.GetProperty("destination").GetProperty("properties");
        Assert.Equal(Declared.Queue(Declared.Trigger("RemoveImage", "QueueTrigger")), queue.GetProperty("queueName").GetString());
        Assert.Equal(-1, queue.GetProperty("queueMessageTimeToLiveInSeconds").GetInt32());
        Assert.Equal(["Microsoft.Storage.BlobDeleted"], Texts(subscription.GetProperty("filter").GetProperty("includedEventTypes")));
    }

    [Fact]
    public void Deletions_come_to_the_queue_in_the_encoding_that_the_host_reads()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "host.json")));
        Assert.Equal("base64", host.RootElement.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString());
    }

    [Theory]
    [InlineData("uploaded")]
    [InlineData("deleted")]
    public void Events_that_cannot_be_delivered_are_kept(string name)
    {
        var letters = Subscription(name).GetProperty("deadLetterWithResourceIdentity");
        Assert.Equal("SystemAssigned", letters.GetProperty("identity").GetProperty("type").GetString());
        var container = letters
            .GetProperty("deadLetterDestination")
            .GetProperty("properties")
            .GetProperty("blobContainerName")
            .GetString()!;
        Assert.Contains(
            $"'{container}'",
            File.ReadAllText(Path.Combine(Bicep.Folder, "modules", "storage.bicep")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_container_of_the_trigger_is_the_one_that_events_come_from()
    {
        Assert.StartsWith("\"%Storage:Images%/", Declared.Trigger("IngestImage", "BlobTrigger"), StringComparison.Ordinal);
        var resources = Templates.TemplatesOf("main", templates.Main).Single(item => item.Name == "resources").Template;
        var container = resources.GetProperty("variables").GetProperty("containers").GetProperty("images").GetString()!;
        var settings = resources
            .GetProperty("resources")
            .GetProperty("flex")
            .GetProperty("properties")
            .GetProperty("parameters")
            .GetProperty("settings");
        Assert.Equal("[variables('containers').images]", settings.GetProperty("value").GetProperty("Storage__Images").GetString());
        Assert.Equal(container, templates.Events.GetProperty("parameters").GetProperty("images").GetProperty("defaultValue").GetString());
        Assert.All(
            ["uploaded", "deleted"],
            name =>
                Assert.Equal(
                    "[format('/blobServices/default/containers/{0}/blobs/', parameters('images'))]",
                    Subscription(name).GetProperty("filter").GetProperty("subjectBeginsWith").GetString()
                )
        );
    }

    [Fact]
    public void Every_queue_that_starts_a_function_is_made() =>
        Assert.Equal(Declared.Queues().Order(StringComparer.Ordinal), List("queues.json").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_table_of_the_program_is_made() =>
        Assert.Equal(
            Declared
                .Sources.SelectMany(source => TableName().Matches(source).Select(match => match.Groups[1].Value))
                .Distinct()
                .Order(StringComparer.Ordinal),
            List("tables.json").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Alerts_and_workbook_ask_for_what_the_program_reports()
    {
        var instruments = Declared
            .Sources.SelectMany(source => Instrument().Matches(source).Select(match => match.Groups[1].Value))
            .ToHashSet();
        foreach (var step in Declared.Sources.SelectMany(source => StepName().Matches(source).Select(match => match.Groups[1].Value)))
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
        var sections = Declared
            .Sources.SelectMany(source => SectionName().Matches(source).Select(match => match.Groups[1].Value))
            .ToHashSet();
        var ours = SettingName()
            .Matches(File.ReadAllText(Path.Combine(Bicep.Folder, "resources.bicep")))
            .Select(match => match.Groups[1].Value)
            .Distinct();
        Assert.All(ours, section => Assert.Contains(section, sections));
    }

    private JsonElement Subscription(string name) =>
        templates
            .OfType("Microsoft.EventGrid/systemTopics/eventSubscriptions")
            .Single(item => item.GetProperty("name").GetString()!.Contains($"'{name}'", StringComparison.Ordinal))
            .GetProperty("properties");

    private static string Endpoint(JsonElement subscription) =>
        subscription.GetProperty("destination").GetProperty("properties").GetProperty("endpointUrl").GetString()!;

    private static List<string> List(string file) =>
        JsonSerializer.Deserialize<List<string>>(File.ReadAllText(Path.Combine(Bicep.Folder, file)))!;

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!);

    [GeneratedRegex("GetTableClient\\(\\s*\"(\\w+)\"\\s*\\)")]
    private static partial Regex TableName();

    [GeneratedRegex("\"(images\\.[a-z.]+)\",\\s*\"")]
    private static partial Regex Instrument();

    [GeneratedRegex("Step \\w+ = new\\(\\s*\"(\\w+)\"")]
    private static partial Regex StepName();

    [GeneratedRegex("^images\\.[a-z]+(\\.[a-z]+)+$")]
    private static partial Regex MetricName();

    [GeneratedRegex("(?:GetSection\\(\\s*\"|Section = \")(\\w+)\"")]
    private static partial Regex SectionName();

    [GeneratedRegex("^  ([A-Z][a-z]+)__[A-Z]", RegexOptions.Multiline)]
    private static partial Regex SettingName();
}
