using Xunit;

namespace Local.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Without_arguments_everything_listens_where_the_documentation_says()
    {
        var options = CommandLine.Parse([]);

        Assert.Equal([7071, 7072, 10000, 10001, 10002], options.Ports.Select(port => port.Port));
        Assert.Equal(Path.Combine(BuiltPrograms.RepositoryRoot, ".local"), options.Data);
        Assert.False(options.Fresh);
        Assert.Null(options.IndexingDelayMilliseconds);
        Assert.Null(options.Upload);
    }

    [Fact]
    public void Every_option_is_understood()
    {
        var options = CommandLine.Parse([
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
            "--stop-with-stdin",
        ]);

        Assert.Equal([1, 2, 3, 4, 5], options.Ports.Select(port => port.Port));
        Assert.Equal(
            (true, Path.GetFullPath("/state"), 6000, true),
            (options.Fresh, options.Data, options.IndexingDelayMilliseconds, options.StopWithStandardInput)
        );
    }

    [Fact]
    public void Zero_may_be_given_for_every_port() =>
        Assert.Equal(
            [0, 0, 7072, 10001, 10002],
            CommandLine.Parse(["--port", "0", "--blob-port", "0"]).Ports.Select(port => port.Port).Order()
        );

    [Theory]
    [InlineData("--data", "upload", "upload", "a", "b")]
    [InlineData("upload", "a", "--data", "upload", "b")]
    public void Upload_takes_files_and_a_data_folder_in_any_order(params string[] arguments)
    {
        var options = CommandLine.Parse(arguments);

        Assert.Equal(["a", "b"], options.Upload);
        Assert.Equal(Path.GetFullPath("upload"), options.Data);
    }

    [Theory]
    [InlineData("\"--frsh\" is not an option; --help lists them.", "--frsh")]
    [InlineData("\"cat.jpg\" is not an option; --help lists them.", "cat.jpg")]
    [InlineData("--port needs a value; --help lists the options.", "--port")]
    [InlineData("--port takes a whole number from 0 to 65535, not \"-1\".", "--port", "-1")]
    [InlineData("--port takes a whole number from 0 to 65535, not \"65536\".", "--port", "65536")]
    [InlineData("--port takes a whole number from 0 to 65535, not \"7071 \".", "--port", "7071 ")]
    [InlineData("--indexing-delay-ms takes a whole number from 0 to 600000, not \"1s\".", "--indexing-delay-ms", "1s")]
    [InlineData("--data needs the name of a folder.", "--data", "")]
    [InlineData("--port and --table-port are the same port, 10002.", "--port", "10002")]
    [InlineData("upload needs at least one file or folder.", "upload")]
    [InlineData(
        "A key on a command line can be read by every program of the machine: set the environment variable LOCAL_FUNCTION_KEY instead.",
        "--function-key",
        "secret"
    )]
    [InlineData("\"--fresh\" is not an option of upload, which takes only --data DIR and files or folders.", "upload", "a", "--fresh")]
    public void What_is_wrong_is_said_in_one_sentence(string sentence, params string[] arguments) =>
        Assert.Equal(sentence, Assert.Throws<CommandLineException>(() => CommandLine.Parse(arguments)).Message);

    [Fact]
    public void The_help_names_every_option()
    {
        foreach (var (option, _) in CommandLine.Parse([]).Ports)
        {
            Assert.Contains($"  {option} N ", Help.Text, StringComparison.Ordinal);
        }
    }
}
