using System.Globalization;

namespace Local;

internal static class SearchEmulator
{
    public const string AdminKey = "local-search-admin-key";

    public static ChildCommand Command(LocalOptions options, string folder) =>
        new(
            "Search emulator",
            "search",
            BuiltPrograms.DotNet,
            [
                BuiltPrograms.SearchEmulator,
                "--port",
                Text(options.SearchPort),
                "--data",
                folder,
                "--stop-with-stdin",
                .. options.IndexingDelayMilliseconds is { } delay ? (string[])["--indexing-delay-ms", Text(delay)] : [],
            ]
        );

    public static string CertificateFile(string folder) => Path.Combine(folder, "certificate.pem");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
