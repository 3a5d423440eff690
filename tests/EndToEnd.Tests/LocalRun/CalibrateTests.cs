using Shared;
using Xunit;

namespace EndToEnd.Tests.LocalRun;

public sealed class CalibrateTests(SharedStack shared)
{
    [Fact]
    public async Task The_running_stack_is_sampled_and_a_threshold_is_recommended()
    {
        // Other tests move and delete what is in "images".
        var container = shared.Stack.Blobs.GetBlobContainerClient($"calibrate-{Guid.NewGuid():N}");
        await container.CreateAsync();
        await container.UploadBlobAsync("a.jpg", BinaryData.FromBytes(Picture.Scene(9701).Jpeg()));
        await container.UploadBlobAsync("b.jpg", BinaryData.FromBytes(Picture.Scene(9702).Jpeg()));
        using var folder = new TemporaryFolder();
        var written = Path.Combine(folder, "settings.json");

        string[] words =
        [
            "calibrate",
            "--data",
            shared.Stack.DataFolder,
            "--container",
            container.Name,
            "--sample",
            "2",
            "--write",
            written,
        ];
        var (exitCode, output, errors) = await LocalProgram.RunAsync(words);

        Assert.True(exitCode == 0, errors);
        Assert.Contains("36 copies", output, StringComparison.Ordinal);
        Assert.Contains("Recommended: Duplicates__Threshold=", output, StringComparison.Ordinal);
        Assert.Contains("Duplicates__CandidateThreshold", await File.ReadAllTextAsync(written), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_running_stack_it_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, _, errors) = await LocalProgram.RunAsync(["calibrate", "--data", folder]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("dotnet run --project local", errors, StringComparison.Ordinal);
    }
}
