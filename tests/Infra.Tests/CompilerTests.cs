namespace Infra.Tests;

public sealed class CompilerTests(Templates templates)
{
    [Fact]
    public void The_compiler_and_its_linter_have_nothing_to_say() => Assert.Equal("", templates.Remarks);

    [Theory]
    [InlineData("main.bicepparam", "environmentName")]
    [InlineData("events.bicepparam", "topicName")]
    public async Task The_parameter_file_fits_the_template(string file, string parameter)
    {
        var (exitCode, output, remarks) = await Bicep.RunAsync("build-params", file, "--stdout");
        Assert.Equal("", remarks);
        Assert.Equal(0, exitCode);
        Assert.Contains(parameter, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_and_every_output_is_described()
    {
        foreach (
            var (name, template) in Templates.TemplatesOf("main", templates.Main).Concat(Templates.TemplatesOf("events", templates.Events))
        )
        {
            foreach (var kind in new[] { "parameters", "outputs" }.Where(kind => template.TryGetProperty(kind, out _)))
            {
                foreach (var item in template.GetProperty(kind).EnumerateObject())
                {
                    var description = item.Value.TryGetProperty("metadata", out var metadata)
                        ? metadata.GetProperty("description").GetString()!
                        : "";
                    var isRight =
                        kind == "outputs"
                            ? description.EndsWith('.')
                            : description.StartsWith(
                                item.Value.TryGetProperty("defaultValue", out _) ? "Optional. " : "Required. ",
                                StringComparison.Ordinal
                            );
                    Assert.True(isRight, $"{name}: {item.Name} is described as '{description}'.");
                }
            }
        }
    }

    [Fact]
    public void Names_are_the_same_at_every_deployment()
    {
        // Only the keys of a new container app may differ, and they are part of no name.
        var seed = templates.Main.GetProperty("parameters").GetProperty("containerKeySeed");
        Assert.Equal("[newGuid()]", seed.GetProperty("defaultValue").GetString());
        Assert.Single(templates.Text.Split("newGuid(", StringSplitOptions.None).Skip(1));
        var names = templates.Resources.Select(item => item.Resource).Where(resource => resource.TryGetProperty("name", out _));
        Assert.All(
            names,
            resource => Assert.DoesNotContain("containerKeySeed", resource.GetProperty("name").GetRawText(), StringComparison.Ordinal)
        );
        Assert.DoesNotContain("utcNow(", templates.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            "[uniqueString(subscription().id, parameters('environmentName'), parameters('location'))]",
            templates.Main.GetProperty("variables").GetProperty("token").GetString()
        );
    }
}
