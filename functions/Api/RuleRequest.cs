using Serverless.Api.Description;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Rules;

namespace Serverless.Api;

/// <summary>The pairs that a rule applies to. Omitted properties do not narrow them.</summary>
/// <param name="Status">The kind of the image beside the kept one: in quarantine (the default), a copy left in place, or a
/// look-alike.</param>
/// <param name="Verdict">The verdict on it.</param>
/// <param name="Reasons">The rules of its evidence, such as <c>sameBytes</c>, <c>vectorAndPixels</c> or <c>betterCopy</c>.</param>
/// <param name="KeptPrefix">The start of the kept image's path.</param>
/// <param name="MovedPrefix">The start of the other image's path.</param>
/// <param name="MinSimilarity">The least cosine of the two, -1 to 1.</param>
internal sealed record RuleSearchRequest(
    [property: Choices("quarantined", "copy", "lookAlike")] string? Status = null,
    [property: Choices<Verdict>] string? Verdict = null,
    IReadOnlyList<string>? Reasons = null,
    string? KeptPrefix = null,
    string? MovedPrefix = null,
    double? MinSimilarity = null
);

/// <summary>Which of two alike images wins.</summary>
/// <param name="By"><c>prefix</c>: the one under the earlier of <paramref name="Prefixes"/>; <c>larger</c>: more pixels;
/// <c>heavier</c>: more bytes; <c>older</c>, <c>newer</c>: by the time of upload; <c>kept</c>: the one that is kept now.</param>
/// <param name="Prefixes">For <c>prefix</c>: starts of paths, the preferred one first.</param>
internal sealed record ComparatorRequest([property: Choices<ComparatorKind>] string? By = null, IReadOnlyList<string>? Prefixes = null);

/// <summary>A rule for many alike pairs.</summary>
/// <param name="Search">The pairs it applies to; by default all images in quarantine, each with the image kept instead.</param>
/// <param name="Keep">Who wins; a tie is decided by the next comparator, and a tie in all of them changes nothing.</param>
/// <param name="Action"><c>keep</c>: the winner stays and the loser is in quarantine; <c>trash</c>: the loser goes to the trash;
/// <c>restore</c>: both stay, because they are no duplicates.</param>
/// <param name="NeverLose">Starts of paths: what is there is never moved or put in the trash.</param>
/// <param name="Merge">Whether the winner also gets the loser's tags, and texts that a person wrote where it has none.</param>
internal sealed record RuleRequest(
    RuleSearchRequest? Search = null,
    IReadOnlyList<ComparatorRequest>? Keep = null,
    [property: Choices<RuleAction>] string? Action = null,
    IReadOnlyList<string>? NeverLose = null,
    bool Merge = false
)
{
    private const int MostEntries = 20;
    private const int LongestPrefix = 1024;

    private static readonly DuplicateKind[] Kinds = [DuplicateKind.Quarantined, DuplicateKind.Copy, DuplicateKind.LookAlike];

    /// <param name="container">The container of the images: prefixes may leave it out.</param>
    /// <exception cref="ProblemException">It is not a valid rule.</exception>
    public Rule Checked(string container)
    {
        var search = Search ?? new RuleSearchRequest();
        var rule = new Rule
        {
            Search = new RuleSearch(
                Chosen(search.Status, "search.status", Kinds) ?? DuplicateKind.Quarantined,
                Chosen(search.Verdict, "search.verdict", Enum.GetValues<Verdict>()),
                Few(search.Reasons, "search.reasons"),
                Prefix(search.KeptPrefix, "search.keptPrefix", container),
                Prefix(search.MovedPrefix, "search.movedPrefix", container),
                search.MinSimilarity is { } cosine ? QueryValue.Between(cosine, -1, 1, "search.minSimilarity") : null
            ),
            Keep = [.. Few(Keep, "keep").Select(comparator => Checked(comparator, container))],
            Action =
                Chosen(Action, "action", Enum.GetValues<RuleAction>())
                ?? throw ProblemException.Invalid("Give 'action': keep, trash or restore."),
            NeverLose = Prefixes(NeverLose, "neverLose", container),
            Merge = Merge,
        };
        if (rule.Action != RuleAction.Restore && rule.Keep.Count == 0)
        {
            throw ProblemException.Invalid("Give 'keep': what wins, such as [{\"by\":\"larger\"},{\"by\":\"older\"}].");
        }

        return rule.Action != RuleAction.Keep && rule.Search.Status != DuplicateKind.Quarantined
            ? throw ProblemException.Invalid("The action 'keep' is the only one for images that are not in quarantine.")
            : rule;
    }

    private static Comparator Checked(ComparatorRequest? comparator, string container)
    {
        var by =
            Chosen(comparator?.By, "keep.by", Enum.GetValues<ComparatorKind>())
            ?? throw ProblemException.Invalid("Each of 'keep' needs 'by', such as larger or older.");
        var prefixes = Prefixes(comparator!.Prefixes, "keep.prefixes", container);
        return by == ComparatorKind.Prefix == prefixes.Count > 0
            ? new Comparator(by, prefixes.Count > 0 ? prefixes : null)
            : throw ProblemException.Invalid("'keep.prefixes' belongs to the comparator 'prefix', with at least one of them.");
    }

    private static IReadOnlyList<string> Prefixes(IReadOnlyList<string>? prefixes, string name, string container) =>
        [
            .. Few(prefixes, name)
                .Select(prefix => Prefix(prefix, name, container) ?? throw ProblemException.Invalid($"'{name}' has an empty one.")),
        ];

    private static string? Prefix(string? prefix, string name, string container) =>
        string.IsNullOrEmpty(prefix) ? null
        : prefix.Length > LongestPrefix ? throw ProblemException.Invalid($"'{name}' may have at most {LongestPrefix:N0} characters.")
        : prefix.StartsWith($"{container}/", StringComparison.Ordinal) ? prefix
        : $"{container}/{prefix}";

    private static IReadOnlyList<T> Few<T>(IReadOnlyList<T>? values, string name) =>
        values is { Count: > MostEntries }
            ? throw ProblemException.Invalid($"'{name}' has {values.Count:N0} entries: it may have at most {MostEntries}.")
            : values ?? [];

    private static T? Chosen<T>(string? text, string name, IReadOnlyList<T> allowed)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var value in allowed)
        {
            if (Names.Of(value) == text)
            {
                return value;
            }
        }

        throw ProblemException.Invalid(
            $"'{name}' is '{QueryValue.Shorten(text)}': it must be one of {string.Join(", ", allowed.Select(Names.Of))}."
        );
    }
}
