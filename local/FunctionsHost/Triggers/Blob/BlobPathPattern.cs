using System.Text;
using System.Text.RegularExpressions;

namespace FunctionsHost.Triggers.Blob;

/// <summary>The path of a blob trigger, such as <c>images/{name}.{ext}</c>: which blobs it means, and how their parts are called.</summary>
internal sealed partial class BlobPathPattern
{
    private readonly Regex _regex;
    private readonly string[] _tokens;

    private BlobPathPattern(string container, string prefix, Regex regex, string[] tokens) =>
        (Container, Prefix, _regex, _tokens) = (container, prefix, regex, tokens);

    public string Container { get; }

    /// <summary>What every matching blob's name starts with.</summary>
    public string Prefix { get; }

    public static BlobPathPattern Parse(string path, string file)
    {
        HostException Wrong(string why) => new($"{file}: the path '{path}' {why}.");

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == path.Length - 1)
        {
            throw Wrong("must be a container, a slash and a blob name pattern, such as images/{name}");
        }

        var container = path[..slash];
        if (!ContainerName().IsMatch(container))
        {
            throw Wrong($"starts with '{container}', which is not a container name");
        }

        var (pattern, prefix, tokens) = (new StringBuilder("^"), new StringBuilder(), new List<string>());
        foreach (var part in Part().Matches(path[(slash + 1)..]).Select(match => match.Value))
        {
            if (part is "{" or "}")
            {
                throw Wrong($"has an unpaired '{part}'; a literal brace is written twice");
            }

            if (part.Length > 2 && part[0] == '{')
            {
                var token = part[1..^1];
                if (!TokenName().IsMatch(token) || tokens.Contains(token))
                {
                    throw Wrong($"has the token '{part}', which is not a name or is there twice");
                }

                tokens.Add(token);
                pattern.Append("(.*)");
                continue;
            }

            var literal = part is "{{" or "}}" ? part[..1] : part;
            pattern.Append(Regex.Escape(literal));
            if (tokens.Count == 0)
            {
                prefix.Append(literal);
            }
        }

        // Blob names come from outside: this engine's time is linear in their length.
        var regex = new Regex(pattern.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline);
        return new BlobPathPattern(container, prefix.ToString(), regex, [.. tokens]);
    }

    /// <summary>The tokens and their values, or null where the blob is not meant.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Match(string blobName) => _regex.Match(blobName) is { Success: true } match
        ? [.. _tokens.Select((token, i) => KeyValuePair.Create(token, match.Groups[i + 1].Value))]
        : null;

    [GeneratedRegex(@"\{\{|\}\}|\{[^{}]+\}|[{}]|[^{}]+")]
    private static partial Regex Part();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex TokenName();

    [GeneratedRegex(@"^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$|^\$(root|web|logs)$")]
    private static partial Regex ContainerName();
}
