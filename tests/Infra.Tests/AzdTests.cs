using Shared;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests;

public sealed class AzdTests
{
    [Fact]
    public void What_azd_is_told_to_use_is_there()
    {
        var root = Read();
        var infra = (YamlMappingNode)root["infra"];
        Assert.Equal("bicep", Text(infra, "provider"));
        Assert.True(File.Exists(Path.Combine(RepositoryFolder.Path, Text(infra, "path"), Text(infra, "module") + ".bicep")));
        Assert.Matches("^[a-z0-9][a-z0-9-]*$", Text(root, "name"));
    }

    [Fact]
    public void The_hook_runs_the_script_that_deploys()
    {
        var hook = (YamlMappingNode)((YamlMappingNode)Read()["hooks"])["postprovision"];
        var script = Path.Combine(RepositoryFolder.Path, Text((YamlMappingNode)hook["posix"], "run"));
        Assert.True(File.Exists(script));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), "deploy.sh is not executable.");
    }

    [Fact]
    public void The_script_needs_only_what_the_template_puts_out()
    {
        var main = File.ReadAllText(Path.Combine(Bicep.Folder, "main.bicep"));
        var script = File.ReadAllText(Path.Combine(Bicep.Folder, "deploy.sh"));
        foreach (var name in new[] { "AZURE_RESOURCE_GROUP", "PLAN", "APP_NAME", "APP_HOST", "STORAGE_ACCOUNT", "EVENT_TOPIC", "REGISTRY" })
        {
            Assert.Contains($"output {name} ", main, StringComparison.Ordinal);
            Assert.Contains($"${name}", script.Replace("{", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private static YamlMappingNode Read()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(RepositoryFolder.Path, "azure.yaml"));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
