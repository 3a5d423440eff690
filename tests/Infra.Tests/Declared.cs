using System.Text.RegularExpressions;
using Shared;

namespace Infra.Tests;

/// <summary>What the sources of the app declare.</summary>
internal static partial class Declared
{
    private static readonly string Functions = Path.Combine(RepositoryFolder.Path, "functions");

    public static IReadOnlyList<string> Sources { get; } =
    [
        .. Directory
            .EnumerateFiles(Functions, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText),
    ];

    /// <summary>What stands in the brackets of a function's trigger.</summary>
    public static string Trigger(string function, string kind) =>
        Assert.Single(TriggersIn(File.ReadAllText(Path.Combine(Functions, "Functions", function + ".cs")), kind));

    /// <summary>The queues that start functions.</summary>
    public static IEnumerable<string> Queues() =>
        Directory
            .EnumerateFiles(Path.Combine(Functions, "Functions"), "*.cs")
            .SelectMany(file => TriggersIn(File.ReadAllText(file), "QueueTrigger"))
            .Select(Queue);

    /// <summary>The name of a queue, given as text or as a constant of a class.</summary>
    public static string Queue(string trigger)
    {
        if (trigger.StartsWith('"'))
        {
            return trigger.Split('"')[1];
        }

        var parts = trigger.Split(',')[0].Split('.');
        var constant = $"const string {parts[1]} = \"";
        return Assert
            .Single(Sources, source => DeclaresClass(source, parts[0]) && source.Contains(constant, StringComparison.Ordinal))
            .Split(constant)[1]
            .Split('"')[0];
    }

    private static bool DeclaresClass(string source, string name) => Regex.IsMatch(source, $@"\bclass {name}\b");

    private static IEnumerable<string> TriggersIn(string source, string kind) =>
        TriggerAttribute().Matches(source).Where(match => match.Groups[1].Value == kind).Select(match => match.Groups[2].Value);

    [GeneratedRegex(@"\[(\w+Trigger)\(([^\]]+)\)\]")]
    private static partial Regex TriggerAttribute();
}
