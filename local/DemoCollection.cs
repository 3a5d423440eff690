using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Local;

/// <summary>Has the host put the sample pictures into the collection, and tells what became of them.</summary>
/// <param name="app">Runs, and is ready.</param>
/// <param name="container">Where uploads go.</param>
internal sealed class DemoCollection(AppClient app, string container, CancellationToken cancellation)
{
    /// <summary>Names another folder of sample pictures.</summary>
    public const string Variable = "LOCAL_SAMPLES";

    private const int MostLookedUp = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Pictures, and a note on where they are from.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
            ? Path.GetFullPath(folder)
            : Path.Combine(BuiltPrograms.RepositoryRoot, "local", "samples");

    public async Task LoadAsync()
    {
        var watch = Stopwatch.StartNew();
        var paths = PictureFile
            .Find([Folder])
            .Where(file => file.ContentType.StartsWith("image/", StringComparison.Ordinal))
            .Select(file => $"{container}/samples/{Path.GetRelativePath(Folder, file.Path).Replace(Path.DirectorySeparatorChar, '/')}")
            .ToList();
        Steps.Busy($"Uploading {paths.Count} sample pictures");
        try
        {
            using var client = app.Open();
            using var response = await client.PostAsync("local/samples", null, cancellation);
            response.EnsureSuccessStatusCode();
            var told = Stopwatch.StartNew();
            while (true)
            {
                var verdicts = await VerdictsAsync(client, paths);
                if (verdicts.Count == paths.Count)
                {
                    Steps.Done("Sample pictures", Summary(verdicts), watch.Elapsed);
                    return;
                }

                if (told.Elapsed > TimeSpan.FromSeconds(5))
                {
                    Steps.Busy($"{verdicts.Count} of {paths.Count} judged");
                    told.Restart();
                }

                await Task.Delay(Pause, cancellation);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            Steps.Again($"The sample pictures could not be loaded: {exception.Message}");
        }
    }

    /// <summary>Such as "107 new, 6 look-alike, 15 in quarantine".</summary>
    internal static string Summary(IReadOnlyCollection<string> verdicts)
    {
        (string Verdict, string Words)[] all =
        [
            ("new", "new"),
            ("lookAlike", "look-alike"),
            ("quarantined", "in quarantine"),
            ("rejected", "rejected"),
        ];
        return string.Join(
            ", ",
            all.Select(one => (one.Words, Count: verdicts.Count(verdict => verdict == one.Verdict)))
                .Where(one => one.Count > 0)
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Count} {one.Words}"))
        );
    }

    /// <summary>What has become of those that are judged.</summary>
    private async Task<IReadOnlyList<string>> VerdictsAsync(HttpClient client, IEnumerable<string> paths)
    {
        var verdicts = new List<string>();
        foreach (var some in paths.Chunk(MostLookedUp))
        {
            using var response = await client.PostAsJsonAsync("api/images/lookup", new { paths = some }, cancellation);
            response.EnsureSuccessStatusCode();
            var reply = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            verdicts.AddRange(reply.GetProperty("images").EnumerateArray().Select(VerdictOf).OfType<string>());
        }

        return verdicts;
    }

    private static string? VerdictOf(JsonElement found) =>
        found.GetProperty("status").GetString() switch
        {
            "indexed" => found.GetProperty("image").GetProperty("verdict").GetString() == "lookAlike" ? "lookAlike" : "new",
            "quarantined" => "quarantined",
            "rejected" => "rejected",
            _ => null,
        };
}
