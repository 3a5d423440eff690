using System.Globalization;
using Shared;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>
/// The model and the code are tied: two workers of the app, on real storage, send their requests in orders that a seed chooses,
/// and after each that changes something, the model must be able to come to the same rows, blobs, copies and places in the log.
/// PROTOCOL_ORDERS=100 tries as many of each.
/// </summary>
[Long]
public sealed class ConformanceTests(Stage stage, ITestOutputHelper output) : IClassFixture<Stage>
{
    private static readonly int Seeds = int.TryParse(
        Environment.GetEnvironmentVariable("PROTOCOL_ORDERS"),
        CultureInfo.InvariantCulture,
        out var orders
    )
        ? orders
        : 2;

    [Theory]
    [InlineData("u0u1")]
    [InlineData("u0u1|d0")]
    [InlineData("u0u1|u0")]
    [InlineData("u0u1r1")]
    [InlineData("u0u1r1d1")]
    [InlineData("u0u1|r1|d0")]
    [InlineData("u0u1x1|r1")]
    [InlineData("u0u1", "1")]
    [InlineData("u0u1|d1", "1")]
    public async Task The_model_can_do_whatever_the_code_does(string script, string better = "")
    {
        var writes = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var trace = TraceOf(script, seed, Mutation.None, better);
            await trace.RunAsync();
            Assert.True(trace.Fault is null, $"{trace.Fault}\n{trace.History}");
            writes += trace.Writes;
        }

        output.WriteLine($"{script}: {Seeds} orders, {writes} requests that change something.");
    }

    [Fact]
    public async Task A_model_that_forgets_what_a_person_said_cannot_do_what_the_code_does()
    {
        var trace = TraceOf("u0u1r1", 3, Mutation.NothingRemembered);
        await trace.RunAsync();
        Assert.Contains("The model cannot do what the code did", trace.Fault ?? trace.History, StringComparison.Ordinal);
    }

    private RealTrace TraceOf(string script, int seed, Mutation mutation, string better = "")
    {
        var scenario = new Scenario(script)
        {
            Stalls = 9,
            IsTimely = false,
            MayStayTwice = true,
            Mutation = mutation,
            Better = better,
        };
        var folder = $"{script.Replace('|', '-')}-{mutation}{better}-{seed}";

        // Pictures of its own: what other traces left must not be like them.
        var scene = Picture.Scene(folder.Aggregate(17, (number, letter) => unchecked((number * 31) + letter)) & int.MaxValue);
        var poorer = scene.Resized(0.6);
        var images = new RealImages(
            stage,
            folder,
            (image, upload) => (better.Length > 0 && image == 0 ? poorer : scene).Jpeg(95 - (image * 7) - (upload * 3))
        );
        return new RealTrace(stage, scenario, images, seed);
    }
}
