using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infra.Tests;

public sealed partial class SecurityTests(Templates templates)
{
    [Fact]
    public void Storage_takes_identities_only_over_tls_and_brings_back_what_was_deleted()
    {
        var account = templates.Single("Microsoft.Storage/storageAccounts").GetProperty("properties");
        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.False(account.GetProperty("allowCrossTenantReplication").GetBoolean());
        Assert.True(account.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());

        var blobs = templates.Single("Microsoft.Storage/storageAccounts/blobServices").GetProperty("properties");
        Assert.True(blobs.GetProperty("isVersioningEnabled").GetBoolean());
        Assert.True(blobs.GetProperty("deleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        Assert.True(blobs.GetProperty("containerDeleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        Assert.Equal(
            "None",
            templates
                .Single("Microsoft.Storage/storageAccounts/blobServices/containers")
                .GetProperty("properties")
                .GetProperty("publicAccess")
                .GetString()
        );
    }

    [Fact]
    public void Search_telemetry_and_registry_take_no_keys()
    {
        Assert.True(
            templates.Single("Microsoft.Search/searchServices").GetProperty("properties").GetProperty("disableLocalAuth").GetBoolean()
        );
        Assert.True(
            templates.Single("Microsoft.Insights/components").GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean()
        );
        Assert.True(
            templates
                .Single("Microsoft.OperationalInsights/workspaces")
                .GetProperty("properties")
                .GetProperty("features")
                .GetProperty("disableLocalAuth")
                .GetBoolean()
        );
        var registry = templates.Single("Microsoft.ContainerRegistry/registries").GetProperty("properties");
        Assert.False(registry.GetProperty("adminUserEnabled").GetBoolean());
        Assert.False(registry.GetProperty("anonymousPullEnabled").GetBoolean());
    }

    [Fact]
    public void Every_app_runs_as_the_one_identity_and_answers_over_tls_only()
    {
        var sites = templates.OfType("Microsoft.Web/sites").ToList();
        Assert.Equal(2, sites.Count);
        Assert.All(
            sites,
            site =>
            {
                var properties = site.GetProperty("properties");
                Assert.True(properties.GetProperty("httpsOnly").GetBoolean());
                Assert.Equal("1.2", properties.GetProperty("siteConfig").GetProperty("minTlsVersion").GetString());
                Assert.Equal("Disabled", properties.GetProperty("siteConfig").GetProperty("ftpsState").GetString());
            }
        );
        var credentials = templates.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies").ToList();
        Assert.Equal(4, credentials.Count);
        Assert.All(credentials, policy => Assert.False(policy.GetProperty("properties").GetProperty("allow").GetBoolean()));

        var container = templates.Single("Microsoft.App/containerApps");
        Assert.False(
            container
                .GetProperty("properties")
                .GetProperty("configuration")
                .GetProperty("ingress")
                .GetProperty("allowInsecure")
                .GetBoolean()
        );
        Assert.All(
            sites.Append(container),
            app => Assert.Equal("UserAssigned", app.GetProperty("identity").GetProperty("type").GetString())
        );
    }

    [Fact]
    public void No_key_is_put_out_or_set_and_only_those_of_the_app_itself_are_asked_for()
    {
        string[] own =
        [
            "listSecrets('current', ",
            "listSecrets('container', ",
            "listKeys(format('{0}/host/default', resourceId('Microsoft.Web/sites', ",
        ];
        Assert.All(
            KeyFunctions().Matches(templates.Text),
            match => Assert.Contains(own, start => templates.Text.AsSpan(match.Index).StartsWith(start, StringComparison.Ordinal))
        );
        Assert.DoesNotMatch(KeyText(), templates.Text);
        var all = Templates.TemplatesOf("main", templates.Main).Concat(Templates.TemplatesOf("events", templates.Events));
        foreach (var (name, template) in all)
        {
            foreach (var output in template.TryGetProperty("outputs", out var outputs) ? outputs.EnumerateObject() : default)
            {
                Assert.False(SecretName().IsMatch(output.Name), $"{name} puts out {output.Name}.");
            }
        }

        var resources = Templates
            .TemplatesOf("main", templates.Main)
            .Single(item => item.Name == "resources")
            .Template.GetProperty("resources");
        var settings = resources
            .GetProperty("flex")
            .GetProperty("properties")
            .GetProperty("parameters")
            .GetProperty("settings")
            .GetProperty("value");
        Assert.All(settings.EnumerateObject(), setting => Assert.False(SecretName().IsMatch(setting.Name), $"{setting.Name} is set."));
        Assert.Equal("managedidentity", settings.GetProperty("AzureWebJobsStorage__credential").GetString());
        Assert.False(settings.TryGetProperty("AzureWebJobsStorage", out _));
    }

    [Fact]
    public void Private_endpoints_close_the_public_network()
    {
        Assert.Equal("[if(parameters('isPublic'), 'Enabled', 'Disabled')]", PublicAccess("Microsoft.Storage/storageAccounts"));
        Assert.Equal("[if(parameters('isPublic'), 'Enabled', 'Disabled')]", PublicAccess("Microsoft.Search/searchServices"));
        var zones = templates.Text;
        Assert.All(
            ["blob", "queue", "table", "search"],
            service => Assert.Contains($"privatelink.{service}.", zones, StringComparison.Ordinal)
        );
    }

    private string? PublicAccess(string type) =>
        templates.Single(type).GetProperty("properties").GetProperty("publicNetworkAccess").GetString();

    [GeneratedRegex(
        @"\blist(Keys|Secrets|Credentials|AdminKeys|QueryKeys|AccountSas|ServiceSas|HostKeys|ConnectionStrings|\()",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex KeyFunctions();

    [GeneratedRegex("AccountKey=|SharedAccessKey=|[?&]sig=", RegexOptions.IgnoreCase)]
    private static partial Regex KeyText();

    [GeneratedRegex("key|secret|password|token|sas$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
