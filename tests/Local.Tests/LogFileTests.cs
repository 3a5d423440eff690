using Xunit;

namespace Local.Tests;

public sealed class LogFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("log-file-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_logs_of_the_last_three_runs_are_kept_beside_the_current_one()
    {
        foreach (var run in (string[])["first", "second", "third", "fourth", "fifth"])
        {
            using var log = LogFile.Create(folder, "app");
            log.Write(run);
        }

        Assert.Equal(
            ["app.1.log", "app.2.log", "app.3.log", "app.log"],
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.EndsWith(" fifth\n", File.ReadAllText(Path.Combine(folder, "app.log")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.EndsWith(
            " second\n",
            File.ReadAllText(Path.Combine(folder, "app.3.log")).ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }
}
