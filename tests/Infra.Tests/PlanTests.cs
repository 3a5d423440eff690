using System.Text.Json;
using System.Text.RegularExpressions;
using Shared;

namespace Infra.Tests;

/// <summary>Every plan runs the isolated worker, on the framework that the app is built for.</summary>
public sealed partial class PlanTests(Templates templates)
{
    private static readonly string Version = Framework()
        .Match(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "Directory.Build.props")))
        .Groups[1]
        .Value;

    [Fact]
    public void Flex_consumption()
    {
        var runtime = Site("flex").GetProperty("functionAppConfig").GetProperty("runtime");
        Assert.Equal(("dotnet-isolated", Version), (runtime.GetProperty("name").GetString(), runtime.GetProperty("version").GetString()));

        // This plan refuses settings that name the runtime.
        Assert.DoesNotContain("FUNCTIONS_WORKER_RUNTIME", Template("flex").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Premium()
    {
        Assert.Equal($"DOTNET-ISOLATED|{Version}", Site("premium").GetProperty("siteConfig").GetProperty("linuxFxVersion").GetString());
        Assert.Equal("dotnet-isolated", Settings("premium")["FUNCTIONS_WORKER_RUNTIME"]);

        // azd uploads a package, which is run as it is.
        Assert.Equal("1", Settings("premium")["WEBSITE_RUN_FROM_PACKAGE"]);
    }

    [Fact]
    public void Container()
    {
        Assert.Equal("dotnet-isolated", Settings("container")["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(Bicep.Folder, "docker")),
            file =>
                Assert.Contains(
                    $"FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated{Version}",
                    File.ReadAllText(file),
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [InlineData("flex")]
    [InlineData("premium")]
    public void The_platform_asks_the_health_of_the_app_where_no_key_is_needed(string plan)
    {
        Assert.Equal("/api/health", Site(plan).GetProperty("siteConfig").GetProperty("healthCheckPath").GetString());
        var trigger = Declared.Trigger("Health", "HttpTrigger");
        Assert.Contains("AuthorizationLevel.Anonymous", trigger, StringComparison.Ordinal);
        Assert.Contains("Route = \"api/health\"", trigger, StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_of_a_container_app_reads_its_keys_from_secrets_in_files()
    {
        var template = Template("container");
        var app = templates.Single("Microsoft.App/containerApps").GetProperty("properties");
        foreach (var secret in app.GetProperty("configuration").GetProperty("secrets").EnumerateArray())
        {
            var parameter = secret.GetProperty("value").GetString()!.Split('\'')[1];
            Assert.Equal("securestring", template.GetProperty("parameters").GetProperty(parameter).GetProperty("type").GetString());
        }

        Assert.Equal(
            "securestring",
            templates.Main.GetProperty("parameters").GetProperty("containerKeySeed").GetProperty("type").GetString()
        );
        Assert.Equal("containerapps", Settings("container")["AzureWebJobsSecretStorageType"]);
        var mount = app.GetProperty("template").GetProperty("containers")[0].GetProperty("volumeMounts")[0];
        Assert.Equal("/run/secrets/functions-keys", mount.GetProperty("mountPath").GetString());
        Assert.Equal(
            ["host.master", "host.function.default", "host.systemKey.blobs_extension"],
            template.GetProperty("variables").GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("file").GetString())
        );
    }

    private JsonElement Template(string plan) => Templates.TemplatesOf("main", templates.Main).Single(item => item.Name == plan).Template;

    private JsonElement Site(string plan) => Template(plan).GetProperty("resources").GetProperty("app").GetProperty("properties");

    /// <summary>The settings that a plan adds to those of all: the second object of their union.</summary>
    private Dictionary<string, string> Settings(string plan)
    {
        var union = Template(plan).GetProperty("variables").GetProperty("allSettings").GetString()!;
        return union[union.IndexOf("createObject(", StringComparison.Ordinal)..]
            .Split('\'')
            .Where((_, index) => index % 2 == 1)
            .Chunk(2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    [GeneratedRegex(@"<TargetFramework>net([\d.]+)<")]
    private static partial Regex Framework();
}
