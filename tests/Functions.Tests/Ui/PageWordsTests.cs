using System.Reflection;
using System.Text.RegularExpressions;
using Serverless.Features;
using Serverless.Images;
using Serverless.Jobs;
using Shared;

namespace Functions.Tests.Ui;

/// <summary>What the API calls by a code, the page calls by a word of each language but English.</summary>
public sealed partial class PageWordsTests
{
    public static TheoryData<string, IEnumerable<string>> Codes { get; } =
        new()
        {
            {
                "rule",
                typeof(DuplicateRules).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
            },
            { "verdict", Enum.GetNames<Verdict>() },
            { "verdictTag", Enum.GetNames<Verdict>() },
            { "job", Enum.GetNames<JobStatus>() },
            { "framing", Enum.GetNames<Framing>() },
            { "orientation", Enum.GetNames<Orientation>() },
            { "place", Enum.GetNames<Places>().Where(name => name != nameof(Places.None)) },
            { "color", Enum.GetNames<ColourName>() },
        };

    [Theory]
    [MemberData(nameof(Codes), DisableDiscoveryEnumeration = true)]
    public void Every_code_has_a_German_word(string kind, IEnumerable<string> codes)
    {
        var german = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "functions", "wwwroot", "texts", "de.js"));
        var words = Kind().Matches(german).Single(match => match.Groups["kind"].Value == kind).Groups["words"].Value;
        Assert.All(codes, code => Assert.Contains($" {char.ToLowerInvariant(code[0])}{code[1..]}: '", words, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^  (?<kind>\w+): \{(?<words>[^}]+)\},$", RegexOptions.Multiline)]
    private static partial Regex Kind();
}
