using Xunit;

namespace Local.Tests;

public sealed class LogFilterTests
{
    [Theory]
    [InlineData("[app] warn: Serverless.Pipeline[7] Something is odd", "[app] warn: Serverless.Pipeline[7] Something is odd")]
    [InlineData("06:47:46.807 fail: Host.Handler[3] The handler ended", "06:47:46.807 fail: Host.Handler[3] The handler ended")]
    [InlineData("crit: Host[1] Out of luck", "crit: Host[1] Out of luck")]
    [InlineData("[app] info: Serverless.Pipeline[1] images/warn: is a name", null)]
    [InlineData("06:47:46.807 info: Host[1] fail: not really", null)]
    [InlineData("ready http://127.0.0.1:7071", null)]
    [InlineData("", null)]
    public void Only_warnings_and_worse_reach_the_console(string line, string? shown) => Assert.Equal(shown, new LogFilter().Pick(line));

    [Fact]
    public void A_warning_s_details_are_shown_up_to_the_next_entry()
    {
        var filter = new LogFilter();
        string[] lines = ["info: A[1]", "      quiet", "warn: B[2]", "      loud", "info: C[3]", "      quiet again"];

        Assert.Equal(["warn: B[2]", "      loud"], lines.Select(filter.Pick).OfType<string>());
    }

    [Fact]
    public void The_same_warning_is_not_repeated_until_another_comes()
    {
        var filter = new LogFilter();
        string[] lines = ["warn: A[1] x", "warn: A[1] x", "warn: A[1] y", "warn: A[1] x"];

        Assert.Equal(["warn: A[1] x", "warn: A[1] y", "warn: A[1] x"], lines.Select(filter.Pick).OfType<string>());
    }

    [Theory]
    [InlineData("[app]    at System.Enum.TryParse(Type enumType)", null)]
    [InlineData("   at Program.<Main>$(String[] args) in Program.cs:line 27", null)]
    [InlineData("[app]    --- End of inner exception stack trace ---", null)]
    [InlineData("[app]  ---> System.FormatException: maybe is not valid.", null)]
    [InlineData("fail: Host[11] Bad value  ---> System.FormatException: no.    at System.Enum.Parse(Type t)", "fail: Host[11] Bad value")]
    [InlineData("Look at (this) picture", "Look at (this) picture")]
    public void A_stack_trace_stays_in_the_log_file(string line, string? shown) => Assert.Equal(shown, LogFilter.Readable(line));

    [Fact]
    public void A_long_line_is_cut() => Assert.Equal(new string('x', 400) + "…", LogFilter.Readable(new string('x', 5000)));
}
