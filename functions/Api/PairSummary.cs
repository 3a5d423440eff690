namespace Serverless.Api;

/// <summary>What two pictures share and what differs, in an English sentence.</summary>
internal static class PairSummary
{
    /// <param name="facts">What they share comes first.</param>
    public static string Of(IReadOnlyList<PairFact> facts) =>
        facts[0].Kind == "sameFile" ? "Both files are the same, byte for byte."
        : facts.Count == 1 ? $"{Shared(facts[0])}; nothing else is known to differ."
        : $"{Shared(facts[0])}; {string.Join(", ", facts.Skip(1).Select(Difference))}.";

    private static string Shared(PairFact fact)
    {
        var shown = fact.A is { } things ? $" ({List(things)})" : "";
        return fact.Kind switch
        {
            "samePicture" => $"Both show the same picture{shown}",
            "alike" => $"The two look alike{shown}, but are not proven to be one picture",
            "bothShow" => $"Two different pictures; both show: {List(fact.A!)}",
            "oneKind" => $"Two different pictures of one kind{shown}",
            _ => "Two different pictures",
        };
    }

    private static string Difference(PairFact fact) =>
        fact.Kind switch
        {
            "shows" => $"A shows {List(fact.A!)}, B {List(fact.B!)}",
            "kinds" => $"A is of the kind {List(fact.A!)}, B {List(fact.B!)}",
            "mirrored" => "one is mirrored",
            "mirroredAndTurned" => "one is mirrored and turned",
            "upsideDown" => "one is upside down",
            "quarterTurn" => "one is turned by a quarter",
            "cropped" => $"one shows less at the {List(fact.A!)}",
            "places" => fact.Count == 1 ? "they differ in one place" : $"they differ in {fact.Count} places",
            "blackAndWhiteA" => "A is black and white",
            "blackAndWhiteB" => "B is black and white",
            "moreColourfulB" => "B is more colourful",
            "lessColourfulB" => "B is less colourful",
            "lighterB" => "B is lighter",
            "darkerB" => "B is darker",
            "sharperB" => "B is sharper",
            "softerB" => "B is softer",
            "sizes" => $"A has {string.Join(" × ", fact.A!)} pixels, B {string.Join(" × ", fact.B!)}",
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.Kind, null),
        };

    private static string List(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";
}
