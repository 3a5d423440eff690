using System.Diagnostics;

namespace Local;

/// <summary>
/// Calibration, run by the app itself with the settings of the local run. The storage is the user's own where
/// <c>AzureWebJobsStorage</c> is set, and else that of the running stack.
/// </summary>
internal static class CalibrateCommand
{
    public const string Name = "calibrate";
    private const string Storage = "AzureWebJobsStorage";

    public static async Task<int> RunAsync(IEnumerable<string> arguments)
    {
        try
        {
            using var app = Process.Start(Start([.. arguments]))!;
            await app.WaitForExitAsync();
            return app.ExitCode;
        }
        catch (Exception exception) when (exception is LocalRunException or IOException or UnauthorizedAccessException)
        {
            Steps.Fail(exception.Message);
            return 1;
        }
    }

    private static ProcessStartInfo Start(List<string> words)
    {
        var root = BuiltPrograms.RepositoryRoot;
        var data = TakeData(words) ?? Path.Combine(root, ".local");
        NameWrittenFile(words, root);
        var start = new ProcessStartInfo(BuiltPrograms.DotNet, [Path.Combine(BuiltPrograms.FunctionApp, "Functions.dll"), Name, .. words]);
        var isOwnStorage = start.Environment.Keys.Any(name => name.StartsWith(Storage, StringComparison.OrdinalIgnoreCase));
        foreach (var (name, value) in AppSettings.Read(root).Where(setting => setting.Key != Storage))
        {
            start.Environment.TryAdd(name, value);
        }

        if (!isOwnStorage && !words.Contains("--folder"))
        {
            start.Environment[Storage] =
                StackFile.Read(data)?.Storage.ConnectionString
                ?? throw new LocalRunException(
                    $"Nothing runs on {data}: start it first with \"dotnet run --project local\", "
                        + "set AzureWebJobsStorage, or name a --folder."
                );
        }

        return start;
    }

    /// <summary>The state of the stack is none of the app's options.</summary>
    private static string? TakeData(List<string> words)
    {
        var at = words.IndexOf("--data");
        if (at < 0 || at + 1 == words.Count)
        {
            return null;
        }

        var data = Path.GetFullPath(words[at + 1]);
        words.RemoveRange(at, 2);
        return data;
    }

    /// <summary><c>--write</c> without a file means local.settings.json, begun as a copy of the sample.</summary>
    private static void NameWrittenFile(List<string> words, string root)
    {
        var at = words.IndexOf("--write");
        if (at < 0 || (at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal)))
        {
            return;
        }

        var file = Path.Combine(root, "local.settings.json");
        if (!File.Exists(file))
        {
            File.Copy(Path.Combine(root, "local.settings.sample.json"), file);
        }

        words.Insert(at + 1, file);
    }
}
