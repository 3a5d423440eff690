using System.Security.Cryptography;

namespace Serverless.Labels;

/// <summary>The labels that pictures can have, from <c>vocabulary.txt</c>.</summary>
internal sealed class Vocabulary
{
    private const string Resource = "vocabulary.txt";
    private const string Hole = "{}";

    private Vocabulary(IReadOnlyList<Label> labels, string version) => (Labels, Version) = (labels, version);

    public static Vocabulary OfToday { get; } = Load();

    public IReadOnlyList<Label> Labels { get; }

    /// <summary>Changes with every change of the file.</summary>
    public string Version { get; }

    public IEnumerable<string> Names(LabelKind kind) => Labels.Where(label => label.Kind == kind).Select(label => label.Name);

    /// <summary>
    /// Sections by kind. Lines with a hole are templates for all labels of the section; the others are labels, each with what means the
    /// same.
    /// </summary>
    public static IReadOnlyList<Label> Parse(IEnumerable<string> lines)
    {
        var (labels, templates, kind) = (new List<Label>(), new List<string>(), LabelKind.Style);
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
            {
                kind = Enum.Parse<LabelKind>(line.Trim('[', ']'), ignoreCase: true);
                templates.Clear();
            }
            else if (line.Contains(Hole, StringComparison.Ordinal))
            {
                templates.Add(line);
            }
            else
            {
                var parts = line.Split([':', ';'], StringSplitOptions.TrimEntries);
                string[] words = kind == LabelKind.Style ? parts[1..] : parts;
                labels.Add(
                    new Label(kind, parts[0], words, [.. words.SelectMany(word => templates.Select(one => one.Replace(Hole, word)))])
                );
            }
        }

        return labels;
    }

    private static Vocabulary Load()
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
        return new Vocabulary(Parse(text.ReplaceLineEndings("\n").Split('\n')), Convert.ToHexStringLower(hash)[..8]);
    }
}
