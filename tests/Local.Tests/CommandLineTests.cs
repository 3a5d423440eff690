using Local.Commands;
using Xunit;

namespace Local.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Without_arguments_everything_listens_where_the_documentation_says()
    {
        var options = Options();

        Assert.Equal([7071, 7072, 10000, 10001, 10002], options.Ports.Select(port => port.Port));
        Assert.Equal(Path.Combine(BuiltPrograms.RepositoryRoot, ".local"), options.Data);
        Assert.False(options.Fresh);
        Assert.Null(options.IndexingDelayMilliseconds);
    }

    [Fact]
    public void Every_option_is_understood()
    {
        var options = Options(
            "--fresh",
            "--data",
            "/state",
            "--port",
            "1",
            "--search-port",
            "2",
            "--blob-port",
            "3",
            "--queue-port",
            "4",
            "--table-port",
            "5",
            "--indexing-delay-ms",
            "6000",
            "--stop-with-stdin"
        );

        Assert.Equal([1, 2, 3, 4, 5], options.Ports.Select(port => port.Port));
        Assert.Equal(
            (true, Path.GetFullPath("/state"), 6000, true),
            (options.Fresh, options.Data, options.IndexingDelayMilliseconds, options.StopWithStandardInput)
        );
    }

    [Fact]
    public void A_demo_keeps_its_pictures_apart_unless_a_folder_is_named()
    {
        Assert.Equal((true, Path.Combine(BuiltPrograms.RepositoryRoot, ".local-demo")), (Options("--demo").Demo, Options("--demo").Data));
        Assert.Equal(Path.GetFullPath("/state"), Options("--demo", "--data", "/state").Data);
    }

    [Fact]
    public void Zero_may_be_given_for_every_port() =>
        Assert.Equal([0, 0, 7072, 10001, 10002], Options("--port", "0", "--blob-port", "0").Ports.Select(port => port.Port).Order());

    [Fact]
    public void The_last_of_repeated_options_counts()
    {
        var options = Options("--port", "0", "--data", "/a", "--port", "1", "--data", "/b");

        Assert.Equal((1, Path.GetFullPath("/b")), (options.Port, options.Data));
        Assert.Equal("b", CommandLine.Parse(["calibrate", "--folder", "a", "--folder", "b"]).GetValue<string>("--folder"));
    }

    [Theory]
    [InlineData("--data", "upload", "upload", "a", "b")]
    [InlineData("upload", "a", "--data", "upload", "b")]
    public void Upload_takes_files_and_a_data_folder_in_any_order(params string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments);

        Assert.Empty(parsed.Errors);
        Assert.Equal("upload", parsed.CommandResult.Command.Name);
        Assert.Equal(["a", "b"], parsed.GetRequiredValue<string[]>("FILE"));
        Assert.Equal(Path.GetFullPath("upload"), parsed.GetValue<string>("--data"));
    }

    [Theory]
    [InlineData("Unrecognized command or argument '--frsh'.", "--frsh")]
    [InlineData("Unrecognized command or argument 'cat.jpg'.", "cat.jpg")]
    [InlineData("Required argument missing for option: '--port'.", "--port")]
    [InlineData("--port takes a whole number from 0 to 65535, not \"-1\".", "--port", "-1")]
    [InlineData("--port takes a whole number from 0 to 65535, not \"65536\".", "--port", "65536")]
    [InlineData("--port takes a whole number from 0 to 65535, not \"7071 \".", "--port", "7071 ")]
    [InlineData("--indexing-delay-ms takes a whole number from 0 to 600000, not \"1s\".", "--indexing-delay-ms", "1s")]
    [InlineData("--data needs the name of a folder.", "--data", "")]
    [InlineData("--port and --table-port are the same port, 10002.", "--port", "10002")]
    [InlineData("--sample takes a whole number from 2 to 10000, not \"1\".", "calibrate", "--sample", "1")]
    [InlineData("Required argument missing for option: '--sample'.", "calibrate", "--sample")]
    [InlineData("--false-quarantine takes a share between 0 and 1, not \"2\".", "calibrate", "--false-quarantine", "2")]
    [InlineData("Required argument 'FILE' missing for command: 'upload'.", "upload")]
    [InlineData(
        "Every program on the machine can read a key on a command line: set the environment variable LOCAL_FUNCTION_KEY instead.",
        "--function-key",
        "secret"
    )]
    [InlineData("\"--fresh\" is not an option of upload, which takes only --data DIR and files or folders.", "upload", "a", "--fresh")]
    public void An_error_is_reported_in_one_sentence(string sentence, params string[] arguments) =>
        Assert.Equal(sentence, Assert.Single(CommandLine.Parse(arguments).Errors).Message);

    [Fact]
    public async Task The_help_names_every_option_and_command()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(CommandLine.Parse(["--help"]), output, TextWriter.Null));

        foreach (var (option, port) in Options().Ports)
        {
            Assert.Matches($"  {option} <N> .*default: {port}]", output.ToString());
        }

        Assert.All(
            ["upload <FILE>", "review", "models", "calibrate"],
            command => Assert.Contains($"\n  {command} ", output.ToString(), StringComparison.Ordinal)
        );
        Assert.DoesNotContain("function-key", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calibrate", "--write", "--sample", "20")]
    [InlineData("calibrate", "--sample", "20", "--write")]
    public void Thresholds_are_written_to_a_chosen_file_or_to_the_settings(params string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments);

        Assert.Empty(parsed.Errors);
        Assert.NotNull(parsed.GetResult("--write"));
        Assert.Null(parsed.GetValue<string>("--write"));
        Assert.Equal("t.json", CommandLine.Parse(["calibrate", "--write", "t.json"]).GetValue<string>("--write"));
    }

    private static LocalOptions Options(params string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return Assert.IsType<RunCommand>(parsed.RootCommandResult.Command).OptionsOf(parsed);
    }
}
