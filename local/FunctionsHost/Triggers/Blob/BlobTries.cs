using System.Globalization;

namespace FunctionsHost.Triggers.Blob;

/// <summary>How often a version of a blob was tried, each counted before it begins, and how often the handler ended because of it.</summary>
/// <param name="IsSuspect">The handler, or this host, ended while it was tried: it runs alone from now on.</param>
internal sealed record BlobTries(int Attempts, int Deaths, bool IsSuspect)
{
    /// <summary>After this many it is not tried again.</summary>
    public const int MaxDeaths = 2;

    public static readonly BlobTries None = new(0, 0, false);

    /// <summary>As it is written before an attempt: until its outcome is known, it may be what takes everything down.</summary>
    public BlobTries Begin() => new(Attempts + 1, Deaths, IsSuspect: true);

    public BlobTries After(bool ended, bool blamed) => this with { Deaths = Deaths + (blamed ? 1 : 0), IsSuspect = ended };

    public static BlobTries From(IDictionary<string, string> metadata) =>
        new(Number(metadata, "attempts"), Number(metadata, "deaths"), metadata.ContainsKey("suspect"));

    public Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string> { ["attempts"] = Text(Attempts), ["deaths"] = Text(Deaths) };
        if (IsSuspect)
        {
            metadata["suspect"] = "yes";
        }

        return metadata;
    }

    private static int Number(IDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
