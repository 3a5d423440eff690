namespace Bench.Drawings;

/// <summary>What the command line says.</summary>
internal sealed record Options(int Sheets, int Seed, int Sketches, bool Model, int Threads, string? Picture)
{
    public static Options Of(string[] arguments)
    {
        string? After(string name) =>
            Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
        int Number(string name, int usual) => int.TryParse(After(name), out var number) && number > 0 ? number : usual;
        return new Options(
            Number("--sheets", 2000),
            Number("--seed", 71),
            Number("--sketches", 2),
            !arguments.Contains("--no-model"),
            Number("--threads", 1),
            After("--picture")
        );
    }
}
