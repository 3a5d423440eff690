using Shared;
using Xunit;

namespace EndToEnd.Tests.LocalRun;

public sealed class DemoTests
{
    [Fact]
    public async Task A_demo_loads_the_sample_pictures_and_says_what_became_of_them()
    {
        using var samples = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(samples.Path, "small"));
        await File.WriteAllTextAsync(Path.Combine(samples.Path, "README.md"), "Where they are from.");
        File.Copy(Picture.PhotoFile("home"), Path.Combine(samples.Path, "home.jpg"));
        File.Copy(Picture.PhotoFile("orange"), Path.Combine(samples.Path, "orange.jpg"));
        await File.WriteAllBytesAsync(Path.Combine(samples.Path, "small", "home.jpg"), Picture.Photo("home").Resized(0.6).Jpeg());
        await using var stack = await LocalStack.StartAsync(
            new LocalStackOptions
            {
                Arguments = ["--demo"],
                Environment = new Dictionary<string, string> { ["LOCAL_SAMPLES"] = samples.Path },
            }
        );

        // On a busy machine the smaller one may be judged first: then the larger one, which shows more, stays beside it.
        Assert.Matches("✓ Sample pictures +2 new, 1 (in quarantine|look-alike)", stack.Output);
        using var again = await stack.Http.PostAsync("/local/samples", null);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, again.StatusCode);
        using var health = await stack.Http.GetAsync("/api/health");
        Assert.Equal("</local/samples>; rel=\"samples\"", Assert.Single(health.Headers.GetValues("Link")));
    }
}
