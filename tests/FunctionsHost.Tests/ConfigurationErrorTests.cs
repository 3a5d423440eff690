using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FunctionsHost.Tests.Support;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class ConfigurationErrorTests(Azurite azurite)
{
    private const string Out = """{"type":"http","direction":"out","name":"res"}""";

    [Theory]
    [InlineData("""{"type":"cosmosDBTrigger","name":"x"}""", "F/function.json: the binding type 'cosmosDBTrigger' is not supported by this host.")]
    [InlineData("""{"type":"queue","name":"x","direction":"out"}""", "F/function.json: the binding type 'queue' is not supported by this host.")]
    [InlineData("""{"type":"queueTrigger","name":"x","queueName":"abc","direction":"out"}""", "F/function.json: the direction 'out' of the queueTrigger binding 'x' is not supported by this host: use 'in'.")]
    [InlineData("""{"type":"queueTrigger","name":"x","queueName":"abc","cardinality":"many"}""", "F/function.json: 'bindings[0].cardinality' is not supported by this host.")]
    [InlineData("""{"type":"queueTrigger","name":"x"}""", "F/function.json: 'bindings[0].queueName' is missing.")]
    [InlineData("""{"type":"queueTrigger","name":"x","queueName":"A!"}""", "F/function.json: 'A!' is not a queue name: 3 to 63 lower-case letters, digits and single dashes.")]
    [InlineData("""{"type":"queueTrigger","name":"x","queueName":"abc","connection":"Nowhere"}""", "F/function.json: the app setting 'Nowhere', which holds the storage connection string, is not set.")]
    [InlineData("""{"type":"queueTrigger","name":"x","queueName":"abc","connection":"TEST_FOLDER"}""", "F/function.json: the app setting 'TEST_FOLDER' is not a storage connection string.")]
    [InlineData("""{"type":"queueTrigger","name":"x","queueName":"%Queue:Name%"}""", "F/function.json: '%Queue:Name%' names the app setting 'Queue:Name', which is not set.")]
    [InlineData("""{"type":"blobTrigger","name":"x","path":"images"}""", "F/function.json: the path 'images' must be a container, a slash and a blob name pattern, such as images/{name}.")]
    [InlineData("""{"type":"blobTrigger","name":"x","path":"Images/{name}"}""", "F/function.json: the path 'Images/{name}' starts with 'Images', which is not a container name.")]
    [InlineData("""{"type":"blobTrigger","name":"x","path":"images/{name"}""", "F/function.json: the path 'images/{name' has an unpaired '{'; a literal brace is written twice.")]
    [InlineData("""{"type":"blobTrigger","name":"x","path":"images/{a}{a}"}""", "F/function.json: the path 'images/{a}{a}' has the token '{a}', which is not a name or is there twice.")]
    [InlineData("""{"type":"blobTrigger","name":"x","path":"images/{a}","source":"Magic"}""", """F/function.json: 'bindings[0].source' must be "LogsAndContainerScan" or "EventGrid", but is "Magic".""")]
    [InlineData("""{"type":"blobTrigger","name":"x","path":"images/{a}","properties":{"other":1}}""", "F/function.json: 'bindings[0].properties.other' is not supported by this host.")]
    [InlineData("""{"type":"timerTrigger","name":"x","schedule":"every day"}""", "F/function.json: the schedule 'every day' is neither an NCRONTAB expression such as '0 */5 * * * *' nor a time such as '00:05:00'.")]
    [InlineData("""{"type":"timerTrigger","name":"x","schedule":"0 0 25 * * *"}""", "F/function.json: the schedule '0 0 25 * * *' is neither an NCRONTAB expression such as '0 */5 * * * *' nor a time such as '00:05:00'.")]
    [InlineData("""{"type":"timerTrigger","name":"x","schedule":"00:00:01","runOnStartup":"yes"}""", """F/function.json: 'bindings[0].runOnStartup' must be true or false, but is "yes".""")]
    [InlineData("""{"type":"httpTrigger","name":"x"}""", "F/function.json: an httpTrigger needs exactly one 'http' binding with the direction 'out' beside it.")]
    [InlineData("""{"type":"httpTrigger","name":"x","authLevel":"user"},""" + Out, """F/function.json: 'bindings[0].authLevel' must be "anonymous", "function" or "admin", but is "user".""")]
    [InlineData("""{"type":"httpTrigger","name":"x","route":"a/{b"},""" + Out, "F/function.json: the route 'a/{b' is not a route template: ")]
    [InlineData("""{"type":"eventGridTrigger","name":"x"},""" + Out, "F/function.json: output bindings are not supported by this host beside a eventGridTrigger.")]
    [InlineData(Out, "F/function.json: exactly one trigger is expected, but there are 0.")]
    [InlineData("""{"type":"eventGridTrigger"}""", "F/function.json: 'bindings[0].name' is missing.")]
    public async Task A_binding_that_cannot_be_honoured_stops_the_host_with_one_sentence(string bindings, string message)
    {
        using var app = new TestApp(azurite);
        app.Function("F", bindings);
        await ExpectHereAsync(app, message);
    }

    [Theory]
    [InlineData("version", "\"1.0\"", """host.json: 'version' must be "2.0", but is "1.0".""")]
    [InlineData("functionTimeout", "\"soon\"", """host.json: 'functionTimeout' must be a time such as "00:00:30", but is "soon".""")]
    [InlineData("concurrency", "{}", "host.json: 'concurrency' is not supported by this host.")]
    [InlineData("functions", "[\"G\"]", "host.json: 'functions' names 'G', but G/function.json does not exist.")]
    [InlineData("extensions", """{"queues":{"batchSize":33}}""", "host.json: 'extensions.queues.batchSize' must be a whole number from 1 to 32, but is 33.")]
    [InlineData("extensions", """{"queues":{"messageEncoding":"hex"}}""", """host.json: 'extensions.queues.messageEncoding' must be "base64" or "none", but is "hex".""")]
    [InlineData("extensions", """{"kafka":{}}""", "host.json: 'extensions.kafka' is not supported by this host.")]
    [InlineData("extensions", """{"blobs":{"maxDegreeOfParallelism":0}}""", "host.json: 'extensions.blobs.maxDegreeOfParallelism' must be a whole number from 1 to 1000, but is 0.")]
    [InlineData("logging", """{"logLevel":{"default":"Loud"}}""", """host.json: 'logging.logLevel.default' must be a log level such as "Information", but is "Loud".""")]
    [InlineData("customHandler", """{"enableForwardingHttpRequest":true,"description":{"defaultExecutablePath":"x"}}""", "host.json: 'customHandler.enableProxyingHttpRequest' must be true: this host only proxies HTTP requests, it does not wrap them in the custom handler payload.")]
    [InlineData("customHandler", """{"enableProxyingHttpRequest":true}""", "host.json: 'customHandler.description.defaultExecutablePath' is missing.")]
    [InlineData("customHandler", """{"enableProxyingHttpRequest":true,"http":{"routes":[]},"description":{"defaultExecutablePath":"x"}}""", "host.json: 'customHandler.http' is not supported by this host.")]
    [InlineData("customHandler", """{"enableProxyingHttpRequest":true,"description":{"defaultExecutablePath":"no-such-program"}}""", "host.json: customHandler.description.defaultExecutablePath: 'no-such-program' is neither in ")]
    [InlineData("customHandler", """{"enableProxyingHttpRequest":true,"description":{"defaultExecutablePath":"host.json"}}""", "host.json: customHandler.description.defaultExecutablePath: ")]
    [InlineData("customHandler", """{"enableProxyingHttpRequest":true,"description":{"defaultExecutablePath":"%Handler%"}}""", "host.json: '%Handler%' names the app setting 'Handler', which is not set.")]
    [InlineData("customHandler", """{"enableProxyingHttpRequest":true,"description":{"defaultExecutablePath":"dotnet","workingDirectory":"none"}}""", "host.json: customHandler.description.workingDirectory: ")]
    public async Task A_host_json_that_cannot_be_honoured_stops_the_host_with_one_sentence(string name, string json, string message)
    {
        using var app = new TestApp(azurite);
        app.EventGridFunction("F").WriteHostJson(host => host[name] = JsonNode.Parse(json));
        await ExpectHereAsync(app, message);
    }

    [Theory]
    [InlineData("host.json", "{\n  \"version\": \"2.0\",\n  !\n}", "host.json: malformed JSON in line 3: ")]
    [InlineData("host.json", "\uFEFF/* a comment */ {\"version\":\"3.0\",}", "host.json: 'version' must be \"2.0\", but is \"3.0\".")]
    [InlineData("host.json", "[]", "host.json: a JSON object is expected.")]
    [InlineData("F/function.json", "", "F/function.json: malformed JSON in line 1: ")]
    [InlineData("F/function.json", """{"bindings":{}}""", "F/function.json: 'bindings' must be an array, but is {}.")]
    [InlineData("F/function.json", """{"bindings":[],"retry":{}}""", "F/function.json: 'retry' is not supported by this host.")]
    [InlineData("1st/function.json", "{}", "1st/function.json: a function's name starts with a letter")]
    public async Task A_file_that_is_not_what_it_should_be_stops_the_host_with_one_sentence(string file, string text, string message)
    {
        using var app = new TestApp(azurite);
        app.EventGridFunction("F").WriteFile(file, text);
        await ExpectHereAsync(app, message);
    }

    [Fact]
    public async Task An_app_root_without_host_json_or_functions_stops_the_host_with_one_sentence()
    {
        using var app = new TestApp(azurite);
        await ExpectAsync(app, $"{app.Root} declares no function: there is no enabled */function.json.");
        File.Delete(Path.Combine(app.Root, "host.json"));
        await ExpectAsync(app, $"host.json is missing in {app.Root}: --app must name the app root.");
    }

    [Fact]
    public async Task Two_functions_cannot_have_one_route_or_one_name()
    {
        using var app = new TestApp(azurite);
        app.HttpFunction("F", "a/{*path}", ""","methods":["get","post"]""").HttpFunction("G", "A/{*path}", ""","methods":["put","post"]""");
        await ExpectHereAsync(app, "G/function.json: F already has the route 'A/{*path}' for POST.");
        app.HttpFunction("G", "b").EventGridFunction("f");
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Folders that differ in case only are one folder.");
        await ExpectHereAsync(app, "F/function.json: F and f differ in case only.");
    }

    [Fact]
    public async Task A_disabled_function_is_left_out()
    {
        using var app = new TestApp(azurite);
        app.EventGridFunction("F").Setting("AzureWebJobs.F.Disabled", "true")
            .WriteFile("G/function.json", """{"disabled":true,"bindings":[{"type":"eventGridTrigger","name":"ev"}]}""");
        await ExpectAsync(app, $"{app.Root} declares no function: there is no enabled */function.json.");
    }

    [Fact]
    public async Task A_busy_port_stops_the_host_with_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var app = new TestApp(azurite);
        app.EventGridFunction("F");
        await ExpectAsync(app, $"Port {port} is in use: stop what listens there, or choose another port with --port.", "--port", $"{port}");
    }

    [Theory]
    [InlineData("Unknown option '--loud'. Try --help.", "--loud")]
    [InlineData("--port must be a number from 0 to 65535, but is '70000'.", "--port", "70000")]
    [InlineData("--port needs a value.", "--port")]
    public async Task A_wrong_command_line_stops_the_host_with_one_sentence(string message, params string[] arguments)
    {
        using var app = new TestApp(azurite);
        app.EventGridFunction("F");
        await ExpectAsync(app, message, arguments);
    }

    /// <summary>Within this process, which is fifty times as fast.</summary>
    private static async Task ExpectHereAsync(TestApp app, string message)
    {
        var error = await Assert.ThrowsAsync<HostException>(app.RunHereAsync);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static async Task ExpectAsync(TestApp app, string message, params string[] arguments)
    {
        var (exitCode, errors) = await app.RunToEndAsync(arguments);
        var sentence = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
        Assert.StartsWith(message, sentence, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Eby8vdM02", errors, StringComparison.Ordinal);
    }
}
