using System.Text.RegularExpressions;

namespace Serverless.Models;

/// <summary>The name of a second index.</summary>
internal static partial class IndexNames
{
    private const int Longest = 128;

    /// <summary><c>index-model</c>, in the lower-case letters, digits and single hyphens that the search service demands.</summary>
    /// <param name="taken">The index in force, which it never is.</param>
    public static string Of(string index, string model, string taken)
    {
        var name = Path.IsPathRooted(model) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(model)) : model;
        var whole = $"{index}-{Unfit().Replace(name.ToLowerInvariant(), "-").Trim('-')}";
        var fit = whole[..Math.Min(whole.Length, Longest - 2)].TrimEnd('-');
        return fit == taken ? $"{fit}-2" : fit;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Unfit();
}
