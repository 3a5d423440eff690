using Xunit;

namespace Local.Tests;

public sealed class AppSettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("app-settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_user_s_file_takes_precedence_over_the_sample()
    {
        Write("local.settings.sample.json", """{ "Values": { "A": "sample" } }""");
        Assert.Equal("sample", AppSettings.Read(folder)["A"]);

        Write("local.settings.json", """{ "Values": { "A": "mine" } }""");
        Assert.Equal("mine", AppSettings.Read(folder)["A"]);
    }

    [Fact]
    public void Values_may_be_of_any_kind_and_names_written_with_colons()
    {
        Write(
            "local.settings.json",
            """
            { // for me
              "Values": { "Duplicates:Confirm": false, "Limits__MaxBytes": 5, },
            }
            """
        );

        Assert.Equal(
            new Dictionary<string, string> { ["Duplicates__Confirm"] = "False", ["Limits__MaxBytes"] = "5" },
            AppSettings.Read(folder)
        );
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "Values": 1 }""")]
    [InlineData("""{ "Values": { "A:B": "1", "A__B": "2" } }""")]
    public void A_broken_file_is_named(string text)
    {
        Write("local.settings.json", text);

        var exception = Assert.Throws<LocalRunException>(() => AppSettings.Read(folder));
        Assert.StartsWith(
            $"{Path.Combine(folder, "local.settings.json")} is not a settings file",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_variable_overrides_the_file_and_the_run_s_own_values_override_both()
    {
        var file = new Dictionary<string, string>
        {
            ["A"] = "file",
            ["B"] = "file",
            ["C"] = "file",
        };
        var known = new Dictionary<string, string> { ["C"] = "known", ["D"] = "known" };

        var settings = AppSettings.Combine(file, name => name is "B" or "C" ? "variable" : null, known);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["A"] = "file",
                ["B"] = "variable",
                ["C"] = "known",
                ["D"] = "known",
                ["Storage__Images"] = "images",
            },
            settings
        );
    }

    [Fact]
    public void A_container_that_triggers_refer_to_always_has_a_name()
    {
        Assert.Equal(
            "photos",
            AppSettings.Combine(
                new Dictionary<string, string> { ["Storage__Images"] = "photos" },
                _ => null,
                new Dictionary<string, string>()
            )["Storage__Images"]
        );
        Assert.Equal(
            "mine",
            AppSettings.Combine(
                new Dictionary<string, string>(),
                name => name == "Storage__Images" ? "mine" : null,
                new Dictionary<string, string>()
            )["Storage__Images"]
        );
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
