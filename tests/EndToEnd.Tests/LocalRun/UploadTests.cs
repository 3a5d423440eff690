using Shared;
using Xunit;

namespace EndToEnd.Tests.LocalRun;

public sealed class UploadTests
{
    [Fact]
    public async Task Uploading_prints_what_became_of_each_file()
    {
        await using var stack = await LocalStack.StartAsync();
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "images", "scene.jpg"), Path.Combine(folder, "scene.jpg"));
        await File.WriteAllTextAsync(Path.Combine(folder, "text.jpg"), "no picture");

        var (exitCode, output, errors) = await LocalProgram.RunAsync([
            "upload",
            "--data",
            stack.DataFolder,
            folder,
            Path.Combine(folder, "scene.jpg"),
        ]);

        var name = Path.GetFileName(folder.Path);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Matches($"✓ {name}/text.jpg +rejected: .", output);
        Assert.Contains(", indexed", output, StringComparison.Ordinal);
        Assert.Matches($"exact copy of images/({name}/)?scene.jpg, moved to quarantine", output);
    }
}
