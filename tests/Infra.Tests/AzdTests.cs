using System.Text.RegularExpressions;
using Shared;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests;

/// <summary>What azd is told: <c>azure.yaml</c>, and the workflow that does the same without anybody at hand.</summary>
public sealed partial class AzdTests(Templates templates)
{
    private static readonly YamlMappingNode Root = Read("azure.yaml");

    private static readonly string WorkflowFile = Path.Combine(".github", "workflows", "azure-dev.yml");

    private static readonly YamlMappingNode Workflow = Read(WorkflowFile);

    [Fact]
    public void What_azd_is_told_to_use_is_there()
    {
        Assert.Equal("bicep", Text(Map(Root, "infra"), "provider"));
        Assert.Equal(["core", "events"], Layers().Select(layer => Text(layer, "name")));
        foreach (var file in Layers().Select(layer => Path.Combine(RepositoryFolder.Path, Text(layer, "path"), Text(layer, "module"))))
        {
            Assert.True(File.Exists(file + ".bicep"), $"{file}.bicep is not there.");
            Assert.True(File.Exists(file + ".bicepparam"), $"{file}.bicepparam is not there.");
        }

        Assert.Matches("^[a-z0-9][a-z0-9-]*$", Text(Root, "name"));
    }

    [Fact]
    public void No_script_of_ours_is_needed()
    {
        Assert.False(Root.Children.ContainsKey("hooks"), "azure.yaml has hooks.");
        Assert.All(Services(), service => Assert.False(service.Value.Children.ContainsKey("hooks"), $"{service.Key} has hooks."));
        Assert.Empty(Directory.EnumerateFiles(Bicep.Folder, "*.sh", SearchOption.AllDirectories));
    }

    [Fact]
    public void Each_service_is_deployed_to_the_resource_that_bears_its_name()
    {
        var named = ServiceTag()
            .Matches(templates.Text.Replace("parameters('gpu')", "", StringComparison.Ordinal))
            .SelectMany(tag => tag.Groups[1].Value.Split('\'').Where((_, index) => index % 2 == 1));
        Assert.Equal(Services().Keys.Order(StringComparer.Ordinal), named.Distinct().Order(StringComparer.Ordinal));
        foreach (var (name, service) in Services())
        {
            Assert.True(Path.Exists(Path.Combine(RepositoryFolder.Path, Text(service, "project"))));
            Assert.Equal(name == "functions" ? "function" : "containerapp", Text(service, "host"));
            if (service.Children.ContainsKey("docker"))
            {
                var file = Path.Combine(RepositoryFolder.Path, Text(service, "project"), Text(Map(service, "docker"), "path"));
                Assert.True(File.Exists(file), $"{file} is not there.");
            }
        }
    }

    [Fact]
    public void The_template_says_which_of_the_services_is_deployed()
    {
        var outputs = templates.Main.GetProperty("outputs");
        foreach (var (name, service) in Services())
        {
            var condition = Text(service, "condition");
            Assert.Equal($"${{DEPLOY_{name.ToUpperInvariant()}}}", condition);
            Assert.Equal("bool", outputs.GetProperty(condition[2..^1]).GetProperty("type").GetString());
        }
    }

    [Fact]
    public void The_second_layer_takes_only_what_the_first_puts_out()
    {
        var outputs = templates.Main.GetProperty("outputs").EnumerateObject().Select(output => output.Name).ToHashSet();
        var taken = VariablesOf("events.bicepparam");
        Assert.NotEmpty(taken);
        Assert.Subset(outputs, taken);
    }

    [Fact]
    public void Events_are_connected_once_the_app_runs()
    {
        var up = (YamlSequenceNode)Map(Map(Root, "workflows"), "up")["steps"];
        var steps = up.Cast<YamlMappingNode>().Select(step => Text(step, "azd")).ToList();
        Assert.Equal(["provision core", "deploy --all", "provision events"], steps);
        var asked = Commands().Where(command => command.Contains("--no-prompt", StringComparison.Ordinal));
        Assert.Equal(steps.Select(step => $"azd {step} --no-prompt"), asked);
    }

    [Fact]
    public void The_workflow_has_every_variable_that_the_parameters_read()
    {
        var given = Map(Job(), "env").Children.Keys.Select(key => ((YamlScalarNode)key).Value!).ToHashSet();
        var read = VariablesOf("main.bicepparam").Where(name => !name.StartsWith("SERVICE_", StringComparison.Ordinal));
        Assert.Superset(read.ToHashSet(), given);
        var handedOver = ((YamlSequenceNode)Map(Root, "pipeline")["variables"]).Select(name => ((YamlScalarNode)name).Value!);
        Assert.Superset(handedOver.ToHashSet(), given);
    }

    [Fact]
    public void The_workflow_signs_in_without_a_secret()
    {
        Assert.Equal("write", Text(Map(Workflow, "permissions"), "id-token"));
        Assert.Contains(Commands(), command => command.EndsWith("--federated-credential-provider github", StringComparison.Ordinal));
        Assert.DoesNotContain("secrets.", File.ReadAllText(Path.Combine(RepositoryFolder.Path, WorkflowFile)), StringComparison.Ordinal);
    }

    private static YamlMappingNode Job() => Map(Map(Workflow, "jobs"), "deploy");

    private static IEnumerable<string> Commands() =>
        ((YamlSequenceNode)Job()["steps"])
            .Cast<YamlMappingNode>()
            .Where(step => step.Children.ContainsKey("run"))
            .Select(step => Text(step, "run"));

    private static HashSet<string> VariablesOf(string file) =>
        [.. Variable().Matches(File.ReadAllText(Path.Combine(Bicep.Folder, file))).Select(match => match.Groups[1].Value)];

    private static IEnumerable<YamlMappingNode> Layers() => ((YamlSequenceNode)Map(Root, "infra")["layers"]).Cast<YamlMappingNode>();

    private static Dictionary<string, YamlMappingNode> Services() =>
        Map(Root, "services")
            .Children.ToDictionary(service => ((YamlScalarNode)service.Key).Value!, service => (YamlMappingNode)service.Value);

    private static YamlMappingNode Read(string file)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(RepositoryFolder.Path, file));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node[key];

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    [GeneratedRegex(@"'azd-service-name', (.+?)\)\)")]
    private static partial Regex ServiceTag();

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex Variable();
}
