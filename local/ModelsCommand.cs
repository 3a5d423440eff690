using System.Diagnostics;

namespace Local;

/// <summary>The model catalogue of the app, run from here so that nobody needs to know where the build put it.</summary>
internal static class ModelsCommand
{
    public const string Name = "models";

    public static async Task<int> RunAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            BuiltPrograms.DotNet,
            [Path.Combine(BuiltPrograms.FunctionApp, "Functions.dll"), Name, .. arguments]
        );
        using var app = Process.Start(start)!;
        await app.WaitForExitAsync();
        return app.ExitCode;
    }
}
